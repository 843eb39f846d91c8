import type { Entry, PolicyDocument, Statement } from '../model.ts';

/** What YAML takes for the same text without quotes, between brackets, too. */
const NEEDS_NO_QUOTES = /^[A-Za-z][A-Za-z0-9-]*:[A-Za-z0-9*?_.-]+$/;

/** How new entries are to be quoted: as the entry is whose place they take, or beside which they stand. */
export function quoterFor(text: string, entry: Entry, statement: Statement, document: PolicyDocument): Quoter {
  const model = NEEDS_NO_QUOTES.test(entry.value) ? entry : neighbourOf(statement, document);
  // `*` must be quoted, so its quotes tell nothing of the author's taste; those of the effect beside it do.
  const quote = model ? quoteAt(text, model.start) : effectQuote(text, statement) && quoteAt(text, entry.start);
  const fallback = quote || firstQuote(text, statement);
  return (value) => (!quote && NEEDS_NO_QUOTES.test(value) ? value : quoted(value, fallback));
}

/** Writes an entry. */
export type Quoter = (value: string) => string;

/** The next entry that could do without quotes: of the same statement, or else of the policy. */
function neighbourOf(statement: Statement, document: PolicyDocument): Entry | undefined {
  const free = ({ value }: Entry) => NEEDS_NO_QUOTES.test(value);
  return statement.entries.find(free) ?? document.statements.flatMap(({ entries }) => entries).find(free);
}

function quoteAt(text: string, offset: number): string {
  const letter = text[offset];
  return letter === '"' || letter === "'" ? letter : '';
}

function effectQuote(text: string, { start, end }: Statement): string {
  return /\bEffect['"]?\s*:\s*(['"])/.exec(text.slice(start, end))?.[1] ?? '';
}

function firstQuote(text: string, { start, end }: Statement): string {
  return /(?<=[:,[{-]\s*)['"]/.exec(text.slice(start, end))?.[0] ?? "'";
}

function quoted(value: string, quote: string): string {
  return quote === '"' ? JSON.stringify(value) : `'${value.replaceAll("'", "''")}'`;
}
