import { inside, type JsonPlace } from '../../json/locate.ts';
import type { Finding, ServiceReport } from '../finding.ts';
import { newestPerId } from '../newest.ts';
import { principalOf } from './principalOf.ts';
import { dateField, field, idField, isObject, type JsonObject, listField, optional } from './shape.ts';
import { type FindingsReader, type Item, placeOf, type Reading, reportInvalid, type Source } from './source.ts';
import { readUnusedService } from './unusedService.ts';

/**
 * Answers of `aws accessanalyzer get-finding-v2`.
 * https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_GetFindingV2.html
 */
export const findingV2: FindingsReader = {
  knows: isAnswer,

  start: (source) => new AnswersReading(source),
};

class AnswersReading implements Reading {
  readonly #source: Source;
  readonly #findings: Finding[] = [];
  /** The answers that go on in another one, with the places of their tokens. */
  readonly #continued = new Map<Finding, JsonPlace>();

  constructor(source: Source) {
    this.#source = source;
  }

  add(item: Item<JsonObject>): void {
    const finding = readAnswer(item, this.#source);
    this.#findings.push(finding);
    if ((field(item.value, 'nextToken') ?? null) !== null)
      this.#continued.set(finding, placeOf(item.value, 'nextToken', item.place));
  }

  finish(): Finding[] {
    reportMissingPages(this.#findings, this.#continued, this.#source);
    return this.#findings;
  }
}

/** Whether a value is such an answer. */
export function isAnswer(value: unknown): value is JsonObject {
  return isObject(value) && listField(value, 'findingDetails') !== undefined;
}

/**
 * An answer with a token goes on in another one, often the next in the same file. Only where all that is newest about a
 * finding has a token is its last page missing.
 */
function reportMissingPages(
  findings: readonly Finding[],
  continued: ReadonlyMap<Finding, JsonPlace>,
  source: Source,
): void {
  if (continued.size === 0) return;
  for (const pages of newestPerId(findings)) {
    const at = continued.get(pages.at(-1) as Finding);
    if (!at || !pages.every((page) => continued.has(page))) continue;
    source.report({
      code: 'truncated-findings',
      message:
        'The last page of this finding is missing, so what it lists counts as in use; run `aws accessanalyzer get-finding-v2` again without --max-items, or with this token as --starting-token',
      at,
      isNotice: true,
    });
  }
}

function readAnswer({ value: answer, place }: Item<JsonObject>, source: Source): Finding {
  const details = listField(answer, 'findingDetails') ?? [];
  const detailsPlace = placeOf(answer, 'findingDetails', place);
  const services = details.flatMap((detail, index) => readDetail(detail, inside(detailsPlace, index), source) ?? []);
  return {
    ...optional('id', idField(answer, 'id')),
    ...optional('principal', principalOf(answer)),
    active: !hasFailed(answer, place, source) && isActive(answer),
    ...optional('analyzedAt', timeField(answer, 'analyzedAt')),
    ...optional('updatedAt', timeField(answer, 'updatedAt')),
    services,
    ...(services.length === 0 && details.some(isAboutPermissions) && { isUnreadable: true }),
    file: source.file,
  };
}

/** Whether all that calls itself a status says so, such as the `findingStatus` of other tools; an answer without any is. */
export function isActive(answer: JsonObject): boolean {
  return Object.keys(answer).every((key) => {
    const status = answer[key] ?? 'ACTIVE';
    return !/status$/i.test(key) || (typeof status === 'string' && status.toUpperCase() === 'ACTIVE');
  });
}

/** Whether AWS could not analyse the principal, which is said. */
function hasFailed(answer: JsonObject, place: JsonPlace, source: Source): boolean {
  if ((field(answer, 'error') ?? undefined) === undefined) return false;
  source.report({
    code: 'invalid-findings',
    message: 'AWS met an error when it made this finding, so it is not used',
    at: placeOf(answer, 'error', place),
    isNotice: true,
  });
  return true;
}

/** When an answer was made, be it in seconds since 1970. What cannot be read stays a date: the answer may be the newest. */
function timeField(answer: JsonObject, name: string): string | undefined {
  const value = field(answer, name);
  const isTime = typeof value === 'number' && value > 1e9 && value < 7e9;
  return isTime ? new Date(value * 1000).toISOString() : dateField(answer, name);
}

/** Whether a detail speaks of permissions, be it in a way that makes no sense. */
function isAboutPermissions(detail: unknown): boolean {
  return (
    isObject(detail) && (field(detail, 'unusedPermissionDetails') ?? field(detail, 'unusedIamRoleDetails')) != null
  );
}

/** One member of the union `FindingDetails`. Those about access keys, passwords and outside access say nothing of actions. */
function readDetail(detail: unknown, place: JsonPlace, source: Source): ServiceReport | undefined {
  if (!isObject(detail)) {
    reportInvalid(source, 'A finding detail must be an object such as {"unusedPermissionDetails": …}', place);
    return undefined;
  }
  const role = field(detail, 'unusedIamRoleDetails');
  if (isObject(role))
    return { service: '*', actions: 'whole', ...optional('lastAccessed', dateField(role, 'lastAccessed')), place };
  const permission = field(detail, 'unusedPermissionDetails');
  if (!isObject(permission)) return undefined;
  const permissionPlace = placeOf(detail, 'unusedPermissionDetails', place);
  return readUnusedService({ value: permission, place: permissionPlace }, source);
}
