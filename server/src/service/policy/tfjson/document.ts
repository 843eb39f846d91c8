import type { Span } from '../../json/span.ts';
import { removedItems, writeJson } from '../json/write.ts';
import { SLASH_COMMENTS } from '../lists/comments.ts';
import { layoutOf } from '../lists/layout.ts';
import { editList } from '../lists/list.ts';
import type { ItemList, Statement, StatementChange, TextChange } from '../model.ts';
import type { PolicyContext } from '../terraform/module.ts';
import { TerraformPolicy } from '../terraform/policy.ts';
import { hasProperty, spanOf, type ValueNode } from '../values/nodes.ts';
import { readStatement } from '../values/statement.ts';
import { bodiesIn, type JsonBlock, type JsonMember, membersOf } from './blocks.ts';
import { AROUND_STATEMENTS, BLOCK_SIZES } from './size.ts';
import { BLOCK_NAMES } from './statement.ts';

/** A policy in an `aws_iam_policy_document`. */
export class DocumentPolicy extends TerraformPolicy {
  readonly statements: readonly Statement[];
  readonly list: ItemList;
  readonly size: number;
  readonly #body: ItemList;
  /** The members of the body that hold statements: where each starts, and the list that it holds. */
  readonly #holders: readonly { readonly start: number; readonly list: ItemList }[];

  constructor({ body, pointer }: JsonBlock, address: string, context: PolicyContext) {
    const place = body.parent?.type === 'property' ? body.parent : body;
    const members = membersOf(body, pointer);
    const holders = members.filter(({ key }) => key === 'statement');
    const heading = spanOf(holders[0]?.property.children?.[0] ?? place.children?.[0] ?? place);
    super({ ...spanOf(place), pointer, address, heading }, context);
    const hasSources = members.some(({ key }) => SOURCES.test(key));
    this.statements = holders.flatMap((holder) => statementsIn(holder, context.isMerged === true || hasSources));
    const commas = Math.max(0, this.statements.length - 1);
    this.size = this.statements.reduce((sum, { size }) => sum + size, AROUND_STATEMENTS + commas);
    this.#body = { ...spanOf(body), items: (body.children ?? []).map(spanOf) };
    this.#holders = holders.map(({ property, value }) => ({
      start: property.offset,
      list: { ...spanOf(value), items: itemsOf(value) },
    }));
    // What else gives statements counts as some: without those that are written here the policy is not empty.
    const others = members.filter(givesStatements).map(({ property }) => spanOf(property));
    this.list = { ...spanOf(body), items: [...this.#holders.flatMap(({ list }) => list.items), ...others] };
  }

  override write(text: string, changes: readonly StatementChange[]): TextChange[] {
    const layout = layoutOf(text, SLASH_COMMENTS);
    const isRemoval = ({ change }: StatementChange) => change.kind === 'remove';
    const removed = new Set(changes.filter(isRemoval).map(({ statement }) => statement.start));
    const edits = writeJson(
      text,
      {},
      changes.filter((change) => !isRemoval(change)),
    );
    const emptied = new Set<number>();
    for (const { start, list } of this.#holders) {
      const gone = removedItems(list, removed);
      if (gone.size > 0 && gone.size === list.items.length) emptied.add(start);
      else if (gone.size > 0) edits.push(...editList(text, list, gone, layout));
    }
    if (emptied.size > 0) edits.push(...editList(text, this.#body, removedItems(this.#body, emptied), layout));
    return edits.sort((a, b) => a.start - b.start);
  }
}

/** Where a member's statements stand: each in its place in a list, or one alone. */
function itemsOf(value: ValueNode): Span[] {
  return bodiesIn(value, '').flatMap(([body]) => (value.type === 'null' ? [] : spanOf(body)));
}

/** @param isMerged whether a statement may stand in the place of another one of its `sid`, which would come back without it */
function statementsIn({ value, pointer }: JsonMember, isMerged: boolean): Statement[] {
  return bodiesIn(value, pointer).flatMap(([body, at]) =>
    body.type === 'object'
      ? (readStatement(body, at, BLOCK_SIZES, isMerged && hasProperty(body, 'sid'), BLOCK_NAMES) ?? [])
      : [],
  );
}

/** Attributes that take in the statements of other documents. */
const SOURCES = /^(?:source|override)_(?:json|policy_documents)$/;

/** Whether a member takes in the statements of other documents, or makes some. */
function givesStatements({ key, value, pointer }: JsonMember): boolean {
  if (value.type === 'null') return false;
  if (SOURCES.test(key)) return true;
  // What is no object here makes who knows what.
  return (
    key === 'dynamic' && (value.type === 'string' || membersOf(value, pointer).some((made) => made.key === 'statement'))
  );
}
