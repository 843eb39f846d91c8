import type { Catalogue } from '../actions/catalogue.ts';
import { findTooDeep } from '../json/depth.ts';
import { describeSyntaxError, findSyntaxError } from '../json/syntaxError.ts';
import { type JsonPiece, readJsonValues } from '../json/values.ts';
import type { Finding, FindingsFile } from './finding.ts';
import { type FindingsProblem, MAX_PROBLEMS, ProblemList } from './problem.ts';
import { findingV2 } from './readers/findingV2.ts';
import { itemsOf } from './readers/items.ts';
import { lastAccessed } from './readers/lastAccessed.ts';
import { isServiceItem, readPlainList } from './readers/plainList.ts';
import { isObject, type JsonObject } from './readers/shape.ts';
import { type FindingsReader, holdsObject, type Item, reportInvalid, type Source } from './readers/source.ts';
import { event } from './readers/withoutActions/event.ts';
import { listFindings } from './readers/withoutActions/listFindings.ts';
import { recommendation } from './readers/withoutActions/recommendation.ts';
import { securityHub } from './readers/withoutActions/securityHub.ts';

/** One reader an export format; the first one that knows an item reads it. */
const READERS: readonly FindingsReader[] = [findingV2, lastAccessed, securityHub, listFindings, event, recommendation];

/** The largest findings file that is read, in bytes. */
export const MAX_FINDINGS_BYTES = 100 * 1024 * 1024;

/**
 * Reads a findings file of any known export format, told apart by the shape of its content. It may hold one answer of AWS,
 * a list of them, or several one after another.
 * @param file its path, kept as the findings' source
 * @param catalogue where names are looked up: reading costs least with the one that is used for refining
 */
export function readFindings(text: string, file: string, catalogue: Catalogue): FindingsFile {
  const problems = new ProblemList();
  const source: Source = { file, catalogue, report: (problem) => problems.add(problem) };
  const pieces = readJsonValues(text);
  const findings = readAnswers(pieces, source) ?? readList(pieces, source);
  const broken = pieces.filter(({ parsed }) => !parsed);
  for (const { start, end } of broken) problems.add(syntaxProblem(text.slice(start, end), start));
  if (pieces.length === 0) problems.add({ code: 'invalid-findings', message: 'The file is empty', at: 0 });
  else if (!findings && broken.length === 0) reportInvalid(source, UNKNOWN_SHAPE, { offset: 0, path: [] });
  return { file, recognised: findings !== undefined, findings: findings ?? [], problems: problems.all };
}

const UNKNOWN_SHAPE =
  'Not a known findings export. Known are the answers of `aws accessanalyzer get-finding-v2` and of `aws iam get-service-last-accessed-details` (one, or several), and lists of {"serviceNamespace": …, "actions": […]}';

/** What the readers of AWS's answers make of a file; `undefined` where none of them knows anything in it. */
function readAnswers(pieces: readonly JsonPiece[], source: Source): Finding[] | undefined {
  const byReader = new Map<FindingsReader, Item<JsonObject>[]>();
  for (const item of itemsOf(ofObjects(pieces))) {
    const reader = findReader(item);
    if (!reader || !holdsObject(item)) continue;
    const known = byReader.get(reader);
    if (known) known.push(item);
    else byReader.set(reader, [item]);
  }
  if (byReader.size === 0) return undefined;
  let strays = 0;
  for (const item of itemsOf(pieces)) {
    if (findReader(item)) continue;
    if (strays++ > MAX_PROBLEMS) break;
    reportInvalid(source, 'This is none of the known exports, and is not used', item.place);
  }
  return [...byReader].flatMap(([reader, items]) => reader.read(items, source));
}

/** Leaves out lists without any object: files of other tools hold millions of numbers, which are not worth a look each. */
function ofObjects(pieces: readonly JsonPiece[]): readonly JsonPiece[] {
  return pieces.filter(({ parsed }) => !Array.isArray(parsed?.value) || parsed.value.some(isObject));
}

function findReader(item: Item): FindingsReader | undefined {
  return holdsObject(item) ? READERS.find((reader) => reader.knows(item.value)) : undefined;
}

/** What a file without any answer of AWS says as a plain list; `undefined` where it is none. An empty list is one, too. */
function readList(pieces: readonly JsonPiece[], source: Source): Finding[] | undefined {
  for (const { value } of itemsOf(ofObjects(pieces)))
    if (isServiceItem(value)) return readPlainList(itemsOf(pieces), source);
  return pieces.length > 0 && pieces.every(isEmptyList) ? [] : undefined;
}

function isEmptyList({ parsed }: JsonPiece): boolean {
  return Array.isArray(parsed?.value) && parsed.value.length === 0;
}

/** The first error of a text that is no JSON and starts at `start`. */
function syntaxProblem(text: string, start: number): FindingsProblem {
  const code = 'invalid-findings';
  const tooDeep = findTooDeep(text);
  if (tooDeep >= 0) return { code, message: 'Nested too deep', at: start + tooDeep };
  const error = findSyntaxError(text);
  const message = `Not valid JSON: ${error ? describeSyntaxError(error) : 'it cannot be parsed'}`;
  return { code, message, at: start + (error?.offset ?? 0) };
}
