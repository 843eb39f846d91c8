import type { ItemList, Statement, StatementChange, TextChange } from '../model.ts';
import type { PolicyContext } from '../terraform/module.ts';
import type { PolicyFrame } from '../terraform/policy.ts';
import { sortChanges, writeEntries } from './changes.ts';
import { attributesOf, headerOf, membersOf } from './nodes.ts';
import { HclPolicy } from './policy.ts';
import { removeBlocks } from './removeBlocks.ts';
import { AROUND_STATEMENTS } from './size.ts';
import { readStatementBlock, type WrittenStatement } from './statements.ts';
import type { HclNode } from './tree.ts';

/** A policy in an `aws_iam_policy_document`. */
export class DocumentBlock extends HclPolicy {
  readonly statements: readonly Statement[];
  readonly list: ItemList;
  readonly size: number;
  readonly #written: readonly WrittenStatement[];

  constructor(block: HclNode, frame: PolicyFrame, context: PolicyContext, text: string) {
    super(frame, context);
    const blocks = membersOf(block).filter((member) => isStatement(member, text));
    const statements = blocks.filter((member) => headerOf(member, text).type === 'statement');
    const sources = attributesOf(block, text).filter(({ key }) => SOURCES.test(key));
    const isMerged = context.isMerged === true || sources.length > 0;
    this.#written = statements.flatMap(
      (statement, index) => readStatementBlock(statement, `${frame.pointer}/statement/${index}`, text, isMerged) ?? [],
    );
    this.statements = this.#written.flatMap(({ parts }) => parts);
    // What else gives statements counts as some: without those that are written here the policy is not empty.
    const items = [...blocks, ...sources.map(({ node }) => node)].map(({ start, end }) => ({ start, end }));
    this.list = { start: frame.start, end: frame.end, items };
    const sizes = this.#written.map(({ parts: [first] }) => (first?.size ?? 0) + 1);
    this.size = AROUND_STATEMENTS + sizes.reduce((sum, size) => sum + size, -1);
  }

  protected edit(text: string, changes: readonly StatementChange[]): TextChange[] {
    const { removed, edited } = sortChanges(this.#written, changes);
    const edits = [
      ...removeBlocks(text, this.list.items, removed),
      ...edited.flatMap((change) => writeEntries(text, change)),
    ];
    return edits.sort((a, b) => a.start - b.start);
  }
}

/** Attributes that take in the statements of other documents. */
const SOURCES = /^(?:source|override)_(?:json|policy_documents)$/;

/** Whether a member of the document is a statement, or makes some. */
function isStatement(member: HclNode, text: string): boolean {
  if (member.type !== 'block') return false;
  const { type, labels } = headerOf(member, text);
  return type === 'statement' || (type === 'dynamic' && labels[0] === 'statement');
}
