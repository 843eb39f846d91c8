import { detached } from '../../json/detached.ts';
import type { FileFacts, PolicyFact } from '../../whose/facts.ts';
import type { PlacedValue, TerraformBlock } from '../terraform/block.ts';
import { collectFacts } from '../terraform/facts.ts';
import { attributesOf, headerOf, membersOf } from './nodes.ts';
import type { HclFile, HclNode } from './tree.ts';
import { HclValue } from './value.ts';

/** What a file says of who holds policies. */
export function readFacts({ blocks, errorAt }: HclFile, text: string, policies: readonly PolicyFact[]): FileFacts {
  const read = blocks.flatMap(({ node }) => {
    return node ? { block: readBlock(node, text), values: placedValues(node, text) } : [];
  });
  const isDoubtful = errorAt !== undefined || blocks.some(({ isBroken }) => isBroken);
  return collectFacts({ blocks: read, policies, stretches: isDoubtful ? stretchesBetween(blocks, text) : [] });
}

/** A block as all of Terraform's syntaxes give it. */
export function readBlock(node: HclNode, text: string): TerraformBlock {
  const { type, labels } = headerOf(node, text);
  const attributes = attributesOf(node, text).map(({ key, value }) => ({ key, value: new HclValue(value, text) }));
  return { type, labels: labels.map(detached), attributes };
}

/** The attributes of a block and of the blocks inside it, each with its path. A `dynamic` block is what it makes. */
export function* valuesIn(
  block: HclNode,
  text: string,
  path: readonly string[] = [],
): Iterable<[readonly string[], HclNode]> {
  for (const member of membersOf(block)) {
    if (member.type === 'attribute') {
      const [name, value] = member.children;
      if (name && value) yield [[...path, text.slice(name.start, name.end)], value];
    } else if (member.type === 'block') {
      const { type, labels } = headerOf(member, text);
      if (type !== 'dynamic') yield* valuesIn(member, text, [...path, type]);
      // Whatever such a block mentions may come to stand in any of its attributes.
      else yield [[...path, labels[0] ?? '', 'policy'], member];
    }
  }
}

function* placedValues(node: HclNode, text: string): Iterable<PlacedValue> {
  for (const [path, value] of valuesIn(node, text)) yield { path, value: new HclValue(value, text) };
}

/** What stands beside the sound blocks of a file. */
function* stretchesBetween(blocks: HclFile['blocks'], text: string): Iterable<string> {
  let end = 0;
  for (const block of blocks) {
    if (block.isBroken) continue;
    yield text.slice(end, block.start);
    end = block.end;
  }
  yield text.slice(end);
}
