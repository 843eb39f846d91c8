import type { Finding, ServiceReport } from '../finding.ts';
import { readActions } from './actions.ts';
import { field, isObject, type JsonObject, type Reading, readService } from './shape.ts';

/**
 * The article's plain list: `[{serviceNamespace, actions?: string[]}]`. It names no principal, so all of it is one finding.
 */
export function readPlainList(value: unknown, reading: Reading): Finding[] | undefined {
  if (!Array.isArray(value)) return undefined;
  // An export of nothing: there are no findings, and that is worth knowing.
  if (value.length === 0) return [];
  if (!value.some(isServiceItem)) return undefined;
  const services = value.flatMap((item, index) => readItem(item, index, reading) ?? []);
  return [{ active: true, services, file: reading.file }];
}

/** An item of this shape has a service and none of the fields of a whole finding. */
function isServiceItem(item: unknown): item is JsonObject {
  return isObject(item) && field(item, 'serviceNamespace') !== undefined;
}

function readItem(item: unknown, index: number, reading: Reading): ServiceReport | undefined {
  const path = [index];
  if (!isObject(item)) {
    reading.report({
      message: 'Each item must be an object such as {"serviceNamespace": "s3", "actions": ["GetBucketAcl"]}',
      at: path,
    });
    return undefined;
  }
  const service = readService(item, 'serviceNamespace', path, reading);
  if (service === undefined) return undefined;
  const actions = field(item, 'actions') ?? undefined;
  if (actions === undefined) return { service, actions: 'whole', path };
  if (!Array.isArray(actions)) {
    reading.report({
      message: '"actions" must be a list of action names; leave it out where the whole service is unused',
      at: [...path, 'actions'],
    });
    return undefined;
  }
  return { service, actions: readActions(actions, service, [...path, 'actions'], { name: 'action' }, reading), path };
}
