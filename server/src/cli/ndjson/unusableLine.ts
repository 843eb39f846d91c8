/** Why nothing can be made of a line, in words for the user. */
export class UnusableLine extends Error {}
