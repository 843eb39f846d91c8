import type { PolicyFile } from '../model.ts';
import { NO_POLICIES, tooDeepFile, tooLongFile } from '../refusedFile.ts';
import { findPolicies } from '../values/policies.ts';
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
  if (!text.includes('Effect') || !text.includes('Action')) return NO_POLICIES;
  if (text.length > MAX_YAML_LENGTH) return tooLongFile(MAX_YAML_LENGTH);
  const { roots, problems, tooDeep } = parseYamlTrees(text);
  if (tooDeep >= 0) return tooDeepFile(tooDeep);
  const forms = { sizes: yamlSizes, bareLists: true };
  // Of several documents in one file, each is addressed as if the file were a list of them.
  const documents = roots.flatMap((root, index) => [...findPolicies(root, roots.length > 1 ? `/${index}` : '', forms)]);
  return { documents, problems };
}
