import { inside } from '../../json/locate.ts';
import { quote } from '../../text.ts';
import type { ServiceReport } from '../finding.ts';
import { readActions } from './actions.ts';
import { dateField, field, type JsonObject, optional } from './shape.ts';
import { type Item, placeOf, readService, reportInvalid, type Source } from './source.ts';

/**
 * Reads `{serviceNamespace, actions?, lastAccessed?}`: actions of a service that are unused, or the whole service where it
 * names none. An empty list names nothing. An object without actions that has a field that we do not know may mean something
 * else than a whole service, and is not used.
 */
export function readUnusedService(item: Item<JsonObject>, source: Source): ServiceReport | undefined {
  const { value, place } = item;
  const service = readService(value, place, source);
  if (service === undefined) return undefined;
  const actions = field(value, 'actions') ?? undefined;
  if (Array.isArray(actions)) return { service, actions: readActions(actions, service, item, FIELDS, source), place };
  if (actions !== undefined) {
    const message = '"actions" must be a list of action names; leave it out where the whole service is unused';
    reportInvalid(source, message, placeOf(value, 'actions', place));
    return undefined;
  }
  const doubtful = Object.keys(value).find((key) => isForeign(key) && (value[key] ?? undefined) !== undefined);
  if (doubtful !== undefined) {
    const message = `${quote(doubtful)} is not known, and actions are named in a list called "actions"; without both the whole service is unused`;
    reportInvalid(source, message, inside(place, doubtful));
    return undefined;
  }
  return { service, actions: 'whole', ...optional('lastAccessed', dateField(value, 'lastAccessed')), place };
}

const FIELDS = { list: 'actions', name: 'action', lastAccessed: 'lastAccessed' };

/**
 * Others list services as well, those that `get-service-last-accessed-details` found in use for one, and other tools have
 * other names for the actions, such as `permissions`.
 */
function isForeign(key: string): boolean {
  return !/^(service_?namespace|actions|last_?accessed)$/i.test(key);
}
