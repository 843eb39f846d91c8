import { inside, type JsonPlace } from '../../json/locate.ts';
import type { Finding, ServiceUsage } from '../finding.ts';
import { readActions } from './actions.ts';
import { ownerOf } from './lastAccessedPrincipal.ts';
import { remarkOn } from './lastAccessedRemarks.ts';
import { dateOfUse, field, isObject, type JsonObject, listField, optional, stringField } from './shape.ts';
import {
  type FindingsReader,
  type Item,
  placeOf,
  type Reading,
  readService,
  reportInvalid,
  type Source,
} from './source.ts';

/**
 * Reports of `aws iam get-service-last-accessed-details`. They list what was used, and when; what counts as unused is
 * decided in `age.ts`, when the user's `unusedAccessAge` is known.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetServiceLastAccessedDetails.html
 */
export const lastAccessed: FindingsReader = {
  knows(value) {
    if (listField(value, 'ServicesLastAccessed')) return true;
    // The answer about a job that still runs, or has failed. Other jobs of IAM have no type.
    return stringField(value, 'JobStatus') !== undefined && stringField(value, 'JobType') !== undefined;
  },

  start: (source) => new ReportsReading(source),
};

class ReportsReading implements Reading {
  readonly #source: Source;
  readonly #findings: Finding[] = [];
  #reports = 0;
  /** The pages of the report that may go on in the next item. */
  #pages: Item<JsonObject>[] = [];
  /** The services that these pages list. A report lists each once, so what repeats one is another report. */
  readonly #services = new Set<string>();

  constructor(source: Source) {
    this.#source = source;
  }

  add(item: Item<JsonObject>): void {
    if (!isCompleted(item, this.#source)) return;
    const before = this.#pages.at(-1);
    const services = servicesOf(item.value);
    const repeats = services.some((service) => this.#services.has(service));
    if (before && (repeats || !continues(item.value, before.value))) this.#endReport(false);
    this.#pages.push(item);
    for (const service of services) this.#services.add(service);
  }

  finish(): Finding[] {
    if (this.#pages.length > 0) this.#endReport(this.#reports === 0);
    return this.#findings;
  }

  #endReport(isAlone: boolean): void {
    const pages = this.#pages;
    const source = this.#source;
    const { principal, isUnclear } = ownerOf(pages, source, isAlone);
    remarkOn(pages, principal, source);
    const id = `${source.file}#${this.#reports++}`;
    if (!isUnclear) for (const page of pages) this.#findings.push(readPage(page, principal, id, source));
    this.#pages = [];
    this.#services.clear();
  }
}

function isCompleted({ value, place }: Item<JsonObject>, source: Source): boolean {
  const status = stringField(value, 'JobStatus') ?? 'COMPLETED';
  if (status.toUpperCase() === 'COMPLETED') return true;
  const isRunning = status.toUpperCase() === 'IN_PROGRESS';
  source.report({
    code: 'findings-without-actions',
    message: isRunning
      ? 'This report was still being made and says nothing yet; run the same `aws iam get-service-last-accessed-details` again'
      : 'AWS could not make this report, so it says nothing; start again with `aws iam generate-service-last-accessed-details`',
    at: placeOf(value, 'JobStatus', place),
    isNotice: true,
  });
  return false;
}

/**
 * Whether a page goes on with the report of the page before. No field names the job, but pages follow each other: one that is
 * truncated goes on in the next, if that is of a job of the same time.
 */
function continues(page: JsonObject, before: JsonObject): boolean {
  return field(before, 'IsTruncated') === true && timesOf(before) === timesOf(page);
}

/** The services that a page lists, in lower case. */
function servicesOf(page: JsonObject): string[] {
  const services = listField(page, 'ServicesLastAccessed') ?? [];
  return services.flatMap((service) =>
    isObject(service) ? (stringField(service, 'ServiceNamespace')?.toLowerCase() ?? []) : [],
  );
}

function timesOf(report: JsonObject): string {
  return [stringField(report, 'JobCreationDate'), stringField(report, 'JobCompletionDate')].join();
}

function readPage(
  { value, place }: Item<JsonObject>,
  principal: string | undefined,
  id: string,
  source: Source,
): Finding {
  const services = listField(value, 'ServicesLastAccessed') ?? [];
  const servicesPlace = placeOf(value, 'ServicesLastAccessed', place);
  return {
    id,
    ...optional('principal', principal),
    active: true,
    ...optional('analyzedAt', stringField(value, 'JobCompletionDate') ?? stringField(value, 'JobCreationDate')),
    services: [],
    usage: services.flatMap((service, index) => readUsage(service, inside(servicesPlace, index), source) ?? []),
    file: source.file,
  };
}

function readUsage(value: unknown, place: JsonPlace, source: Source): ServiceUsage | undefined {
  if (!isObject(value)) {
    reportInvalid(source, 'A service must be an object such as {"ServiceNamespace": "s3", …}', place);
    return undefined;
  }
  const service = readService(value, place, source);
  if (service === undefined) return undefined;
  const date = dateOfUse(value, 'LastAuthenticated');
  const users = field(value, 'TotalAuthenticatedEntities') ?? 0;
  const tracked = listField(value, 'TrackedActionsLastAccessed');
  return {
    service,
    used: date !== undefined || users !== 0,
    ...optional('lastAccessed', date),
    ...(tracked && { tracked: readActions(tracked, service, { value, place }, FIELDS, source) }),
    place,
  };
}

const FIELDS = {
  list: 'TrackedActionsLastAccessed',
  name: 'ActionName',
  lastAccessed: 'LastAccessedTime',
  dateOf: dateOfUse,
};
