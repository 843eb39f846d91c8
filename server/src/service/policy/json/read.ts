import type { ParseError } from 'jsonc-parser';
import { MAX_DEPTH } from '../../json/depth.ts';
import { describeSyntaxError } from '../../json/syntaxError.ts';
import { type JsonNode, parseJsonTree } from '../../json/tree.ts';
import type { PolicyDocument, PolicyFile, PolicyProblem, Statement } from '../model.ts';
import { readEntries } from './entries.ts';
import { pointerTo, properties, propertyNode, spanOf, stringProperty } from './nodes.ts';
import { JsonPolicy } from './policy.ts';

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
  const { root, errors, tooDeep } = parseJsonTree(text);
  if (tooDeep >= 0) {
    const message = `Nested deeper than ${MAX_DEPTH} levels, so this file is not read`;
    return { documents: [], problems: [{ start: tooDeep, end: tooDeep + 1, message, isLimit: true }] };
  }
  return { documents: root ? [...findPolicies(root, '', text)] : [], problems: errors.map(toProblem) };
}

function toProblem(error: ParseError): PolicyProblem {
  return {
    start: error.offset,
    end: error.offset + error.length,
    message: `JSON syntax error: ${describeSyntaxError(error)}`,
  };
}

function* findPolicies(node: JsonNode, pointer: string, text: string): Iterable<PolicyDocument> {
  if (node.type === 'object') {
    const policy = readPolicy(node, pointer, text);
    if (policy) {
      yield policy;
      return;
    }
    for (const property of node.children ?? []) {
      const [key, value] = property.children ?? [];
      if (key && value) yield* findPolicies(value, pointerTo(pointer, String(key.value)), text);
    }
  } else if (node.type === 'array') {
    for (const [index, item] of (node.children ?? []).entries())
      yield* findPolicies(item, pointerTo(pointer, index), text);
  }
}

function readPolicy(node: JsonNode, pointer: string, text: string): PolicyDocument | undefined {
  const list = propertyNode(node, 'Statement');
  if (list?.type !== 'array' && list?.type !== 'object') return undefined;
  const items = list.type === 'array' ? (list.children ?? []) : [list];
  if (!items.some((item) => properties(item, 'Effect').length > 0)) return undefined;
  const at = pointerTo(pointer, 'Statement');
  const statements = items.flatMap(
    (item, index) => readStatement(item, list.type === 'array' ? pointerTo(at, index) : at) ?? [],
  );
  return new JsonPolicy(node, pointer, text, statements, list);
}

/** A statement; `undefined` when it is half typed, or repeats a key so that nobody can say what it means. */
function readStatement(node: JsonNode, pointer: string): Statement | undefined {
  const effect = stringProperty(node, 'Effect');
  const elements = [...properties(node, 'Action'), ...properties(node, 'NotAction')];
  const [property] = elements;
  const [key, value] = property?.children ?? [];
  if (effect === undefined || elements.length !== 1 || !property || !key || !value) return undefined;
  const { entries, list, hasOpaqueEntries } = readEntries(value, pointerTo(pointer, String(key.value)));
  return {
    start: node.offset,
    end: node.offset + node.length,
    pointer,
    effect,
    element: key.value as Statement['element'],
    elementSpan: spanOf(property),
    entries,
    ...(list && { list }),
    hasOpaqueEntries,
    hasPrincipal: properties(node, 'Principal').length + properties(node, 'NotPrincipal').length > 0,
  };
}
