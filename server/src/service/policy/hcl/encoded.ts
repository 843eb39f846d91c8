import type { Span } from '../../json/span.ts';
import { writeJson } from '../json/write.ts';
import { lineStart, startsLine } from '../lists/layout.ts';
import type { ItemList, Statement, StatementChange, TextChange } from '../model.ts';
import type { PolicyContext } from '../terraform/module.ts';
import type { PolicyFrame } from '../terraform/policy.ts';
import { sortChanges, writeEntries } from './changes.ts';
import { HCL_COMMENTS } from './comments.ts';
import { elementsOf } from './nodes.ts';
import { HclPolicy } from './policy.ts';
import { jsonSize } from './size.ts';
import { readStatementObject, type WrittenStatement } from './statements.ts';
import type { HclNode } from './tree.ts';

/** The value of an object's `Statement`: a list or an object that holds an effect. `undefined` for what is no policy. */
export function statementsOf(
  object: HclNode,
  text: string,
): { readonly key: HclNode; readonly value: HclNode } | undefined {
  if (object.type !== 'object') return undefined;
  const [statement, ...repeated] = elementsOf(object, text).filter(({ key }) => key === 'Statement');
  const key = statement?.node.children[0];
  if (!statement || !key || repeated.length > 0) return undefined;
  const { value } = statement;
  const items = value.type === 'tuple' ? value.children : [value];
  return items.some((item) => elementsOf(item, text).some(({ key: name }) => name === 'Effect'))
    ? { key, value }
    : undefined;
}

/**
 * Indents the end of what is the last item from now on as that of the last one was, where the list ends on the same line: in
 * `[{ …` it is indented less than before another item (`}, {`).
 */
function closeList(text: string, items: readonly Span[], removed: ReadonlySet<number>): TextChange[] {
  const last = items.at(-1);
  const stays = items.findLast(({ start }) => !removed.has(start));
  if (!last || !stays || stays === last || !/^[^\S\n]*\]/.test(text.slice(last.end, last.end + MAX_GAP))) return [];
  const [now, before] = [stays, last].map(({ end }) => ({ start: lineStart(text, end - 1), end: end - 1 }));
  if (!now || !before || !startsLine(text, now.end) || !startsLine(text, before.end)) return [];
  const indent = text.slice(before.start, before.end);
  return indent === text.slice(now.start, now.end) ? [] : [{ ...now, text: indent }];
}

/** More white space before a bracket nobody writes. */
const MAX_GAP = 100;

/** A policy as an object, as `jsonencode` takes it. */
export class EncodedPolicy extends HclPolicy {
  readonly statements: readonly Statement[];
  readonly list?: ItemList;
  readonly size: number;
  readonly #written: readonly WrittenStatement[];

  /** @param statement the value of its `Statement` */
  constructor(object: HclNode, statement: HclNode, frame: PolicyFrame, context: PolicyContext, text: string) {
    super(frame, context);
    const isList = statement.type === 'tuple';
    const items = isList ? statement.children : [statement];
    const pointer = `${frame.pointer}/Statement`;
    this.#written = items.flatMap(
      (item, index) =>
        readStatementObject(item, isList ? `${pointer}/${index}` : pointer, text, context.isMerged === true) ?? [],
    );
    this.statements = this.#written.flatMap(({ parts }) => parts);
    if (isList)
      this.list = {
        start: statement.start,
        end: statement.end,
        items: items.map(({ start, end }) => ({ start, end })),
      };
    this.size = jsonSize(object, text);
  }

  protected edit(text: string, changes: readonly StatementChange[]): TextChange[] {
    const list = this.list ?? { start: this.start, end: this.end, items: [this] };
    const { removed, edited } = sortChanges(this.#written, changes);
    const gone = [...removed].flatMap(({ parts: [statement] }) =>
      statement ? [{ statement, change: { kind: 'remove' } } as const] : [],
    );
    const edits = [
      ...writeJson(text, { list }, gone, HCL_COMMENTS),
      ...closeList(text, list.items, new Set([...removed].map(({ start }) => start))),
      ...edited.flatMap((change) => writeEntries(text, change)),
    ];
    return edits.sort((a, b) => a.start - b.start);
  }
}
