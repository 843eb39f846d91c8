import type { Span } from '../service/json/span.ts';
import { type JsonNode, parseJsonTree } from '../service/json/tree.ts';
import { SLASH_COMMENTS } from '../service/policy/lists/comments.ts';
import { formatList } from '../service/policy/lists/format.ts';
import { indentOf, isMultiLine, type Layout, layoutOf } from '../service/policy/lists/layout.ts';
import { appendToList, editList } from '../service/policy/lists/list.ts';
import { applyChanges, type ItemList, type TextChange } from '../service/policy/model.ts';
import { contentOf } from './readConfig.ts';

/**
 * Gives a setting of a configuration file another value, as the smallest edits: items of lists and members of objects come and
 * go one by one, and what is around them stays, comments and line ends included.
 *
 * @param value what is to stand there; `undefined` takes the setting away
 * @returns the edited text; `undefined` where the text cannot be read, so that nobody knows what an edit would do
 */
export function editConfig(text: string, setting: string, value: unknown): string | undefined {
  const { root, errors, tooDeep } = parseJsonTree(text);
  if (root?.type !== 'object' || errors.length > 0 || tooDeep >= 0) return undefined;
  if (value === undefined) return removeItems(text, root, (member) => keyOf(member) === setting);
  const own = (node: JsonNode) => memberOf(node, setting)?.children?.[1];
  const current = own(root);
  if (Array.isArray(value) && current?.type === 'array') return editItems(text, current, value, own);
  if (isObject(value) && current?.type === 'object') return editMembers(text, current, value, own);
  return setMember(text, root, setting, value);
}

/** Finds again, in an edited text, what an edit is about. */
type Finder = (root: JsonNode) => JsonNode | undefined;

function editItems(text: string, list: JsonNode, values: readonly unknown[], own: Finder): string {
  const items = (list.children ?? []).map(({ value }) => value);
  const edited = removeItems(text, list, ({ value }) => !values.includes(value));
  return appendItems(
    edited,
    own,
    values.filter((value) => !items.includes(value)),
  );
}

function appendItems(text: string, own: Finder, values: readonly unknown[]): string {
  const { list, layout } = findAgain(text, own);
  if (!list || values.length === 0) return text;
  if (!list.children?.length) return replace(text, list, format(values, indentOf(text, list.offset), layout));
  const literals = values.map((value) => JSON.stringify(value));
  return applyChanges(text, appendToList(text, listOf(list), literals, layout));
}

function editMembers(text: string, object: JsonNode, value: Readonly<Record<string, unknown>>, own: Finder): string {
  let edited = removeItems(text, object, (member) => !Object.hasOwn(value, keyOf(member)));
  for (const [key, member] of Object.entries(value)) {
    const { list } = findAgain(edited, own);
    if (list) edited = setMember(edited, list, key, member);
  }
  return edited;
}

/** Removes the items of a list, or members of an object, that are not wanted; also all of them. */
function removeItems(text: string, list: JsonNode, isUnwanted: (item: JsonNode) => boolean): string {
  const items = list.children ?? [];
  const removed = items.flatMap((item, index) => (isUnwanted(item) ? [[index, []] as const] : []));
  if (removed.length === 0) return text;
  if (removed.length === items.length) return replace(text, list, list.type === 'array' ? '[]' : '{}');
  return applyChanges(text, editList(text, listOf(list), new Map(removed), layoutOf(text, SLASH_COMMENTS)));
}

function setMember(text: string, object: JsonNode, key: string, value: unknown): string {
  const layout = layoutOf(text, SLASH_COMMENTS);
  const current = memberOf(object, key)?.children?.[1];
  const indent = indentOf(text, object.offset);
  if (current) {
    if (JSON.stringify(contentOf(current)) === JSON.stringify(value)) return text;
    return replace(text, current, format(value, indentOf(text, current.offset), layout));
  }
  const last = object.children?.at(-1);
  if (!last) return replace(text, object, format({ [key]: value }, indent, layout));
  const isLine = !isMultiLine(text, spanOf(object));
  const member = `${JSON.stringify(key)}: ${format(value, isLine ? indent : indentOf(text, last.offset), layout)}`;
  const end = last.offset + last.length;
  // A line of members stays one: what makes lists too wide for a line knows of lists only.
  const changes: TextChange[] = isLine
    ? [{ start: end, end, text: `, ${member}` }]
    : appendToList(text, listOf(object), [member], layout);
  return applyChanges(text, changes);
}

/** A value as the author of the file would lay it out. */
function format(value: unknown, indent: string, layout: Layout): string {
  if (Array.isArray(value)) {
    const texts = value.map((item) => JSON.stringify(item));
    return formatList(texts, indent.length, indent, layout);
  }
  if (!isObject(value)) return JSON.stringify(value);
  const inner = indent + layout.indentUnit;
  const members = Object.entries(value).map(
    ([key, member]) => `${JSON.stringify(key)}: ${format(member, inner, layout)}`,
  );
  if (layout.minified || members.length === 0) return `{${members.join(', ')}}`;
  return `{${layout.eol}${members.map((member) => inner + member).join(`,${layout.eol}`)}${layout.eol}${indent}}`;
}

function findAgain(text: string, own: Finder): { readonly list: JsonNode | undefined; readonly layout: Layout } {
  const { root } = parseJsonTree(text);
  return { list: root && own(root), layout: layoutOf(text, SLASH_COMMENTS) };
}

function memberOf(object: JsonNode, key: string): JsonNode | undefined {
  return object.children?.find((member) => keyOf(member) === key);
}

function keyOf({ children }: JsonNode): string {
  return String(children?.[0]?.value);
}

function listOf(node: JsonNode): ItemList {
  return { ...spanOf(node), items: (node.children ?? []).map(spanOf) };
}

function spanOf({ offset, length }: JsonNode): Span {
  return { start: offset, end: offset + length };
}

function replace(text: string, node: JsonNode, by: string): string {
  return applyChanges(text, [{ ...spanOf(node), text: by }]);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
