import type { Reference, TerraformValue } from '../terraform/block.ts';
import type { Expression } from '../terraform/expression.ts';
import { expressionOf } from './expression.ts';
import { textOf } from './nodes.ts';
import { referencesIn } from './references.ts';
import type { HclNode } from './tree.ts';

/** The value of an attribute in HCL. */
export class HclValue implements TerraformValue {
  readonly #node: HclNode;
  readonly #source: string;
  #expression: Expression | undefined;

  constructor(node: HclNode, source: string) {
    this.#node = node;
    this.#source = source;
  }

  get expression(): Expression {
    this.#expression ??= expressionOf(this.#node, this.#source);
    return this.#expression;
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
