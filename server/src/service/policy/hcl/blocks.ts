import { detached } from '../../json/detached.ts';
import type { PlacedValue, Reference, TerraformBlock, TerraformValue } from '../terraform/block.ts';
import { collectFacts, type ModuleFacts } from '../terraform/facts.ts';
import { attributesOf, headerOf, literalText, membersOf, textOf } from './nodes.ts';
import { referenceOf, referencesIn } from './references.ts';
import type { HclFile, HclNode } from './tree.ts';

/** What a file says that matters to the policies of its module. */
export function readFacts({ blocks, errorAt }: HclFile, text: string): ModuleFacts {
  const read = blocks.flatMap(({ node }) => {
    return node ? { block: readBlock(node, text), values: placedValues(node, text) } : [];
  });
  const isDoubtful = errorAt !== undefined || blocks.some(({ isBroken }) => isBroken);
  return collectFacts(read, isDoubtful ? stretchesBetween(blocks, text) : []);
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

class HclValue implements TerraformValue {
  readonly #node: HclNode;
  readonly #source: string;

  constructor(node: HclNode, source: string) {
    this.#node = node;
    this.#source = source;
  }

  get literal(): string | undefined {
    return literalText(this.#node, this.#source);
  }

  get reference(): Reference | undefined {
    return referenceOf(this.#node, this.#source);
  }

  get items(): readonly TerraformValue[] {
    const { type, children } = this.#node;
    return type === 'tuple' ? children.map((item) => new HclValue(item, this.#source)) : [this];
  }

  get template(): string | undefined {
    const { type, children } = this.#node;
    const isTemplate = type === 'quoted_template' && children.every((part) => part.type !== 'template_directive');
    return this.literal ?? (isTemplate ? this.text : undefined);
  }

  get text(): string {
    return textOf(this.#source, this.#node).replace(/^"|"$/g, '');
  }

  strings(): readonly string[] {
    return [textOf(this.#source, this.#node)];
  }

  references(): readonly Reference[] {
    return referencesIn(this.#node, this.#source);
  }
}
