import type { Span } from '../../json/span.ts';
import type { Statement } from '../model.ts';
import { onlyValue } from '../terraform/block.ts';
import { readElement } from './elements.ts';
import { attributesOf, elementsOf, headerOf, literalText, type Member, membersOf } from './nodes.ts';
import { blockSize, jsonSize } from './size.ts';
import type { HclNode } from './tree.ts';

/** A statement as it stands in the file. Where several lists make up its element, each is a statement of the model. */
export interface WrittenStatement extends Span {
  readonly parts: readonly Statement[];
  readonly hasOpaqueEntries: boolean;
}

/** How a statement names what it says. */
interface Names {
  readonly elements: readonly (readonly [key: string, element: Statement['element']])[];
  readonly effect: string;
  readonly hasPrincipal: (key: string) => boolean;
}

const BLOCK_NAMES: Names = {
  elements: [
    ['actions', 'Action'],
    ['not_actions', 'NotAction'],
  ],
  effect: 'effect',
  hasPrincipal: (key) => key === 'principals' || key === 'not_principals',
};

const OBJECT_NAMES: Names = {
  elements: [
    ['Action', 'Action'],
    ['NotAction', 'NotAction'],
  ],
  effect: 'Effect',
  hasPrincipal: (key) => key === 'Principal' || key === 'NotPrincipal',
};

/** A `statement` block of an `aws_iam_policy_document`. `undefined` when it is half typed or repeats an attribute. */
export function readStatementBlock(block: HclNode, pointer: string, text: string): WrittenStatement | undefined {
  const members = attributesOf(block, text);
  // A `dynamic` block gives as many blocks as it likes of the type that it is labelled with.
  const blocks = membersOf(block)
    .filter(({ type }) => type === 'block')
    .map((inner) => headerOf(inner, text));
  const keys = blocks.map(({ type, labels }) => (type === 'dynamic' ? (labels[0] ?? '') : type));
  const effects = members.filter(({ key }) => key === 'effect').length;
  const effect = effects === 0 ? 'Allow' : effectOf(members, BLOCK_NAMES, text);
  return readStatement(
    block,
    members,
    { keys, effect, names: BLOCK_NAMES, pointer, size: blockSize(block, text) },
    text,
  );
}

/** A statement as an object, as `jsonencode` takes it. */
export function readStatementObject(object: HclNode, pointer: string, text: string): WrittenStatement | undefined {
  const members = elementsOf(object, text);
  const keys = members.map(({ key }) => key);
  const isWhole = members.length === object.children.length;
  if (object.type !== 'object' || !isWhole || !keys.includes('Effect')) return undefined;
  return readStatement(
    object,
    members,
    { keys, effect: effectOf(members, OBJECT_NAMES, text), names: OBJECT_NAMES, pointer, size: jsonSize(object, text) },
    text,
  );
}

/** The effect; what is computed is called what nothing is: such a statement may be a `Deny`. */
function effectOf(members: readonly Member[], { effect }: Names, text: string): string {
  return literalText(onlyValue(members, effect), text) ?? '';
}

function readStatement(
  node: HclNode,
  members: readonly Member[],
  about: {
    readonly keys: readonly string[];
    readonly effect: string;
    readonly names: Names;
    readonly pointer: string;
    readonly size: number;
  },
  text: string,
): WrittenStatement | undefined {
  const { names, effect, keys, pointer, size } = about;
  const found = members.flatMap((member) =>
    names.elements.flatMap(([key, element]) => (member.key === key ? [{ member, element }] : [])),
  );
  const [first] = found;
  if (found.length !== 1 || !first) return undefined;
  const { member, element } = first;
  const { parts, hasOpaqueEntries } = readElement(member.value, `${pointer}/${member.key}`, text);
  const whole = { start: node.start, end: node.end };
  const common = {
    ...whole,
    effect,
    element,
    hasPrincipal: keys.some(names.hasPrincipal),
    mustStay: false,
    uses: 1,
    size,
  };
  if (parts.length > 1) {
    // Not all of them need be in effect together, so none may count on another one: each is a statement to the refiner.
    const statements = parts.map(({ span, entries, list }, index) => {
      const own = { pointer: `${pointer}/${member.key}/${index}`, elementSpan: span, hasOpaqueEntries: true };
      return { ...common, ...own, entries, ...(list && { list }) };
    });
    return { ...whole, hasOpaqueEntries, parts: statements };
  }
  const { entries = [], list } = parts[0] ?? {};
  const elementSpan = { start: member.node.start, end: member.node.end };
  const statement = { ...common, pointer, elementSpan, entries, ...(list && { list }), hasOpaqueEntries };
  return { ...whole, hasOpaqueEntries, parts: [statement] };
}
