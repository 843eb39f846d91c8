import { type ComputedText, HOLE } from '../../whose/computedText.ts';
import type { Loop, Reference, TerraformValue } from '../terraform/block.ts';
import { calledText, referenceText } from '../terraform/computed.ts';
import { elementsOf, literalText, textOf } from './nodes.ts';
import { referenceOf, referencesIn } from './references.ts';
import type { HclNode } from './tree.ts';

/** Names are put together of no more than what nests so deep. */
const MAX_DEPTH = 16;

/** The value of an attribute in HCL. */
export class HclValue implements TerraformValue {
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

  get computed(): ComputedText {
    return computedText(this.#node, this.#source, 0);
  }

  get loop(): Loop | undefined {
    return loopOf(this.#node, this.#source);
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

function computedText(node: HclNode, text: string, depth: number): ComputedText {
  if (depth > MAX_DEPTH) return [HOLE];
  const literal = literalText(node, text);
  if (literal !== undefined) return literal === '' ? [] : [literal];
  const reference = referenceOf(node, text);
  if (reference) return referenceText(reference);
  if (node.type === 'quoted_template')
    return node.children.flatMap((part): ComputedText => {
      if (part.type === 'template_literal') return [text.slice(part.start, part.end)];
      const [inside, ...others] = part.children;
      return part.type === 'template_interpolation' && inside && others.length === 0
        ? computedText(inside, text, depth + 1)
        : [HOLE];
    });
  if (node.type !== 'function_call') return [HOLE];
  const [name, list] = node.children;
  const values = list?.children ?? [];
  const last = values.at(-1);
  const items = last?.type === 'tuple' ? last.children.map((item) => computedText(item, text, depth + 1)) : undefined;
  return calledText(
    name ? textOf(text, name) : '',
    values.map((value) => computedText(value, text, depth + 1)),
    items,
  );
}

/** The keys of `toset([...])`, of a list, or of an object. */
function loopOf(node: HclNode, text: string): Loop | undefined {
  const [name, list] = node.children;
  const inner = node.type === 'function_call' && name && textOf(text, name) === 'toset' ? list?.children[0] : node;
  if (inner?.type === 'tuple') {
    const keys = inner.children.map((item) => literalText(item, text));
    return keys.every((key) => key !== undefined) ? { keys: keys as string[], isSet: true } : undefined;
  }
  if (inner?.type !== 'object' || inner !== node) return undefined;
  const elements = elementsOf(inner, text);
  return elements.length === inner.children.length ? { keys: elements.map(({ key }) => key), isSet: false } : undefined;
}
