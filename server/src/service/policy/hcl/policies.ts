import type { Span } from '../../json/span.ts';
import type { PolicySyntax } from '../model.ts';
import { addressOf, type TerraformBlock } from '../terraform/block.ts';
import { consumersOf } from '../terraform/consumers.ts';
import { moveSpan, policiesIn } from '../terraform/embedded.ts';
import type { PolicyContext, TerraformModule } from '../terraform/module.ts';
import { pointerTo } from '../values/nodes.ts';
import { readBlock, valuesIn } from './blocks.ts';
import { DocumentBlock } from './documentBlock.ts';
import { EncodedPolicy, statementsOf } from './encoded.ts';
import { HeredocPolicy, heredocText } from './heredoc.ts';
import type { HclPolicy } from './policy.ts';
import type { HclFile, HclNode } from './tree.ts';

/** The policies of a file, in the order in which they stand. */
export function* findPolicies(
  { blocks }: HclFile,
  text: string,
  module: TerraformModule,
  json: PolicySyntax,
): Iterable<HclPolicy> {
  const pointers = new Pointers();
  for (const { node } of blocks) {
    if (!node) continue;
    const block = readBlock(node, text);
    const { type, labels } = block;
    const pointer = [type, ...labels].reduce(pointerTo, '');
    const address = addressOf(block);
    if (type === 'data' && labels[0] === 'aws_iam_policy_document') {
      const frame = { ...spanOf(node), pointer: pointers.unique(pointer), address, heading: headingOf(node) };
      yield new DocumentBlock(node, frame, module.contextAt(address), text);
    } else yield* findInBlock(node, block, { pointer, address }, pointers, text, module, json);
  }
}

/** The policies in the attributes of a block, and in those of the blocks inside it. */
function* findInBlock(
  node: HclNode,
  block: TerraformBlock,
  { pointer, address }: { readonly pointer: string; readonly address: string },
  pointers: Pointers,
  text: string,
  module: TerraformModule,
  json: PolicySyntax,
): Iterable<HclPolicy> {
  for (const [path, value] of valuesIn(node, text)) {
    let context: PolicyContext | undefined;
    const contextOf = () => {
      context ??= module.contextOf(consumersOf(block, path));
      return context;
    };
    const at = path.reduce(pointerTo, pointer);
    const own = block.type === 'locals' ? `local.${path.join('.')}` : address;
    for (const found of candidatesIn(value, text)) {
      const place = { ...spanOf(found), address: own, heading: spanOf(found) };
      const statements = statementsOf(found, text);
      if (statements)
        yield new EncodedPolicy(
          found,
          statements.value,
          { ...place, pointer: pointers.unique(at), heading: spanOf(statements.key) },
          contextOf(),
          text,
        );
      const heredoc = found.type === 'heredoc_template' ? heredocText(found, text) : undefined;
      if (!heredoc) continue;
      for (const inner of policiesIn(heredoc, json)) {
        const heading = moveSpan(inner.heading, heredoc);
        const frame = { ...place, ...moveSpan(inner, heredoc), heading, pointer: pointers.unique(at + inner.pointer) };
        // A CloudFormation template in a heredoc says itself whose its policies are.
        yield new HeredocPolicy(inner, heredoc, frame, inner.address === undefined ? contextOf() : inner, json);
      }
    }
  }
}

/** The objects and heredocs that may be policies, from the outermost on; nothing inside one that is a policy. */
function* candidatesIn(node: HclNode, text: string): Iterable<HclNode> {
  if (node.type === 'heredoc_template' || statementsOf(node, text)) yield node;
  else for (const child of node.children) yield* candidatesIn(child, text);
}

/** From the type of a block to its last label. */
function headingOf({ start, end, children }: HclNode): Span {
  const last = children.filter(({ type }) => type === 'identifier' || type === 'string_lit').at(-1);
  return { start, end: last?.end ?? end };
}

function spanOf({ start, end }: HclNode): Span {
  return { start, end };
}

/** Gives each policy a pointer of its own: a file may repeat a block, and an attribute hold several policies. */
class Pointers {
  readonly #taken = new Map<string, number>();

  unique(pointer: string): string {
    const amount = this.#taken.get(pointer) ?? 0;
    this.#taken.set(pointer, amount + 1);
    return amount === 0 ? pointer : `${pointer}/${amount}`;
  }
}
