import type { Reference, TerraformValue } from '../terraform/block.ts';
import { type Expression, UNKNOWN } from '../terraform/expression.ts';
import type { ValueNode } from '../values/nodes.ts';
import { readTemplate } from './template.ts';

/** Expressions are read no deeper. */
const MAX_DEPTH = 64;

/** A value of Terraform in JSON. A string is a template: what it computes stands between `${` and `}`. */
export class JsonValue implements TerraformValue {
  readonly node: ValueNode;
  #expression: Expression | undefined;

  constructor(node: ValueNode) {
    this.node = node;
  }

  get expression(): Expression {
    this.#expression ??= expressionOf(this.node, 0);
    return this.#expression;
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

function expressionOf({ type, value, children = [] }: ValueNode, depth: number): Expression {
  if (depth > MAX_DEPTH) return UNKNOWN;
  switch (type) {
    case 'string':
      return readTemplate(String(value));
    case 'number':
    case 'boolean':
      return { kind: 'literal', text: String(value) };
    case 'null':
      return { kind: 'null' };
    case 'array':
      return { kind: 'list', items: children.map((item) => expressionOf(item, depth + 1)) };
    case 'object': {
      const members = children.flatMap((property) => {
        const [name, inner] = property.children ?? [];
        const key = String(name?.value);
        return inner && key !== '//' && !isComputed(key) ? [{ key, value: expressionOf(inner, depth + 1) }] : [];
      });
      return { kind: 'object', members, isWhole: members.length === children.length };
    }
    default:
      return UNKNOWN;
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
  return [...text.matchAll(REFERENCE)].flatMap((found) => {
    const indexes = [...(found[2] ?? '').matchAll(/\[([^[\]]*)\]/g)].map(([, index = '']) => index);
    return [stepsOf(found), ...indexes.flatMap(referencesIn)];
  });
}

/** `local.documents["app"]` and `local.documents.app` are the same; other indexes say nothing. */
function stepsOf([, name = '', rest = '']: RegExpExecArray): Reference {
  const steps = [...rest.matchAll(/\.\s*([\p{ID_Continue}-]+)|\[\s*"([^"\\]*)"\s*\]/gu)];
  return [name, ...steps.map(([, attribute, key]) => attribute ?? key ?? '')];
}
