import type { Entry, PolicyDocument, Statement } from '../model.ts';

/** What YAML takes for the same text without quotes, between brackets, too. */
const NEEDS_NO_QUOTES = /^[A-Za-z][A-Za-z0-9-]*:[A-Za-z0-9*?_.-]+$/;

/** How new entries are to be quoted: as the entry is whose place they take, or beside which they stand. */
export function quotersFor(text: string, statement: Statement, document: PolicyDocument): (entry: Entry) => Quoter {
  // Found when they are first needed, and once: a statement may have thousands of entries.
  const neighbour = once(() => neighbourOf(statement, document));
  const besideEffect = once(() => effectQuote(text, statement));
  const first = once(() => firstQuote(text, statement));
  return (entry) => {
    const model = NEEDS_NO_QUOTES.test(entry.value) ? entry : neighbour();
    // `*` must be quoted, so its quotes tell nothing of the author's taste; those of the effect beside it do.
    const quote = model ? quoteAt(text, model.start) : besideEffect() && quoteAt(text, entry.start);
    return (value) => (!quote && NEEDS_NO_QUOTES.test(value) ? value : quoted(value, quote || first()));
  };
}

/** Writes an entry. */
export type Quoter = (value: string) => string;

function once<T>(find: () => T): () => T {
  let found: { readonly it: T } | undefined;
  return () => {
    found ??= { it: find() };
    return found.it;
  };
}

const free = ({ value }: Entry) => NEEDS_NO_QUOTES.test(value);

/** The next entry that could do without quotes: of the same statement, or else of the policy. */
function neighbourOf(statement: Statement, document: PolicyDocument): Entry | undefined {
  return statement.entries.find(free) ?? firstFreeIn(document);
}

/** By policy: each of its statements may ask. */
const firstFree = new WeakMap<PolicyDocument, Entry | null>();

function firstFreeIn(document: PolicyDocument): Entry | undefined {
  let entry = firstFree.get(document);
  if (entry === undefined) {
    entry = document.statements.flatMap(({ entries }) => entries).find(free) ?? null;
    firstFree.set(document, entry);
  }
  return entry ?? undefined;
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
