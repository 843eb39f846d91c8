/**
 * The attributes at the top of a text in HCL that are plain strings, numbers or `true` and `false`, such as those of a `.tfvars` file, in their
 * order; what is computed, and what stands in a block, a list or an object, is passed over. One pass over the text.
 */
export function readHclLiterals(text: string): (readonly [name: string, value: string])[] {
  const found: (readonly [string, string])[] = [];
  let depth = 0;
  let at = 0;
  while (at < text.length) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (!match) break;
    at = TOKEN.lastIndex;
    const { name, open, close, heredoc, comment } = match.groups ?? {};
    if (open !== undefined) depth++;
    else if (close !== undefined) depth = Math.max(0, depth - 1);
    else if (heredoc !== undefined) at = endOfHeredoc(text, at, heredoc);
    else if (comment !== undefined) at = endOf(text.indexOf('*/', at), text);
    else if (name !== undefined && depth === 0) {
      LITERAL.lastIndex = at;
      const value = LITERAL.exec(text);
      if (!value) continue;
      at = LITERAL.lastIndex;
      const literal = literalOf(value[1] ?? '');
      if (literal !== undefined) found.push([name, literal]);
    }
  }
  return found;
}

/** What matters between attributes: comments, strings, brackets, the starts of heredocs, and names before `=` at the start of a line. */
const TOKEN =
  /(?:#|\/\/)[^\n]*|(?<comment>\/\*)|"[^"\\\n]*(?:\\.[^"\\\n]*)*"?|(?<open>[[{(])|(?<close>[\]})])|<<-?(?<heredoc>[\w-]+)|(?<=^|\n)[ \t]*"?(?<name>[A-Za-z_][\w-]*)"?[ \t]*=(?!=)/g;

/** A value that fills the rest of its line. */
const LITERAL = /[ \t]*("[^"\\\n]*(?:\\.[^"\\\n]*)*"|-?\d+(?:\.\d+)?|true|false)[ \t]*(?=\r?\n|$|#|\/\/|,)/y;

function literalOf(written: string): string | undefined {
  if (!written.startsWith('"')) return written;
  const inner = written.slice(1, -1);
  if (/[$%]\{/.test(inner)) return undefined;
  return inner.replace(/\\(?:u([\da-fA-F]{4})|(.))/g, (_, code?: string, letter = '') =>
    code === undefined
      ? (({ n: '\n', r: '\r', t: '\t' } as Record<string, string>)[letter] ?? letter)
      : String.fromCharCode(Number.parseInt(code, 16)),
  );
}

function endOfHeredoc(text: string, start: number, word: string): number {
  for (let at = text.indexOf('\n', start); at >= 0; at = text.indexOf('\n', at + 1)) {
    const end = text.indexOf('\n', at + 1);
    if (text.slice(at + 1, end < 0 ? undefined : end).trim() === word) return end < 0 ? text.length : end;
  }
  return text.length;
}

function endOf(found: number, text: string): number {
  return found < 0 ? text.length : found + 2;
}
