import { onlyValue } from '../terraform/block.ts';
import { attributesOf, headerOf, literalText, type Member, membersOf } from './nodes.ts';
import type { HclNode } from './tree.ts';

/** What stands around the statements of a policy. */
export const AROUND_STATEMENTS = '{"Version":"2012-10-17","Statement":[]}'.length;

/** The characters of the JSON that Terraform makes of a value, without white space. What is computed counts as it is written. */
export function jsonSize(node: HclNode, text: string): number {
  const { type, children, start, end } = node;
  if (type === 'tuple') return bracketed(children.map((item) => jsonSize(item, text)));
  if (type === 'object') return bracketed(children.map((element) => elementSize(element, text)));
  if (type === 'string_lit' || type === 'quoted_template') return end - start;
  return text.slice(start, end).replace(/\s+/g, '').length;
}

function elementSize({ children }: HclNode, text: string): number {
  const [key, value] = children;
  if (!key || !value) return 0;
  const quotes = key.type === 'string_lit' ? 0 : QUOTES;
  return key.end - key.start + quotes + COLON + jsonSize(value, text);
}

/** What Terraform calls the arguments of a `statement` block, and IAM its elements. */
const ELEMENTS: Readonly<Record<string, string>> = {
  sid: 'Sid',
  effect: 'Effect',
  actions: 'Action',
  not_actions: 'NotAction',
  resources: 'Resource',
  not_resources: 'NotResource',
};

/** The same for a `statement` block. */
export function blockSize(block: HclNode, text: string): number {
  const attributes = attributesOf(block, text);
  const fields = attributes.map(({ key, value }) => fieldSize(ELEMENTS[key] ?? key, listSize(value, text)));
  if (!attributes.some(({ key }) => key === 'effect')) fields.push(fieldSize('Effect', '"Allow"'.length));
  for (const inner of membersOf(block).filter(({ type }) => type === 'block')) fields.push(innerSize(inner, text));
  return bracketed(fields);
}

/** `condition` and `principals` blocks, each an object of objects. */
function innerSize(block: HclNode, text: string): number {
  const { type } = headerOf(block, text);
  const members = attributesOf(block, text);
  if (type === 'condition')
    return fieldSize(
      'Condition',
      bracketed([
        wordSize(members, 'test', text) +
          bracketed([wordSize(members, 'variable', text) + valueSize(members, 'values', text)]),
      ]),
    );
  return fieldSize(
    type === 'principals' ? 'Principal' : 'NotPrincipal',
    bracketed([wordSize(members, 'type', text) + valueSize(members, 'identifiers', text)]),
  );
}

function wordSize(members: readonly Member[], key: string, text: string): number {
  return (literalText(onlyValue(members, key), text)?.length ?? 0) + QUOTES + COLON;
}

function valueSize(members: readonly Member[], key: string, text: string): number {
  const value = onlyValue(members, key);
  return value ? listSize(value, text) : 0;
}

/** A list of one is written without its brackets. */
function listSize(value: HclNode, text: string): number {
  const [only] = value.children;
  return value.type === 'tuple' && value.children.length === 1 && only ? jsonSize(only, text) : jsonSize(value, text);
}

function fieldSize(key: string, value: number): number {
  return key.length + QUOTES + COLON + value;
}

const QUOTES = 2;
const COLON = 1;

/** The size of a list or object of things of these sizes. */
function bracketed(sizes: readonly number[]): number {
  return 2 + sizes.reduce((sum, size) => sum + size, 0) + Math.max(0, sizes.length - 1);
}
