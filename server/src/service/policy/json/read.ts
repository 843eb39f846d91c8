import { type Node, type ParseError, parseTree } from 'jsonc-parser';
import { findTooDeep, MAX_DEPTH } from '../../json/depth.ts';
import { describeSyntaxError } from '../../json/syntaxError.ts';
import type { ItemList, PolicyDocument, PolicyFile, PolicyProblem, Statement } from '../model.ts';
import { contextOf } from './context.ts';
import { readEntries } from './entries.ts';
import { pointerTo, properties, propertyNode, spanOf, stringProperty } from './nodes.ts';
import { jsonSize } from './size.ts';

/** The longest file that is read, in UTF-16 units; IAM's own limit for one policy is a thousandth of it. */
const MAX_POLICY_LENGTH = 20_000_000;

/**
 * Reads the policies of a JSON or JSONC text: every object with a `Statement` that holds an `Effect`, wherever it stands.
 * Never throws; of broken text it gives what can be read, and the problems that forbid to edit it.
 */
export function readJson(text: string): PolicyFile {
  // Most JSON files are no policies, and looking for a word is far cheaper than parsing.
  if (!text.includes('"Statement"')) return { documents: [], problems: [] };
  if (text.length > MAX_POLICY_LENGTH) {
    const message = `Larger than ${MAX_POLICY_LENGTH / 1_000_000} million characters, so this file is not read`;
    return { documents: [], problems: [{ start: 0, end: 1, message, isLimit: true }] };
  }
  const tooDeep = findTooDeep(text);
  if (tooDeep >= 0) {
    const message = `Nested deeper than ${MAX_DEPTH} levels, so this file is not read`;
    return { documents: [], problems: [{ start: tooDeep, end: tooDeep + 1, message, isLimit: true }] };
  }
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true, allowEmptyContent: true });
  return { documents: root ? [...findPolicies(root, '', text)] : [], problems: errors.map(toProblem) };
}

function toProblem(error: ParseError): PolicyProblem {
  return {
    start: error.offset,
    end: error.offset + error.length,
    message: `JSON syntax error: ${describeSyntaxError(error)}`,
  };
}

function* findPolicies(node: Node, pointer: string, text: string): Iterable<PolicyDocument> {
  if (node.type === 'object') {
    const policy = readPolicy(node, pointer, text);
    if (policy) {
      yield policy;
      return;
    }
    for (const property of node.children ?? []) {
      const [key, value] = property.children ?? [];
      if (key && value) yield* findPolicies(value, pointerTo(pointer, key.value), text);
    }
  } else if (node.type === 'array') {
    for (const [index, item] of (node.children ?? []).entries())
      yield* findPolicies(item, pointerTo(pointer, index), text);
  }
}

function readPolicy(node: Node, pointer: string, text: string): PolicyDocument | undefined {
  const list = propertyNode(node, 'Statement');
  if (list?.type !== 'array' && list?.type !== 'object') return undefined;
  const at = pointerTo(pointer, 'Statement');
  const items =
    list.type === 'array'
      ? (list.children ?? []).map((item, i) => [item, pointerTo(at, i)] as const)
      : [[list, at] as const];
  if (!items.some(([item]) => properties(item, 'Effect').length > 0)) return undefined;
  const key = properties(node, 'Statement')[0]?.children?.[0] ?? node;
  return {
    ...spanOf(node),
    ...contextOf(node),
    pointer,
    heading: spanOf(key),
    statements: items.flatMap(([item, itemPointer]) => readStatement(item, itemPointer) ?? []),
    ...listOf(list),
    get size() {
      return jsonSize(text.slice(node.offset, node.offset + node.length));
    },
  };
}

/** A statement; `undefined` when it is half typed, or repeats a key so that nobody can say what it means. */
function readStatement(node: Node, pointer: string): Statement | undefined {
  const effect = stringProperty(node, 'Effect');
  const elements = [...properties(node, 'Action'), ...properties(node, 'NotAction')];
  const [property] = elements;
  const [key, value] = property?.children ?? [];
  if (effect === undefined || elements.length !== 1 || !property || !key || !value) return undefined;
  return {
    ...spanOf(node),
    ...readEntries(value, pointerTo(pointer, key.value)),
    pointer,
    effect,
    element: key.value,
    elementSpan: spanOf(property),
    hasPrincipal: properties(node, 'Principal').length + properties(node, 'NotPrincipal').length > 0,
  };
}

function listOf(node: Node): { list?: ItemList } {
  return node.type === 'array' ? { list: { ...spanOf(node), items: (node.children ?? []).map(spanOf) } } : {};
}
