import type { Catalogue } from '../actions/catalogue.ts';
import { findTooDeep } from '../json/depth.ts';
import { type BrokenList, MAX_AT_ONCE, readLongLists } from '../json/longLists.ts';
import { describeSyntaxError, findSyntaxError } from '../json/syntaxError.ts';
import { type JsonPiece, readJsonValues } from '../json/values.ts';
import { FileReading } from './fileReading.ts';
import type { FindingsFile } from './finding.ts';
import type { FindingsProblem } from './problem.ts';
import { spellingsOf } from './readers/shape.ts';

/** The largest findings file that is read, in bytes. */
export const MAX_FINDINGS_BYTES = 100 * 1024 * 1024;

/**
 * Reads a findings file of any known export format, told apart by the shape of its content. It may hold one answer of AWS,
 * a list of them, or several one after another.
 * @param file its path, kept as the findings' source
 * @param catalogue where names are looked up: reading costs least with the one that is used for refining
 * @param atOnce how much of a long list is parsed at once, in UTF-16 units
 */
export function readFindings(text: string, file: string, catalogue: Catalogue, atOnce?: number): FindingsFile {
  const steps = readFindingsInSteps(text, file, catalogue, atOnce);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/**
 * The same in steps of a few milliseconds, for who has something else to do between them. Exports of many principals are
 * lists, also as a member of an object, or one value after another; any other value is one step, however large.
 */
export function* readFindingsInSteps(
  text: string,
  file: string,
  catalogue: Catalogue,
  atOnce?: number,
): Generator<undefined, FindingsFile, void> {
  const inParts = new FileReading(file, catalogue);
  const parts = readLongLists(text, HELD_LISTS, atOnce);
  let part = parts.next();
  for (; !part.done && inParts.add(part.value); part = parts.next()) yield;
  if (part.done && part.value === true) return inParts.finish();
  const broken = part.done && typeof part.value === 'object' ? part.value : undefined;

  const reading = new FileReading(file, catalogue);
  for (const piece of readJsonValues(text)) {
    if (piece?.parsed) reading.add(piece);
    else if (piece) reading.addBroken(syntaxProblem(text, piece, broken));
    yield;
  }
  return reading.finish();
}

/** What the lists are called that exports put whole findings into. */
const HELD_LISTS = spellingsOf('findings');

/** So many characters of a text are searched for an error; that takes a tenth of a second. */
const MAX_SEARCHED = 2 * 1024 * 1024;

/**
 * The first error of a piece that is no JSON.
 * @param known where a list is known to be broken: of a long one that is the only part to be searched
 */
function syntaxProblem(text: string, { start, end }: JsonPiece, known: BrokenList | undefined): FindingsProblem {
  if (known?.list !== start || end - start <= MAX_AT_ONCE) return errorIn(text.slice(start, end), start);
  const isCut = known.end === text.length;
  return errorIn(`[${text.slice(known.start, known.end)}${isCut ? '' : ']'}`, known.start - 1);
}

/** The first error of a text that is no JSON and starts at `start`. */
function errorIn(text: string, start: number): FindingsProblem {
  const code = 'invalid-findings';
  const tooDeep = findTooDeep(text);
  if (tooDeep >= 0) return { code, message: 'Nested too deep', at: start + tooDeep };
  const error = text.length > MAX_SEARCHED ? undefined : findSyntaxError(text);
  const message = `Not valid JSON: ${error ? describeSyntaxError(error) : 'it cannot be parsed'}`;
  return { code, message, at: start + (error?.offset ?? 0) };
}
