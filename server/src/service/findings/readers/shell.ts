/**
 * Text of a findings file as a word of a shell command: an ARN, an id, a name. `undefined` for anything with a character
 * that a shell could take for more than itself: what the user copies and runs must not be what a file says.
 */
export function shellWord(text: string | undefined): string | undefined {
  if (text === undefined || !/^\w[\w:/.@+=,-]{0,511}$/.test(text)) return undefined;
  // PowerShell makes lists of commas and more of @.
  return /[@+=,]/.test(text) ? `'${text}'` : text;
}
