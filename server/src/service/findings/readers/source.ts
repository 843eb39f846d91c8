import type { Catalogue } from '../../actions/catalogue.ts';
import { inside, type JsonPlace } from '../../json/locate.ts';
import type { Finding } from '../finding.ts';
import type { FindingsProblem } from '../problem.ts';
import { isObject, type JsonObject, keyOf, listField, stringField } from './shape.ts';

/** One reader an export format. */
export interface FindingsReader {
  /** Whether something that a file holds is of this reader's shape. */
  knows(value: JsonObject): boolean;
  /** Begins to read what a file holds of this shape. */
  start(source: Source): Reading;
}

/**
 * The reading of all that a file holds of one shape, item by item: of a long file never more than a part is there. Nothing of
 * an item may be kept that would keep all of it.
 */
export interface Reading {
  /** Takes the next item of this shape. */
  add(item: Item<JsonObject>): void;
  /** What all items say together: what was written page by page belongs together. */
  finish(): Finding[];
}

/** Something that a file holds, on its own or in a list: one answer of AWS, most often. */
export interface Item<T = unknown> {
  readonly value: T;
  readonly place: JsonPlace;
  /** Where the list starts that it is an item of; absent for a value on its own. */
  readonly list?: number;
}

/** The file that is read. */
export interface Source {
  /** Its path, kept as the findings' source. */
  readonly file: string;
  /** Where names are looked up; those that it lacks are kept as they are. */
  readonly catalogue: Catalogue;
  /** Takes a problem. */
  report(problem: FindingsProblem): void;
}

/** Reports that something makes no sense and is not used. */
export function reportInvalid(source: Source, message: string, at: JsonPlace): void {
  source.report({ code: 'invalid-findings', message, at });
}

/** The place of an object's field, or of the object where it lacks the field. */
export function placeOf(object: JsonObject, name: string, place: JsonPlace): JsonPlace {
  const key = keyOf(object, name);
  return key === undefined ? place : inside(place, key);
}

/** Reads a service prefix; anything that is none is reported. */
export function readService(object: JsonObject, place: JsonPlace, source: Source): string | undefined {
  const service = stringField(object, 'serviceNamespace');
  if (service !== undefined && /^[\w-]+$/.test(service)) return service;
  const key = keyOf(object, 'serviceNamespace') ?? 'serviceNamespace';
  const message = `"${key}" must be a service prefix such as "s3"`;
  reportInvalid(source, message, placeOf(object, 'serviceNamespace', place));
  return undefined;
}

/** The items of a list that is some object's field, one at a time: lists can be long, and of no use to us. */
export function* itemsIn({ value, place }: Item<JsonObject>, name: string): Iterable<Item> {
  const list = listField(value, name) ?? [];
  const listPlace = placeOf(value, name, place);
  for (let index = 0; index < list.length; index++) yield { value: list[index], place: inside(listPlace, index) };
}

/** Whether an item is an object. */
export function holdsObject(item: Item): item is Item<JsonObject> {
  return isObject(item.value);
}
