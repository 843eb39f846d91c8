/** Strings, so that they are passed over, or what IAM does not count: white space, and comments, which it never sees. */
const STRING_OR_TRIVIA = /"(?:[^"\\]|\\.)*"|\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;

/** The characters of a fragment of JSON that IAM counts against its size quotas: all but white space between tokens. */
export function jsonSize(fragment: string): number {
  let size = fragment.length;
  for (const [token] of fragment.matchAll(STRING_OR_TRIVIA)) {
    if (!token.startsWith('"')) size -= token.length;
  }
  return size;
}
