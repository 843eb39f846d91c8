import { parseJsonTree } from '../../json/tree.ts';
import { type FileFacts, NO_FACTS } from '../../whose/facts.ts';
import { MAX_POLICY_LENGTH, problemsOf, readJson } from '../json/read.ts';
import type { PolicyDocument, PolicyFile, PolicyProblem } from '../model.ts';
import { NO_POLICIES, tooDeepFile, tooLongFile } from '../refusedFile.ts';
import { collectFacts, unreadFacts } from '../terraform/facts.ts';
import { mayMention } from '../terraform/mentions.ts';
import type { ValueNode } from '../values/nodes.ts';
import { isModule, type JsonFile, readBlocks } from './blocks.ts';
import { type FoundPolicy, findPolicies } from './policies.ts';

/**
 * Reads the policies of a module's file in JSON: each `aws_iam_policy_document`, and each object with a `Statement` that holds an
 * `Effect`, also where a string is its JSON. What has nothing of a module is read as any other JSON. Never throws.
 */
export function readTerraformJson(text: string): PolicyFile {
  // Most files hold no policies, and looking for a word is far cheaper than parsing.
  if (!/"[sS]tatement\\?"/.test(text)) return NO_POLICIES;
  if (text.length > MAX_POLICY_LENGTH) return tooLongFile(MAX_POLICY_LENGTH);
  const { root, errors, tooDeep } = parseJsonTree(text);
  if (tooDeep >= 0) return tooDeepFile(tooDeep);
  if (!root || !isModule(root)) return readJson(text);
  return new ReadTerraformJson(readBlocks(root), text, problemsOf(errors));
}

/** What a file says of who holds policies. What is not read of it may say anything. */
export function factsOfTerraformJson(text: string): FileFacts {
  if (!/"[sS]tatement\\?"/.test(text) && !mayMention(text)) return { ...NO_FACTS, scope: 'folder' };
  if (text.length > MAX_POLICY_LENGTH) return unreadFacts('it is too long to be read');
  const { root, errors } = parseJsonTree(text);
  if (!root || !isModule(root)) return unreadFacts('it is no Terraform in JSON');
  return new ReadTerraformJson(readBlocks(root), text, problemsOf(errors)).facts();
}

/** A file that was read: its policies, and what it says of who holds them. */
class ReadTerraformJson implements PolicyFile {
  readonly documents: readonly PolicyDocument[];
  readonly problems: readonly PolicyProblem[];
  readonly #file: JsonFile;
  readonly #text: string;
  readonly #found: readonly FoundPolicy[];

  constructor(file: JsonFile, text: string, problems: readonly PolicyProblem[]) {
    this.#file = file;
    this.#text = text;
    this.#found = [...findPolicies(file, text)];
    this.documents = this.#found.map(({ document }) => document);
    this.problems = problems;
  }

  facts(): FileFacts {
    const { blocks, unread } = this.#file;
    const stretches = unread.map(({ offset, length }: ValueNode) => this.#text.slice(offset, offset + length));
    // Of a broken text nobody can say where what is read of it ends.
    const isBroken = this.problems.length > 0;
    return collectFacts({
      blocks,
      policies: this.#found.map(({ fact }) => fact),
      stretches: isBroken ? [this.#text] : stretches,
    });
  }
}
