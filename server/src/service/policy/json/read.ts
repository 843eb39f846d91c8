import type { ParseError } from 'jsonc-parser';
import { describeSyntaxError } from '../../json/syntaxError.ts';
import { parseJsonTree } from '../../json/tree.ts';
import { type FileFacts, NO_FACTS } from '../../whose/facts.ts';
import type { PolicyFile, PolicyProblem } from '../model.ts';
import { NO_POLICIES, tooDeepFile, tooLongFile } from '../refusedFile.ts';
import { factsOfFile, TellingFile, TreeFile } from '../values/file.ts';
import { placedPolicies } from '../values/policies.ts';
import { jsonSizes } from './size.ts';

/** The longest file that is read, in UTF-16 units; IAM's own limit for one policy is a thousandth of it. */
export const MAX_POLICY_LENGTH = 20_000_000;

/**
 * Reads the policies of a JSON or JSONC text: every object with a `Statement` that holds an `Effect`, wherever it stands.
 * Never throws; of broken text it gives what can be read, and the problems that forbid to edit it.
 */
export function readJson(text: string): PolicyFile {
  // Most JSON files are no policies, and looking for a word is far cheaper than parsing.
  if (!text.includes('"Statement"')) return mayTell(text) ? new TellingFile(() => readJsonFacts(text)) : NO_POLICIES;
  return readTree(text);
}

/** What a JSON or JSONC text says of who holds policies. Never throws. */
export function readJsonFacts(text: string): FileFacts {
  return mayTell(text) ? factsOfFile(readTree(text)) : NO_FACTS;
}

/** What stands in every file that tells anything: a policy, a template, an answer of AWS, a state of Terraform. */
const TELLING =
  /"(?:Statement|(?:Role|User|Group)Name|StackResources|StackResourceSummaries|Policies|root_module)"|AWS::/;

function mayTell(text: string): boolean {
  return TELLING.test(text);
}

function readTree(text: string): PolicyFile {
  if (text.length > MAX_POLICY_LENGTH) return tooLongFile(MAX_POLICY_LENGTH);
  const { root, errors, tooDeep } = parseJsonTree(text);
  if (tooDeep >= 0) return tooDeepFile(tooDeep);
  const forms = { sizes: jsonSizes(text), bareLists: false };
  const policies = root ? [...placedPolicies(root, '', forms)] : [];
  return new TreeFile(root ? [root] : [], policies, problemsOf(errors));
}

/** The syntax errors of a text, as what forbids to edit it. */
export function problemsOf(errors: readonly ParseError[]): PolicyProblem[] {
  return errors.map((error) => ({
    start: error.offset,
    end: error.offset + error.length,
    message: `JSON syntax error: ${describeSyntaxError(error)}`,
  }));
}
