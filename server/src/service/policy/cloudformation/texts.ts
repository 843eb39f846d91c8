import { propertyNode, type ValueNode } from '../values/nodes.ts';
import { branchesOf } from './condition.ts';

/** More texts than these are not followed: nobody names a policy in so many ways. */
const MAX_TEXTS = 16;

/** A text longer than this is a script or a list, of which one is enough. */
const MAX_LENGTH = 2048;

/**
 * What a template's texts may say when it is deployed: `Fn::Sub` and `Fn::Join` are put together, parameters are themselves and
 * what they may be by default, conditions are each of their values. What is not known stands as `${…}`, and the same for the same.
 */
export class Texts {
  readonly #parameters: ValueNode | undefined;
  readonly #known = new Map<ValueNode, readonly string[]>();

  constructor(parameters: ValueNode | undefined) {
    this.#parameters = parameters;
  }

  /** What a value may say; the one without defaults comes first. */
  of(value: ValueNode): readonly string[] {
    let texts = this.#known.get(value);
    if (!texts) {
      texts = this.#read(value);
      this.#known.set(value, texts);
    }
    return texts;
  }

  #read(value: ValueNode): readonly string[] {
    const text = textOf(value);
    if (text !== undefined) return [text];
    const branches = branchesOf(value);
    if (branches) return branches.flatMap(({ node }) => this.of(node)).slice(0, MAX_TEXTS);
    const [reference, substituted, joined] = ['Ref', 'Fn::Sub', 'Fn::Join'].map((key) => propertyNode(value, key));
    if (reference?.type === 'string') return this.#parameter(String(reference.value));
    if (substituted) return this.#substitute(substituted);
    return (joined && this.#join(joined)) ?? [unknown(value)];
  }

  #parameter(name: string): readonly string[] {
    const parameter = this.#parameters && propertyNode(this.#parameters, name);
    const [byDefault, allowed] = ['Default', 'AllowedValues'].map((key) => parameter && propertyNode(parameter, key));
    const values = [byDefault, ...(allowed?.children ?? [])].flatMap((node) => (node?.type === 'string' ? node : []));
    return [`\${${name}}`, ...values.map((node) => String(node.value))].slice(0, MAX_TEXTS);
  }

  #substitute(value: ValueNode): readonly string[] {
    const [template, variables] = value.type === 'array' ? (value.children ?? []) : [value];
    // What stands between the holes, and what is in them, by turns.
    const parts = String(template?.value ?? '').split(/\$\{([^}]{0,256})\}/);
    return combine(
      parts.map((part, index) => {
        if (index % 2 === 0) return [part];
        const variable = variables && propertyNode(variables, part.trim());
        return variable ? this.of(variable) : this.#parameter(part.trim());
      }),
      '',
    );
  }

  #join(value: ValueNode): readonly string[] | undefined {
    const [separator, list] = value.children ?? [];
    if (separator?.type !== 'string' || list?.type !== 'array') return undefined;
    return combine(
      (list.children ?? []).map((item) => this.of(item)),
      String(separator.value),
    );
  }
}

/** The text that a node is, be it of several lines. */
export function textOf({ value }: ValueNode): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Each way to put one text of each part together. */
function combine(parts: readonly (readonly string[])[], separator: string): string[] {
  let texts: string[] | undefined;
  for (const part of parts) {
    texts = texts ? texts.flatMap((text) => part.map((next) => text + separator + next)) : [...part];
    texts.length = Math.min(texts.length, (texts[0] ?? '').length > MAX_LENGTH ? 1 : MAX_TEXTS);
  }
  return texts ?? [''];
}

function unknown(value: ValueNode): string {
  let text = '';
  for (const scalar of scalarsIn(value)) {
    if (text.length > MAX_LENGTH) break;
    text += `${scalar}.`;
  }
  return `\${${text.replaceAll(/[^\w.:-]/g, '_')}}`;
}

function* scalarsIn(node: ValueNode): Iterable<string> {
  if (node.value !== undefined) yield String(node.value);
  for (const child of node.children ?? []) yield* scalarsIn(child);
}
