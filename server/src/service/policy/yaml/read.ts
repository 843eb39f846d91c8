import { type FileFacts, NO_FACTS } from '../../whose/facts.ts';
import type { PolicyFile } from '../model.ts';
import { NO_POLICIES, tooDeepFile, tooLongFile } from '../refusedFile.ts';
import { factsOfFile, TellingFile, TreeFile } from '../values/file.ts';
import { placedPolicies } from '../values/policies.ts';
import { yamlSizes } from './size.ts';
import { parseYamlTrees } from './tree.ts';

/** The longest file that is read, in UTF-16 units; CloudFormation takes half of it. */
const MAX_YAML_LENGTH = 2_000_000;

/**
 * Reads the policies of a YAML text: every mapping with a `Statement` that holds an `Effect`, and every list of statements,
 * wherever they stand. Never throws; of broken text it gives what can be read, and the problems that forbid to edit it.
 */
export function readYaml(text: string): PolicyFile {
  // Most YAML files hold no policies, and looking for words is far cheaper than parsing.
  if (!mayHoldPolicies(text)) return mayTell(text) ? new TellingFile(() => readYamlFacts(text)) : NO_POLICIES;
  return readTrees(text);
}

/** What a YAML text says of who holds policies. Never throws. */
export function readYamlFacts(text: string): FileFacts {
  return mayHoldPolicies(text) || mayTell(text) ? factsOfFile(readTrees(text)) : NO_FACTS;
}

function mayHoldPolicies(text: string): boolean {
  return text.includes('Effect') && text.includes('Action');
}

/** What stands in every other file that tells anything: a template, a service of the Serverless Framework, an answer of AWS. */
const TELLING =
  /AWS::|^provider:|^(?:(?:Role|User|Group)DetailList|Roles|Users|StackResources|StackResourceSummaries):/m;

function mayTell(text: string): boolean {
  return TELLING.test(text);
}

function readTrees(text: string): PolicyFile {
  if (text.length > MAX_YAML_LENGTH) return tooLongFile(MAX_YAML_LENGTH);
  const { roots, problems, tooDeep } = parseYamlTrees(text);
  if (tooDeep >= 0) return tooDeepFile(tooDeep);
  const forms = { sizes: yamlSizes, bareLists: true };
  // Of several documents in one file, each is addressed as if the file were a list of them.
  const policies = roots.flatMap((root, index) => [
    ...placedPolicies(root, roots.length > 1 ? `/${index}` : '', forms),
  ]);
  return new TreeFile(roots, policies, problems);
}
