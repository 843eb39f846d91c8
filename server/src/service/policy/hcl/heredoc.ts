import type { Span } from '../../json/span.ts';
import type { ItemList, PolicyDocument, PolicySyntax, Statement, StatementChange, TextChange } from '../model.ts';
import { type EmbeddedText, fillHoles, moveList, moveStatements, writeEmbedded } from '../terraform/embedded.ts';
import type { PolicyContext } from '../terraform/module.ts';
import type { PolicyFrame } from '../terraform/policy.ts';
import { HclPolicy } from './policy.ts';
import type { HclNode } from './tree.ts';

/** The text of a heredoc that is JSON, or would be once it is rendered; `undefined` where its directives decide what it says. */
export function heredocText({ start, end, children }: HclNode, text: string): EmbeddedText | undefined {
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
  return { json: fillHoles(raw, holes), holes, placeOf: (offset) => from + offset };
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
    heredoc: EmbeddedText,
    frame: PolicyFrame,
    context: PolicyContext,
    json: PolicySyntax,
  ) {
    super(frame, context);
    this.#inner = inner;
    this.#json = json;
    this.#span = { start: heredoc.placeOf(0), end: heredoc.placeOf(heredoc.json.length) };
    this.statements = moveStatements(inner, heredoc, frame.pointer, context.isMerged);
    if (inner.list) this.list = moveList(inner.list, heredoc);
    this.size = inner.size;
  }

  /** Nobody aligns what stands in a heredoc. */
  override write(text: string, changes: readonly StatementChange[]): TextChange[] {
    return this.edit(text, changes);
  }

  protected edit(text: string, changes: readonly StatementChange[]): TextChange[] {
    const { start, end } = this.#span;
    return writeEmbedded(text.slice(start, end), this.#inner, changes, this.#json).map((change) => ({
      start: change.start + start,
      end: change.end + start,
      text: change.text,
    }));
  }
}
