import type { JsonPath } from '../../json/locate.ts';
import type { Finding, ServiceReport } from '../finding.ts';
import { readActions } from './actions.ts';
import { field, isObject, type JsonObject, optional, type Reading, readService, stringField } from './shape.ts';

/**
 * Answers of `aws accessanalyzer get-finding-v2`: one, or an array of them.
 * https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_GetFindingV2.html
 */
export function readFindingsV2(value: unknown, reading: Reading): Finding[] | undefined {
  if (isAnswer(value)) return [readAnswer(value, [], reading)];
  if (!Array.isArray(value) || !value.some(isAnswer)) return undefined;
  return value.flatMap((item, index) => {
    if (isAnswer(item)) return [readAnswer(item, [index], reading)];
    reading.report({ message: 'This item is no answer of `aws accessanalyzer get-finding-v2`', at: [index] });
    return [];
  });
}

function isAnswer(value: unknown): value is JsonObject {
  return isObject(value) && Array.isArray(field(value, 'findingDetails'));
}

function readAnswer(answer: JsonObject, path: JsonPath, reading: Reading): Finding {
  const details = field(answer, 'findingDetails') as readonly unknown[];
  return {
    ...optional('id', stringField(answer, 'id')),
    ...optional('principal', stringField(answer, 'resource')),
    active: (stringField(answer, 'status') ?? 'ACTIVE').toUpperCase() === 'ACTIVE',
    ...optional('analyzedAt', stringField(answer, 'analyzedAt')),
    ...optional('updatedAt', stringField(answer, 'updatedAt')),
    services: details.flatMap((detail, index) => readDetail(detail, [...path, 'findingDetails', index], reading) ?? []),
    file: reading.file,
  };
}

/** One member of the union `FindingDetails`. Those about access keys, passwords and outside access say nothing of actions. */
function readDetail(detail: unknown, path: JsonPath, reading: Reading): ServiceReport | undefined {
  if (!isObject(detail)) {
    reading.report({ message: 'A finding detail must be an object such as {"unusedPermissionDetails": …}', at: path });
    return undefined;
  }
  const role = field(detail, 'unusedIamRoleDetails');
  if (isObject(role)) {
    return { service: '*', actions: 'whole', ...optional('lastAccessed', stringField(role, 'lastAccessed')), path };
  }
  const permission = field(detail, 'unusedPermissionDetails');
  return isObject(permission) ? readPermission(permission, [...path, 'unusedPermissionDetails'], reading) : undefined;
}

function readPermission(permission: JsonObject, path: JsonPath, reading: Reading): ServiceReport | undefined {
  const service = readService(permission, 'serviceNamespace', path, reading);
  if (service === undefined) return undefined;
  const actions = field(permission, 'actions') ?? undefined;
  if (actions === undefined) {
    return { service, actions: 'whole', ...optional('lastAccessed', stringField(permission, 'lastAccessed')), path };
  }
  if (!Array.isArray(actions)) {
    reading.report({ message: '"actions" must be a list of {"action": …}', at: [...path, 'actions'] });
    return undefined;
  }
  const fields = { name: 'action', lastAccessed: 'lastAccessed' };
  return { service, actions: readActions(actions, service, [...path, 'actions'], fields, reading), path };
}
