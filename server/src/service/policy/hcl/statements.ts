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

/**
 * A `statement` block of an `aws_iam_policy_document`.
 * @param isMerged whether its policy is put together with others: then it may stand in the place of another one of its `sid`, which
 *   would come back without it
 * @returns `undefined` when it is half typed or repeats an attribute
 */
export function readStatementBlock(
  block: HclNode,
  pointer: string,
  text: string,
  isMerged: boolean,
): WrittenStatement | undefined {
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
    {
      keys,
      effect,
      names: BLOCK_NAMES,
      pointer,
      size: blockSize(block, text),
      mustStay: isMerged && members.some(({ key }) => key === 'sid'),
    },
    text,
  );
}

/** A statement as an object, as `jsonencode` takes it. */
export function readStatementObject(
  object: HclNode,
  pointer: string,
  text: string,
  isMerged: boolean,
): WrittenStatement | undefined {
  const members = elementsOf(object, text);
  const keys = members.map(({ key }) => key);
  const isWhole = members.length === object.children.length;
  if (object.type !== 'object' || !isWhole || !keys.includes('Effect')) return undefined;
  return readStatement(
    object,
    members,
    {
      keys,
      effect: effectOf(members, OBJECT_NAMES, text),
      names: OBJECT_NAMES,
      pointer,
      size: jsonSize(object, text),
      mustStay: isMerged && keys.includes('Sid'),
    },
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
    readonly mustStay: boolean;
  },
  text: string,
): WrittenStatement | undefined {
  const { names, effect, keys, pointer, size, mustStay } = about;
  const found = members.flatMap((member) =>
    names.elements.flatMap(([key, element]) => (member.key === key ? [{ member, element }] : [])),
  );
  const [first] = found;
  if (found.length !== 1 || !first) return undefined;
  const { member, element } = first;
  const { parts, shape, hasOpaqueEntries } = readElement(member.value, `${pointer}/${member.key}`, text);
  const span = { start: node.start, end: node.end };
  const common = {
    ...span,
    effect,
    element,
    hasPrincipal: keys.some(names.hasPrincipal),
    mustStay,
    uses: 1,
    size,
  };
  const alone = { pointer, elementSpan: { start: member.node.start, end: member.node.end } };
  if (parts.length > 1 || (shape.kind !== 'part' && hasOpaqueEntries)) {
    const statements: Statement[] = [];
    const whole = { parts: statements, shape, isRemovable: !hasOpaqueEntries && !mustStay };
    // Not all of them need be in effect together, so none may count on another one: each is a statement to the refiner.
    for (const [index, { span: elementSpan, entries, list }] of parts.entries()) {
      const place = parts.length > 1 ? { pointer: `${pointer}/${member.key}/${index}`, elementSpan } : alone;
      statements.push({ ...common, ...place, hasOpaqueEntries: true, entries, ...(list && { list }), whole });
    }
    if (statements.length > 0) return { ...span, parts: statements };
  }
  const { entries = [], list } = parts[0] ?? {};
  const statement = { ...common, ...alone, entries, ...(list && { list }), hasOpaqueEntries };
  return { ...span, parts: [statement] };
}
