import type { JsonPlace } from '../../json/locate.ts';
import type { Finding, ServiceReport } from '../finding.ts';
import { isObject, keyOf } from './shape.ts';
import { type Item, reportInvalid, type Source } from './source.ts';
import { readUnusedService } from './unusedService.ts';

/** Whether a value is an item of the article's plain list: a service, and none of the fields of a whole finding. */
export function isServiceItem(value: unknown): boolean {
  return isObject(value) && keyOf(value, 'serviceNamespace') !== undefined;
}

/**
 * The article's plain list: `[{serviceNamespace, actions?: string[]}]`. It names no principal, so all of it is one finding.
 * Items one a line, in no list, make one finding as well. Several lists are several findings: they may be about several
 * principals, and what one of those uses must not be called unused because of the other.
 */
export function readPlainList(items: Iterable<Item>, source: Source): Finding[] {
  const lists = new Map<number, ServiceReport[]>();
  for (const { value, place } of items) {
    const key = place.path.length === 0 ? -1 : place.offset;
    let services = lists.get(key);
    if (!services) {
      services = [];
      lists.set(key, services);
    }
    const service = readItem(value, place, source);
    if (service) services.push(service);
  }
  return [...lists.values()].map((services) => ({ active: true, services, file: source.file }));
}

function readItem(item: unknown, place: JsonPlace, source: Source): ServiceReport | undefined {
  if (!isObject(item)) {
    const message = 'Each item must be an object such as {"serviceNamespace": "s3", "actions": ["GetBucketAcl"]}';
    reportInvalid(source, message, place);
    return undefined;
  }
  return readUnusedService({ value: item, place }, isForeign, source);
}

/** Other lists name services as well: those that `get-service-last-accessed-details` found in use, for one. */
function isForeign(key: string): boolean {
  return !/^(service_?namespace|actions|last_?accessed)$/i.test(key);
}
