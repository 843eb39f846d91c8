import { type ParseError, parseTree } from 'jsonc-parser';
import type { Catalogue } from '../actions/catalogue.ts';
import { findTooDeep } from '../json/depth.ts';
import { describeSyntaxError } from '../json/syntaxError.ts';
import type { FindingsFile, FindingsProblem } from './finding.ts';
import { readFindingsV2 } from './readers/findingV2.ts';
import { readPlainList } from './readers/plainList.ts';

/** One reader an export format. A reader gives `undefined` for a shape that is not its own. */
const READERS = [readFindingsV2, readPlainList] as const;

/** The largest findings file that is read, in bytes. */
export const MAX_FINDINGS_BYTES = 100 * 1024 * 1024;

/**
 * Reads a findings file of any known export format, told apart by the shape of its content.
 * @param file its path, kept as the findings' source
 * @param catalogue where names are looked up: reading costs least with the one that is used for refining
 */
export function readFindings(text: string, file: string, catalogue: Catalogue): FindingsFile {
  const problems: FindingsProblem[] = [];
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { file, recognised: false, findings: [], problems: [syntaxProblem(text)] };
  }
  for (const reader of READERS) {
    const findings = reader(value, { file, catalogue, report: (problem) => problems.push(problem) });
    if (findings) return { file, recognised: true, findings, problems };
  }
  return { file, recognised: false, findings: [], problems: [{ message: UNKNOWN_SHAPE, at: [] }] };
}

const UNKNOWN_SHAPE =
  'Not a known findings export. Known are the answers of `aws accessanalyzer get-finding-v2` (one, or a list of them) and lists of {"serviceNamespace": …, "actions": […]}';

function syntaxProblem(text: string): FindingsProblem {
  if (text.trim() === '') return { message: 'The file is empty', at: 0 };
  const tooDeep = findTooDeep(text);
  if (tooDeep >= 0) return { message: 'Nested too deep', at: tooDeep };
  const errors: ParseError[] = [];
  parseTree(text, errors, { disallowComments: true });
  const [first] = errors;
  return {
    message: `Not valid JSON: ${first ? describeSyntaxError(first) : 'it cannot be parsed'}`,
    at: first?.offset ?? 0,
  };
}
