import type { Catalogue } from '../actions/catalogue.ts';
import type { JsonPlace } from '../json/locate.ts';
import type { JsonPiece, ListHolder } from '../json/values.ts';
import type { Finding, FindingsFile } from './finding.ts';
import { type FindingsProblem, MAX_PROBLEMS, ProblemList } from './problem.ts';
import { findingV2, isAnswer } from './readers/findingV2.ts';
import { itemsOf } from './readers/items.ts';
import { lastAccessed } from './readers/lastAccessed.ts';
import { isServiceItem, PlainListReading } from './readers/plainList.ts';
import { isObject, type JsonObject } from './readers/shape.ts';
import {
  type FindingsReader,
  holdsObject,
  type Item,
  type Reading,
  reportInvalid,
  type Source,
} from './readers/source.ts';
import { event } from './readers/withoutActions/event.ts';
import { listFindings } from './readers/withoutActions/listFindings.ts';
import { recommendation } from './readers/withoutActions/recommendation.ts';
import { securityHub } from './readers/withoutActions/securityHub.ts';

/** One reader an export format; the first one that knows an item reads it. */
const READERS: readonly FindingsReader[] = [findingV2, lastAccessed, securityHub, listFindings, event, recommendation];

const UNKNOWN_SHAPE =
  'Not a known findings export. Known are the answers of `aws accessanalyzer get-finding-v2` and of `aws iam get-service-last-accessed-details` (one, or several), and lists of {"serviceNamespace": …, "actions": […]}';

/**
 * The reading of one findings file, piece by piece. Each item is given to the reader that knows it, and then forgotten.
 *
 * What no reader knows may be a plain list, or does not belong into the file: that is known only at its end, so until
 * an answer of AWS is found, such items are read as a plain list. Behind a broken piece they are not: they may be parts of it,
 * such as the details of an answer that was cut off.
 */
export class FileReading {
  readonly #file: string;
  readonly #catalogue: Catalogue;
  readonly #problems = new ProblemList();
  readonly #source: Source;
  readonly #readings = new Map<FindingsReader, Reading>();
  readonly #plainProblems = new ProblemList();
  readonly #plainList: PlainListReading;
  /** The places of the first items that no reader knows. */
  readonly #strays: JsonPlace[] = [];
  readonly #broken: FindingsProblem[] = [];
  /** How the parts are read of the long list that comes now, where that is a member of an object. */
  #held: FindingsReader | 'answers' | 'unknown' | undefined;
  #isEmpty = true;
  #hasOnlyEmptyLists = true;

  /** @param file its path, kept as the findings' source */
  constructor(file: string, catalogue: Catalogue) {
    this.#file = file;
    this.#catalogue = catalogue;
    this.#source = this.#sourceFor(this.#problems);
    this.#plainList = new PlainListReading(this.#sourceFor(this.#plainProblems));
  }

  /**
   * Takes the next piece of the file.
   * @returns whether it could be read by itself; where not, a new reading must be given the value that it is a part of
   */
  add(piece: JsonPiece): boolean {
    const value = piece.parsed?.value;
    this.#isEmpty = false;
    if (piece.part?.holder) return this.#addHeld(piece, piece.part.holder);
    if (piece.endOf) return this.#endHeld(value as JsonObject, piece.endOf);
    if (!Array.isArray(value) || value.length > 0) this.#hasOnlyEmptyLists = false;
    for (const item of itemsOf(withoutNumbers(piece))) this.#addItem(item);
    return true;
  }

  /** Takes the next piece of the file, which is no JSON. */
  addBroken(problem: FindingsProblem): void {
    this.#isEmpty = false;
    this.#hasOnlyEmptyLists = false;
    this.#broken.push(problem);
  }

