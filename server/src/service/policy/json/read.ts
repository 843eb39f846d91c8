import type { ParseError } from 'jsonc-parser';
import { describeSyntaxError } from '../../json/syntaxError.ts';
import { parseJsonTree } from '../../json/tree.ts';
import type { PolicyFile, PolicyProblem } from '../model.ts';
import { NO_POLICIES, tooDeepFile, tooLongFile } from '../refusedFile.ts';
import { findPolicies } from '../values/policies.ts';
import { jsonSizes } from './size.ts';

/** The longest file that is read, in UTF-16 units; IAM's own limit for one policy is a thousandth of it. */
export const MAX_POLICY_LENGTH = 20_000_000;

/**
 * Reads the policies of a JSON or JSONC text: every object with a `Statement` that holds an `Effect`, wherever it stands.
 * Never throws; of broken text it gives what can be read, and the problems that forbid to edit it.
 */
export function readJson(text: string): PolicyFile {
  // Most JSON files are no policies, and looking for a word is far cheaper than parsing.
  if (!text.includes('"Statement"')) return NO_POLICIES;
  if (text.length > MAX_POLICY_LENGTH) return tooLongFile(MAX_POLICY_LENGTH);
  const { root, errors, tooDeep } = parseJsonTree(text);
  if (tooDeep >= 0) return tooDeepFile(tooDeep);
  const forms = { sizes: jsonSizes(text), bareLists: false };
  return { documents: root ? [...findPolicies(root, '', forms)] : [], problems: problemsOf(errors) };
}

/** The syntax errors of a text, as what forbids to edit it. */
export function problemsOf(errors: readonly ParseError[]): PolicyProblem[] {
  return errors.map((error) => ({
    start: error.offset,
    end: error.offset + error.length,
    message: `JSON syntax error: ${describeSyntaxError(error)}`,
  }));
}
