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
import type { PolicyContext } from '../terraform/module.ts';
import { HclPolicy, type PolicyFrame } from './policy.ts';
import type { HclNode } from './tree.ts';

/** The text between the first and the last line of a heredoc. */
export interface HeredocText {
  readonly start: number;
  /** With a number of as many digits in the place of each interpolation, so that what is JSON but for them is JSON. */
  readonly json: string;
  /** The interpolations, and the escapes of what would be one, from the start of the text on. */
  readonly holes: readonly Span[];
}

/** The text of a heredoc that is JSON, or would be once it is rendered; `undefined` where its directives decide what it says. */
export function heredocText({ start, end, children }: HclNode, text: string): HeredocText | undefined {
  if (children.some(({ type }) => type === 'template_directive')) return undefined;
  const from = text.indexOf('\n', start) + 1;
  const to = text.lastIndexOf('\n', end - 1) + 1;
  if (from === 0 || to < from) return undefined;
  const raw = text.slice(from, to);
  const holes = [
    ...children
      .filter(({ type }) => type === 'template_interpolation')
      .map((hole) => ({ start: hole.start - from, end: hole.end - from })),
    ...[...raw.matchAll(/(?:\$\$|%%)\{/g)].map(({ index }) => ({ start: index, end: index + 3 })),
  ].sort((a, b) => a.start - b.start);
  let filled = '';
  let at = 0;
  for (const hole of holes) {
    if (hole.start < at) continue;
    filled += raw.slice(at, hole.start) + '1'.repeat(hole.end - hole.start);
    at = hole.end;
  }
  return { start: from, json: filled + raw.slice(at), holes };
}

/** The policies in a heredoc's text, in its own offsets. None where it is no JSON. */
export function policiesInHeredoc({ json: text }: HeredocText, json: PolicySyntax): readonly PolicyDocument[] {
  const { documents, problems } = json.read(text);
  return problems.length === 0 ? documents : [];
}

/** A policy as JSON in a heredoc: what JSON's own reader and writer make of it, moved to its place. */
export class HeredocPolicy extends HclPolicy {
  readonly statements: readonly Statement[];
  readonly list?: ItemList;
  readonly size: number;
  readonly #inner: PolicyDocument;
  readonly #span: Span;
  readonly #json: PolicySyntax;

  constructor(
    inner: PolicyDocument,
    heredoc: HeredocText,
    frame: PolicyFrame,
    context: PolicyContext,
    json: PolicySyntax,
  ) {
    super(frame, context);
    const { start, json: text } = heredoc;
    this.#inner = inner;
    this.#json = json;
    this.#span = { start, end: start + text.length };
    this.statements = inner.statements.map(
      (statement) => new MovedStatement(statement, heredoc, (own) => frame.pointer + own.slice(inner.pointer.length)),
    );
    if (inner.list) this.list = moveList(inner.list, start);
    this.size = inner.size;
  }

  /** Nobody aligns what stands in a heredoc. */
  override write(text: string, changes: readonly StatementChange[]): TextChange[] {
    return this.edit(text, changes);
  }

  protected edit(text: string, changes: readonly StatementChange[]): TextChange[] {
    const { start, end } = this.#span;
    const inner = changes.flatMap((change) => toInner(change) ?? []);
    return this.#json
      .write(text.slice(start, end), this.#inner, inner)
      .map((change) => ({ ...move(change, start), text: change.text }));
  }
}

/** A statement of the file, and the one of the heredoc's text that it is. */
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

  constructor(inner: Statement, { start, holes }: HeredocText, toPointer: (pointer: string) => string) {
    const entries = inner.entries.filter(
      (entry) => !holes.some((hole) => hole.start < entry.end && entry.start < hole.end),
    );
    this.inner = inner;
    this.start = inner.start + start;
    this.end = inner.end + start;
    this.pointer = toPointer(inner.pointer);
    this.effect = inner.effect;
    this.element = inner.element;
    this.elementSpan = move(inner.elementSpan, start);
    this.entries = entries.map((entry) => new MovedEntry(entry, start, toPointer(entry.pointer)));
    if (inner.list) this.list = moveList(inner.list, start);
    this.hasOpaqueEntries = inner.hasOpaqueEntries || entries.length < inner.entries.length;
    this.hasPrincipal = inner.hasPrincipal;
    this.mustStay = inner.mustStay;
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

  constructor(inner: Entry, start: number, pointer: string) {
    this.inner = inner;
    this.start = inner.start + start;
    this.end = inner.end + start;
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

function move({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}

function moveList({ items, ...span }: ItemList, by: number): ItemList {
  return { ...move(span, by), items: items.map((item) => move(item, by)) };
}
