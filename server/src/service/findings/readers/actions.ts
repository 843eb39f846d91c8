import type { JsonPath } from '../../json/locate.ts';
import { quote } from '../../text.ts';
import type { ReportedActions } from '../finding.ts';
import { nameOf } from '../names.ts';
import { isObject, type Report, stringField } from './shape.ts';

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
  report: Report,
): ReportedActions {
  const names: string[] = [];
  const indexes: number[] = [];
  const lastAccessed: (string | undefined)[] = [];
  let hasObjects = false;
  let hasDates = false;
  // Files hold millions of names, hence a plain loop and no object a name.
  for (let index = 0; index < items.length; index++) {
    const item = items[index];
    const given = isObject(item) ? item[fields.name] : item;
    const name = typeof given === 'string' ? nameOf(given, service) : undefined;
    if (name === undefined) {
      report({ message: describeOddName(given, service), at: [...path, index] });
      continue;
    }
    const date =
      isObject(item) && fields.lastAccessed !== undefined ? stringField(item, fields.lastAccessed) : undefined;
    hasObjects ||= isObject(item);
    hasDates ||= date !== undefined;
    names.push(name);
    indexes.push(index);
    lastAccessed.push(date);
  }
  return {
    names,
    ...(hasDates && { lastAccessed }),
    ...(names.length < items.length && { indexes }),
    ...(hasObjects && { field: fields.name }),
  };
}

function describeOddName(given: unknown, service: string): string {
  return typeof given === 'string'
    ? `${quote(given)} is not the name of an action of '${service}'`
    : 'An action must be a string such as "GetBucketAcl"';
}
