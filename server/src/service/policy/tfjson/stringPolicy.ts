import type { Span } from '../../json/span.ts';
import { json } from '../json/index.ts';
import type { ItemList, PolicyDocument, Statement, StatementChange, TextChange } from '../model.ts';
import {
  type EmbeddedText,
  moveList,
  moveSpan,
  moveStatements,
  policiesIn,
  writeEmbedded,
} from '../terraform/embedded.ts';
import type { PolicyContext } from '../terraform/module.ts';
import { TerraformPolicy } from '../terraform/policy.ts';
import { pointerTo, type ValueNode } from '../values/nodes.ts';
import { decodeString, stringText } from './stringText.ts';

/**
 * The policies in the strings of a value, wherever in it.
 * @param contextOf what the places around the value say; a CloudFormation template in a string says itself whose its policies are
 */
export function* findInStrings(
  node: ValueNode,
  pointer: string,
  file: string,
  contextOf: () => PolicyContext & { readonly address: string },
): Iterable<StringPolicy> {
  if (node.type === 'string') {
    const span = { start: node.offset, end: node.offset + node.length };
    const decoded = /"Statement"/.test(String(node.value)) ? decodeString(file, span.start, span.end) : undefined;
    const text = decoded && stringText(decoded);
    for (const inner of text ? policiesIn(text, json) : []) {
      const context = contextOf();
      const own = inner.address === undefined ? context : { ...inner, address: context.address };
      yield new StringPolicy(inner, text as EmbeddedText, span, pointer + inner.pointer, own);
    }
    return;
  }
  for (const [index, child] of (node.children ?? []).entries()) {
    const [key, value] = child.children ?? [];
    if (node.type === 'array') yield* findInStrings(child, pointerTo(pointer, index), file, contextOf);
    else if (key && value) yield* findInStrings(value, pointerTo(pointer, String(key.value)), file, contextOf);
  }
}

/** A policy as JSON in a string of JSON: what JSON's own reader and writer make of it, moved to its place and escaped. */
export class StringPolicy extends TerraformPolicy {
  readonly statements: readonly Statement[];
  readonly list?: ItemList;
  readonly size: number;
  readonly #inner: PolicyDocument;
  readonly #string: Span;

  constructor(
    inner: PolicyDocument,
    text: EmbeddedText,
    string: Span,
    pointer: string,
    context: PolicyContext & { readonly address: string },
  ) {
    const heading = moveSpan(inner.heading, text);
    super({ ...moveSpan(inner, text), pointer, address: context.address, heading }, context);
    this.statements = moveStatements(inner, text, pointer, context.isMerged);
    if (inner.list) this.list = moveList(inner.list, text);
    this.size = inner.size;
    this.#inner = inner;
    this.#string = string;
  }

  override write(file: string, changes: readonly StatementChange[]): TextChange[] {
    const decoded = decodeString(file, this.#string.start, this.#string.end);
    if (!decoded) return [];
    const { text, offsets } = decoded;
    return writeEmbedded(text, this.#inner, changes, json).map((change) => ({
      start: offsets[change.start] ?? 0,
      end: offsets[change.end] ?? 0,
      text: JSON.stringify(change.text).slice(1, -1),
    }));
  }
}
