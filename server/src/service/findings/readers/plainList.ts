import type { JsonPlace } from '../../json/locate.ts';
import type { Finding, ServiceReport } from '../finding.ts';
import { isActive } from './findingV2.ts';
import { principalOf } from './principalOf.ts';
import { isObject, keyOf, optional } from './shape.ts';
import { type Item, reportInvalid, type Source } from './source.ts';
import { readUnusedService } from './unusedService.ts';

/**
 * Reads the article's plain list: `[{serviceNamespace, actions?: string[]}]`. It names no principal, so all of it is one
 * finding. Items one a line, in no list, make one finding as well. Several lists are several findings: they may be about
 * several principals, and what one of those uses must not be called unused because of the other. Items that do name theirs,
 * or a status, as those that were made of other exports, are a finding a principal and status.
 */
export class PlainListReading {
  readonly #source: Source;
  /** By where the list starts, if there is one, and what the item says of itself. */
  readonly #findings = new Map<string, Omit<Finding, 'services'> & { readonly services: ServiceReport[] }>();
  #isPlainList = false;

  constructor(source: Source) {
    this.#source = source;
  }

  /** Takes the next item of a file, whatever it is. */
  add({ value, place, list }: Item): void {
    this.#isPlainList ||= isServiceItem(value);
    const principal = isObject(value) ? principalOf(value) : undefined;
    const active = !isObject(value) || isActive(value);
    const key = JSON.stringify([list, active, principal]);
    const service = readItem(value, place, this.#source);
    let finding = this.#findings.get(key);
    if (!finding) {
      finding = { ...optional('principal', principal), active, services: [], file: this.#source.file };
      this.#findings.set(key, finding);
    }
    if (service) finding.services.push(service);
  }

  /** What the file says; `undefined` where no item is one of a plain list. */
  finish(): Finding[] | undefined {
    if (!this.#isPlainList) return undefined;
    return [...this.#findings.values()];
  }
}

/** Whether a value is an item of such a list: a service, and none of the fields of a whole finding. */
export function isServiceItem(value: unknown): boolean {
  return isObject(value) && keyOf(value, 'serviceNamespace') !== undefined;
}

function readItem(item: unknown, place: JsonPlace, source: Source): ServiceReport | undefined {
  if (!isObject(item)) {
    const message = 'Each item must be an object such as {"serviceNamespace": "s3", "actions": ["GetBucketAcl"]}';
    reportInvalid(source, message, place);
    return undefined;
  }
  return readUnusedService({ value: item, place }, source);
}
