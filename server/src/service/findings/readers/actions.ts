import { NameList } from '../../actions/nameList.ts';
import { inside, type JsonPlace } from '../../json/locate.ts';
import { quote } from '../../text.ts';
import type { ReportedActions } from '../finding.ts';
import { nameOf } from '../names.ts';
import { dateField, isObject, type JsonObject, keyOf } from './shape.ts';
import { reportInvalid, type Source } from './source.ts';

/** How AWS names the fields that `readActions` reads. */
export interface ActionFields {
  /** The field that holds the list. */
  readonly list: string;
  /** The field of the list's objects that holds the name. */
  readonly name: string;
  /** The field of the list's objects that says when the action was last used. */
  readonly lastAccessed?: string;
  /** Reads that field where it takes more than that. */
  readonly dateOf?: typeof dateField;
}

/**
 * Reads a list of actions: names, bare or with their service prefix (`s3:GetBucketAcl`), or objects that hold one.
 * What is no name, such as a number or a pattern, is reported and skipped: a pattern could remove what nobody reported.
 *
 * @param holder the object that has the list, and where it stands
 */
export function readActions(
  items: readonly unknown[],
  service: string,
  holder: { readonly value: JsonObject; readonly place: JsonPlace },
  fields: ActionFields,
  source: Source,
): ReportedActions {
  const list = keyOf(holder.value, fields.list) ?? fields.list;
  const names = new NameList(source.catalogue.service(service));
  // Most lists have no use for these.
  let indexes: number[] | undefined;
  let lastAccessed: (string | undefined)[] | undefined;
  let nameKey = fields.name;
  let hasObjects = false;
  const { dateOf = dateField } = fields;
  const prefix = `${service}:`;
  // Files hold millions of names, hence a plain loop, no object a name, and the spelling of a list looked up once.
  for (let index = 0; index < items.length; index++) {
    const item = items[index];
    const holdsName = isObject(item);
    if (holdsName && item[nameKey] === undefined) nameKey = keyOf(item, fields.name) ?? nameKey;
    const given = holdsName ? item[nameKey] : item;
    if (!addName(names, given, service, prefix)) {
      reportInvalid(source, describeOddName(given, service), inside(holder.place, list, index));
      indexes ??= Array.from({ length: names.length }, (_, before) => before);
      continue;
    }
    const date = holdsName && fields.lastAccessed !== undefined ? dateOf(item, fields.lastAccessed) : undefined;
    hasObjects ||= holdsName;
    if (date !== undefined) lastAccessed ??= new Array<undefined>(names.length - 1).fill(undefined);
    lastAccessed?.push(date);
    indexes?.push(index);
  }
  names.trim();
  return {
    names,
    ...(lastAccessed && { lastAccessed }),
    ...(indexes && { indexes }),
    list,
    ...(hasObjects && { field: nameKey }),
  };
}

/** @param prefix the service's prefix with its colon, as an export that writes it does */
function addName(names: NameList, given: unknown, service: string, prefix: string): boolean {
  if (typeof given !== 'string') return false;
  if (names.addKnown(given.startsWith(prefix) ? given.slice(prefix.length) : given)) return true;
  const name = nameOf(given, service);
  if (name === undefined) return false;
  if (!names.addKnown(name)) names.addUnknown(name);
  return true;
}

function describeOddName(given: unknown, service: string): string {
  return typeof given === 'string'
    ? `${quote(given)} is not the name of an action of '${service}'`
    : 'An action must be a string such as "GetBucketAcl"';
}
