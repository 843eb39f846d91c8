import { inside } from '../../json/locate.ts';
import { quote } from '../../text.ts';
import type { ServiceReport } from '../finding.ts';
import { readActions } from './actions.ts';
import { dateField, field, type JsonObject, optional } from './shape.ts';
import { type Item, placeOf, readService, reportInvalid, type Source } from './source.ts';

/**
 * Reads `{serviceNamespace, actions?, lastAccessed?}`: actions of a service that are unused, or the whole service where it
 * names none. An empty list names nothing.
 *
 * @param isDoubtful whether an object that has a field of this name, and no actions, may mean something else than a whole
 * service: what is in use must not be called unused for a field that we do not know
 */
export function readUnusedService(
  item: Item<JsonObject>,
  isDoubtful: (key: string) => boolean,
  source: Source,
): ServiceReport | undefined {
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
  const doubtful = Object.keys(value).find((key) => isDoubtful(key) && (value[key] ?? undefined) !== undefined);
  if (doubtful !== undefined) {
    const message = `${quote(doubtful)} is not known, and actions are named in a list called "actions"; without both the whole service is unused`;
    reportInvalid(source, message, inside(place, doubtful));
    return undefined;
  }
  return { service, actions: 'whole', ...optional('lastAccessed', dateField(value, 'lastAccessed')), place };
}

const FIELDS = { list: 'actions', name: 'action', lastAccessed: 'lastAccessed' };
