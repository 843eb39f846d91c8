/**
 * A service prefix, an action name or an entry in a form that is the same for all spellings that IAM takes for the same.
 * To `toLowerCase` the Kelvin sign is a `k`; to IAM it is none, so a text that has one stays as it is.
 */
export function foldCase(text: string): string {
  return text.includes('\u212A') ? text : text.toLowerCase();
}
