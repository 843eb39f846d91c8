/**
 * The attributes of a text in HCL that are plain strings, numbers or `true` and `false`, in their order: those at its top, such as a
 * `.tfvars` file has, and those of the blocks and objects there, as `terraform.source`. What is computed, and what stands deeper or in a
 * list, is passed over. One pass over the text.
 */
export function readHclLiterals(text: string): (readonly [name: string, value: string])[] {
  const found: (readonly [string, string])[] = [];
  /** What the brackets are of that the place stands in. */
  const around: string[] = [];
  let last = '';
  let at = 0;
  while (at < text.length) {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    if (!match) break;
    at = TOKEN.lastIndex;
    const { name, block, open, close, heredoc, comment } = match.groups ?? {};
    if (block !== undefined || open !== undefined) around.push(block ?? (open === '{' ? last : ''));
    else if (close !== undefined) around.pop();
    else if (heredoc !== undefined) at = endOfHeredoc(text, at, heredoc);
    else if (comment !== undefined) at = endOf(text.indexOf('*/', at), text);
    else if (name !== undefined) {
      LITERAL.lastIndex = at;
      const [whole = '', written] = LITERAL.exec(text) ?? [];
      const literal = written === undefined ? undefined : literalOf(written);
      at += whole.length;
      last = name;
      const isReached = around.length === 0 || (around.length === 1 && around[0] !== '');
      if (isReached && literal !== undefined) found.push([[...around, name].join('.'), literal]);
      continue;
    }
    if (open === undefined) last = '';
  }
  return found;
}

/** What matters between attributes: comments, strings, brackets, the starts of heredocs, of blocks, and names before `=` at the start of a line or an object. */
const TOKEN =
  /(?:#|\/\/)[^\n]*|(?<comment>\/\*)|"[^"\\\n]*(?:\\.[^"\\\n]*)*"?|(?<open>[[{(])|(?<close>[\]})])|<<-?(?<heredoc>[\w-]+)|(?<=^|[\n{,])[ \t]*(?:"?(?<name>[A-Za-z_][\w-]*)"?[ \t]*=(?!=)|(?<block>[A-Za-z_][\w-]*)(?:[ \t]+"[^"\n]*"){0,4}[ \t]*\{)/g;

/** A value that fills the rest of its line. */
const LITERAL = /[ \t]*("[^"\\\n]*(?:\\.[^"\\\n]*)*"|-?\d+(?:\.\d+)?|true|false)[ \t]*(?=\r?\n|$|#|\/\/|,|\})/y;

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
