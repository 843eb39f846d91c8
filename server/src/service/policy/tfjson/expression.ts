import type { Reference, TerraformValue } from '../terraform/block.ts';
import type { ValueNode } from '../values/nodes.ts';

/** A value of Terraform in JSON. A string is a template: what it computes stands between `${` and `}`. */
export class JsonValue implements TerraformValue {
  readonly node: ValueNode;

  constructor(node: ValueNode) {
    this.node = node;
  }

  get literal(): string | undefined {
    return this.node.type === 'string' && !isComputed(this.text) ? this.text : undefined;
  }

  get reference(): Reference | undefined {
    const inside = this.node.type === 'string' ? /^\$\{(.*)\}$/s.exec(this.text)?.[1] : undefined;
    if (inside === undefined) return undefined;
    const [only, ...others] = matchReferences(inside);
    return only && others.length === 0 && only[0] === inside.trim() ? stepsOf(only) : undefined;
  }

  get items(): readonly TerraformValue[] {
    return this.node.type === 'array' ? (this.node.children ?? []).map((item) => new JsonValue(item)) : [this];
  }

  get template(): string | undefined {
    return this.node.type === 'string' && !this.text.includes('%{') ? this.text : undefined;
  }

  get text(): string {
    return String(this.node.value ?? '');
  }

  strings(): Iterable<string> {
    return stringsIn(this.node);
  }

  references(): readonly Reference[] {
    return [...stringsIn(this.node)].flatMap((text) => (isComputed(text) ? referencesIn(text) : []));
  }
}

/** Whether a string has something put in, or is put together by directives, when Terraform runs. */
function isComputed(text: string): boolean {
  return /[$%]\{/.test(text);
}

/** All strings of a value, the keys of its objects among them: these are templates, too. */
function* stringsIn(node: ValueNode): Iterable<string> {
  if (node.type === 'string') yield String(node.value);
  for (const child of node.children ?? []) yield* stringsIn(child);
}

/**
 * A name, and the names and indexes that follow it. What stands in a string inside an expression looks like a reference, too:
 * one too many says that somebody more may have a policy, which never makes anything go.
 */
const REFERENCE =
  /(?<![\p{ID_Continue}.-])([\p{ID_Start}_][\p{ID_Continue}-]*)((?:\s*(?:\.\s*(?:[\p{ID_Continue}-]+|\*)|\[[^[\]]*\]))*)/gu;

/** Also those that stand in the indexes of others. */
function referencesIn(text: string): Reference[] {
  return matchReferences(text).flatMap((found) => {
    const indexes = [...(found[2] ?? '').matchAll(/\[([^[\]]*)\]/g)].map(([, index = '']) => index);
    return [stepsOf(found), ...indexes.flatMap(referencesIn)];
  });
}

function matchReferences(text: string): RegExpExecArray[] {
  return [...text.matchAll(REFERENCE)];
}

/** `local.documents["app"]` and `local.documents.app` are the same; other indexes say nothing. */
function stepsOf([, name = '', rest = '']: RegExpExecArray): Reference {
  const steps = [...rest.matchAll(/\.\s*([\p{ID_Continue}-]+)|\[\s*"([^"\\]*)"\s*\]/gu)];
  return [name, ...steps.map(([, attribute, key]) => attribute ?? key ?? '')];
}