  /** What the file says. */
  finish(): FindingsFile {
    const findings = this.#finishAnswers() ?? this.#finishPlainList();
    for (const problem of this.#broken) this.#problems.add(problem);
    if (this.#isEmpty) this.#problems.add({ code: 'invalid-findings', message: 'The file is empty', at: 0 });
    else if (!findings && this.#broken.length === 0)
      reportInvalid(this.#source, UNKNOWN_SHAPE, { offset: 0, path: [] });
    return {
      file: this.#file,
      recognised: findings !== undefined,
      findings: findings ?? [],
      problems: this.#problems.all,
    };
  }

  #addItem(item: Item): void {
    const reader = findReader(item);
    if (reader && holdsObject(item)) this.#readingOf(reader).add(item);
    else this.#addStray(item);
  }

  /**
   * Takes a part of a long list that is a member of an object. Where the list holds whole answers each item is one; otherwise
   * the part is like a page of the object, and what no reader knows in it is passed over, as it is in the whole object.
   */
  #addHeld(piece: JsonPiece, { start, key }: ListHolder): boolean {
    this.#hasOnlyEmptyLists = false;
    const items = piece.parsed?.value as readonly unknown[];
    if (this.#held === 'answers' || items.some(isAnswer)) {
      // What was taken for something else before would have been read as an item.
      if (this.#held !== 'answers' && this.#held !== undefined) return false;
      this.#held = 'answers';
      for (const item of itemsOf(piece)) this.#addItem(item);
      return true;
    }
    const page = { value: { [key]: items }, place: { offset: start, path: [] } };
    const reader = findReader(page);
    if (reader) this.#readingOf(reader).add(page);
    const known = this.#held === 'unknown' ? undefined : this.#held;
    // Of a whole object one reader decides.
    if (reader && known && reader !== known) return false;
    this.#held = reader ?? known ?? 'unknown';
    return true;
  }

  /** Takes the other members of the object. */
  #endHeld(members: JsonObject, { start, key }: ListHolder): boolean {
    const held = this.#held;
    this.#held = undefined;
    if (held === 'answers') return true;
    const item = { value: { ...members, [key]: [] }, place: { offset: start, path: [] } };
    if (findReader(item) || isServiceItem(item.value)) return false;
    if (held === 'unknown') this.#addStray(item);
    return true;
  }

  #readingOf(reader: FindingsReader): Reading {
    let reading = this.#readings.get(reader);
    if (!reading) {
      reading = reader.start(this.#source);
      this.#readings.set(reader, reading);
    }
    return reading;
  }

  #addStray(item: Item): void {
    if (this.#readings.size === 0 && this.#broken.length === 0) this.#plainList.add(item);
    if (this.#strays.length <= MAX_PROBLEMS) this.#strays.push(item.place);
  }

  /** What the readers of AWS's answers make of the file; `undefined` where none of them knows anything in it. */
  #finishAnswers(): Finding[] | undefined {
    if (this.#readings.size === 0) return undefined;
    for (const place of this.#strays)
      reportInvalid(this.#source, 'This is none of the known exports, and is not used', place);
    return [...this.#readings.values()].flatMap((reading) => reading.finish());
  }

  /** What a file without any answer of AWS says as a plain list; `undefined` where it is none. An empty list is one, too. */
  #finishPlainList(): Finding[] | undefined {
    const findings = this.#plainList.finish();
    if (findings) for (const problem of this.#plainProblems.all) this.#problems.add(problem);
    return findings ?? (!this.#isEmpty && this.#hasOnlyEmptyLists ? [] : undefined);
  }

  #sourceFor(problems: ProblemList): Source {
    return { file: this.#file, catalogue: this.#catalogue, report: (problem) => problems.add(problem) };
  }
}

function findReader(item: Item): FindingsReader | undefined {
  return holdsObject(item) ? READERS.find((reader) => reader.knows(item.value)) : undefined;
}

/** Cuts a list without any object short: files of other tools hold millions of numbers, which are not worth a look each. */
function withoutNumbers(piece: JsonPiece): JsonPiece {
  const value = piece.parsed?.value;
  if (!Array.isArray(value) || value.length <= MAX_PROBLEMS || value.some(isObject)) return piece;
  return { ...piece, parsed: { value: value.slice(0, MAX_PROBLEMS + 1) } };
}
