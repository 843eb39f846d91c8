import type { Catalogue } from '../../actions/catalogue.ts';
import type { JsonPath } from '../../json/locate.ts';
import type { FindingsProblem } from '../finding.ts';

/** A value of JSON that is neither array nor scalar. `JSON.parse` makes own properties only, `__proto__` included. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** What a reader works with, besides the value that it reads. */
export interface Reading {
  /** The file's path, kept as the findings' source. */
  readonly file: string;
  /** Where names are looked up; those that it lacks are kept as they are. */
  readonly catalogue: Catalogue;
  /** Takes what makes no sense; reading goes on with the rest. */
  readonly report: (problem: FindingsProblem) => void;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value of a field; no field that we read has a name that every object inherits. */
export function field(object: JsonObject, key: string): unknown {
  return object[key];
}

/** The value of an object's own field if it is a string. */
export function stringField(object: JsonObject, key: string): string | undefined {
  const value = field(object, key);
  return typeof value === 'string' ? value : undefined;
}

/** `{ [key]: value }`, or nothing to spread when the value is missing: optional fields are absent, not undefined. */
export function optional<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: V });
}

/** Reads a service prefix; anything that is none is reported. */
export function readService(object: JsonObject, key: string, at: JsonPath, { report }: Reading): string | undefined {
  const service = stringField(object, key);
  if (service !== undefined && /^[\w-]+$/.test(service)) return service;
  report({
    message: `"${key}" must be a service prefix such as "s3"`,
    at: field(object, key) === undefined ? at : [...at, key],
  });
  return undefined;
}
