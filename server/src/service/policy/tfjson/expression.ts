import { type ComputedText, HOLE } from '../../whose/computedText.ts';
import type { Loop, Reference, TerraformValue } from '../terraform/block.ts';
import { referenceText } from '../terraform/computed.ts';
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

  get computed(): ComputedText {
    if (this.node.type !== 'string') return [HOLE];
    return isComputed(this.text) ? computedText(this.text) : this.text === '' ? [] : [this.text];
  }

  get loop(): Loop | undefined {
    const { type, children = [] } = this.node;
    const texts = children.map(({ value }) => value);
    if (type === 'array')
      return texts.every((text) => typeof text === 'string' && !isComputed(text))
        ? { keys: texts as string[], isSet: true }
        : undefined;
    if (type === 'object')
      return { keys: children.map((property) => String(property.children?.[0]?.value)), isSet: false };
    const list = /^\$\{\s*toset\(\s*\[((?:\s*"[\w+=,.@/-]{1,128}"\s*,?){1,64})\s*\]\s*\)\s*\}$/.exec(this.text)?.[1];
    return list === undefined
      ? undefined
      : { keys: [...list.matchAll(/"([^"]*)"/g)].map(([, key = '']) => key), isSet: true };
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

/** What a template says: what is put in as holes, those that are plain references saying to what. */
function computedText(text: string): ComputedText {
  if (text.includes('%{')) return [HOLE];
  return text.split(/(\$\{[^{}]*\})/).flatMap((part): ComputedText => {
    if (!part.startsWith('${')) return part === '' ? [] : [part];
    const inside = part.slice(2, -1);
    const [only, ...others] = matchReferences(inside);
    return only && others.length === 0 && only[0] === inside.trim() ? referenceText(stepsOf(only)) : [HOLE];
  });
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
