import { NameList } from '../../actions/nameList.ts';
import type { JsonPath } from '../../json/locate.ts';
import { quote } from '../../text.ts';
import type { ReportedActions } from '../finding.ts';
import { nameOf } from '../names.ts';
import { isObject, type Reading, stringField } from './shape.ts';

/**
 * Reads a finding's list of actions: names, bare or with their service prefix (`s3:GetBucketAcl`), or objects that hold one.
 * What is no name, such as a number or a pattern, is reported and skipped: a pattern could remove what nobody reported.
 *
 * @param path where the list stands
 * @param fields the fields of objects that hold the name, and when the action was last used
 */
export function readActions(
  items: readonly unknown[],
  service: string,
  path: JsonPath,
  fields: { readonly name: string; readonly lastAccessed?: string },
  { catalogue, report }: Reading,
): ReportedActions {
  const names = new NameList(catalogue.service(service));
  const indexes: number[] = [];
  const lastAccessed: (string | undefined)[] = [];
  let hasObjects = false;
  // Files hold millions of names, hence a plain loop and no object a name.
  for (let index = 0; index < items.length; index++) {
    const item = items[index];
    const given = isObject(item) ? item[fields.name] : item;
    if (!addName(names, given, service)) {
      report({ message: describeOddName(given, service), at: [...path, index] });
      continue;
    }
    if (names.length <= index) indexes[names.length - 1] = index;
    if (!isObject(item)) continue;
    hasObjects = true;
    const date = fields.lastAccessed === undefined ? undefined : stringField(item, fields.lastAccessed);
    if (date !== undefined) lastAccessed[names.length - 1] = date;
  }
  return {
    names,
    ...(lastAccessed.length > 0 && { lastAccessed }),
    ...(indexes.length > 0 && { indexes }),
    ...(hasObjects && { field: fields.name }),
  };
}

function addName(names: NameList, given: unknown, service: string): boolean {
  if (typeof given !== 'string') return false;
  if (names.addKnown(given)) return true;
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
