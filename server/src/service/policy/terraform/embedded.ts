import type { Span } from '../../json/span.ts';
import type {
  Entry,
  ItemList,
  PolicyDocument,
  PolicySyntax,
  Statement,
  StatementChange,
  TextChange,
} from '../model.ts';

/** A text in JSON inside a file's: a heredoc's, or that of a string. */
export interface EmbeddedText {
  /** With a number of as many digits in the place of each interpolation, so that what is JSON but for them is JSON. */
  readonly json: string;
  /** The interpolations, and what else it is not as it stands there: nothing in them is an entry. */
  readonly holes: readonly Span[];
  /** Where an offset of the text is in the file. */
  placeOf(offset: number): number;
}

/** The text with its holes filled. */
export function fillHoles(text: string, holes: readonly Span[]): string {
  let filled = '';
  let at = 0;
  for (const { start, end } of holes) {
    if (start < at) continue;
    filled += text.slice(at, start) + '1'.repeat(end - start);
    at = end;
  }
  return filled + text.slice(at);
}

/** The policies in such a text, in its own offsets. None where it is no JSON. */
export function policiesIn({ json: text }: EmbeddedText, json: PolicySyntax): readonly PolicyDocument[] {
  const { documents, problems } = json.read(text);
  return problems.length === 0 ? documents : [];
}

/** A span of such a text, in the file. */
export function moveSpan({ start, end }: Span, { placeOf }: EmbeddedText): Span {
  return { start: placeOf(start), end: placeOf(end) };
}

/** A list of such a text, in the file. */
export function moveList({ items, ...span }: ItemList, text: EmbeddedText): ItemList {
  return { ...moveSpan(span, text), items: items.map((item) => moveSpan(item, text)) };
}

/**
 * The statements of a policy in such a text, in the file.
 * @param mustStay whether none of them may be removed
 */
export function moveStatements(
  inner: PolicyDocument,
  text: EmbeddedText,
  pointer: string,
  mustStay = false,
): readonly Statement[] {
  const toPointer = (own: string) => pointer + own.slice(inner.pointer.length);
  return inner.statements.map((statement) => new MovedStatement(statement, text, toPointer, mustStay));
}

/**
 * Changes of such a policy, written by JSON's own writer.
 * @param text the embedded text as it stands, without anything filled in
 * @returns the edits in the text's own offsets
 */
export function writeEmbedded(
  text: string,
  inner: PolicyDocument,
  changes: readonly StatementChange[],
  json: PolicySyntax,
): TextChange[] {
  return json.write(
    text,
    inner,
    changes.flatMap((change) => toInner(change) ?? []),
  );
}

/** A statement of the file, and the one of the embedded text that it is. */
class MovedStatement implements Statement {
  readonly start: number;
  readonly end: number;
  readonly pointer: string;
  readonly effect: string;
  readonly element: Statement['element'];
  readonly elementSpan: Span;
  readonly entries: readonly MovedEntry[];
  readonly list?: ItemList;
  readonly hasOpaqueEntries: boolean;
  readonly hasPrincipal: boolean;
  readonly mustStay: boolean;
  readonly uses: number;
  readonly size: number;
  readonly inner: Statement;

  constructor(inner: Statement, text: EmbeddedText, toPointer: (pointer: string) => string, mustStay: boolean) {
    const entries = inner.entries.filter(
      (entry) => !text.holes.some((hole) => hole.start < entry.end && entry.start < hole.end),
    );
    const { start, end } = moveSpan(inner, text);
    this.inner = inner;
    this.start = start;
    this.end = end;
    this.pointer = toPointer(inner.pointer);
    this.effect = inner.effect;
    this.element = inner.element;
    this.elementSpan = moveSpan(inner.elementSpan, text);
    this.entries = entries.map((entry) => new MovedEntry(entry, text, toPointer(entry.pointer)));
    if (inner.list) this.list = moveList(inner.list, text);
    this.hasOpaqueEntries = inner.hasOpaqueEntries || entries.length < inner.entries.length;
    this.hasPrincipal = inner.hasPrincipal;
    this.mustStay = mustStay || inner.mustStay;
    this.uses = inner.uses;
    this.size = inner.size;
  }
}

class MovedEntry implements Entry {
  readonly start: number;
  readonly end: number;
  readonly pointer: string;
  readonly value: string;
  readonly size: number;
  readonly inner: Entry;

  constructor(inner: Entry, text: EmbeddedText, pointer: string) {
    const { start, end } = moveSpan(inner, text);
    this.inner = inner;
    this.start = start;
    this.end = end;
    this.pointer = pointer;
    this.value = inner.value;
    this.size = inner.size;
  }
}

function toInner({ statement, change }: StatementChange): StatementChange | undefined {
  if (!(statement instanceof MovedStatement)) return undefined;
  if (change.kind !== 'replace') return { statement: statement.inner, change };
  const replacements = new Map(
    [...change.replacements].map(([entry, texts]) => [(entry as MovedEntry).inner, texts] as const),
  );
  return { statement: statement.inner, change: { ...change, replacements } };
}
