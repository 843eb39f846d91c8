import { detached } from '../../json/detached.ts';
import type { Span } from '../../json/span.ts';
import type { ElementShape, Entry, ItemList } from '../model.ts';
import { literalText, textOf } from './nodes.ts';
import type { HclNode } from './tree.ts';

/** One list of an element that says which actions, or a single string. */
interface ElementPart {
  readonly span: Span;
  readonly entries: readonly Entry[];
  /** Absent where a single string stands alone. */
  readonly list?: ItemList;
}

/** What an element such as `actions` holds. */
export interface Element {
  readonly parts: readonly ElementPart[];
  /** How the parts make it up. */
  readonly shape: ElementShape;
  readonly hasOpaqueEntries: boolean;
}

/** Functions that give all that they are given, whatever else they do. */
const JOINING: ReadonlySet<string> = new Set(['concat', 'compact', 'distinct', 'setunion', 'sort', 'tolist', 'toset']);

/**
 * Reads the value of an element: a list, a string, or several of them where functions join them or a condition chooses.
 * All else is opaque.
 *
 * @param pointer the element's JSON pointer
 */
export function readElement(value: HclNode, pointer: string, text: string): Element {
  const lists: HclNode[] = [];
  let isOpaque = false;
  const shapeOf = (node: HclNode): ElementShape => {
    const joined = joinedBy(node, text);
    if (joined) return { kind: node.type === 'conditional' ? 'chosen' : 'joined', of: joined.map(shapeOf) };
    // A string among lists cannot become one: Terraform wants what a condition chooses from to be of one type.
    const isList = node.type === 'tuple' || (node === value && literalText(node, text) !== undefined);
    // An empty list grants nothing, and is no reason to keep anything.
    if (isList && (node.type !== 'tuple' || node.children.length > 0))
      return { kind: 'part', index: lists.push(node) - 1 };
    if (!isList && node.type !== 'null_lit') isOpaque = true;
    return { kind: 'unknown' };
  };
  const shape = shapeOf(value);
  const parts = lists.map((list, index) => readPart(list, lists.length > 1 ? `${pointer}/${index}` : pointer, text));
  const isWhole = parts.every(({ entries, list }) => !list || entries.length === list.items.length);
  return { parts, shape, hasOpaqueEntries: isOpaque || !isWhole };
}

/** What takes part in the value of a function or a condition; `undefined` for all that is neither. */
function joinedBy({ type, children }: HclNode, text: string): readonly HclNode[] | undefined {
  if (type === 'conditional' && children.length === 3) return children.slice(1);
  const [name, given] = children;
  if (type !== 'function_call' || !name || !JOINING.has(textOf(text, name))) return undefined;
  // `concat(var.lists...)` takes what it is given apart.
  return given?.children.some((argument) => argument.type === 'ellipsis') ? undefined : (given?.children ?? []);
}

function readPart(node: HclNode, pointer: string, text: string): ElementPart {
  const span = { start: node.start, end: node.end };
  if (node.type !== 'tuple') return { span, entries: [new HclEntry(node, pointer, text)] };
  const entries = node.children.flatMap((item, index) =>
    literalText(item, text) === undefined ? [] : [new HclEntry(item, `${pointer}/${index}`, text)],
  );
  return { span, entries, list: { ...span, items: node.children.map(({ start, end }) => ({ start, end })) } };
}

class HclEntry implements Entry {
  readonly start: number;
  readonly end: number;
  readonly value: string;
  readonly pointer: string;
  readonly size: number;

  constructor(node: HclNode, pointer: string, text: string) {
    this.start = node.start;
    this.end = node.end;
    this.size = node.end - node.start;
    this.value = detached(literalText(node, text) ?? '');
    this.pointer = pointer;
  }
}
