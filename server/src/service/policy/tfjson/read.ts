import { parseJsonTree } from '../../json/tree.ts';
import { MAX_POLICY_LENGTH, problemsOf, readJson } from '../json/read.ts';
import type { PolicyFile, SiblingFacts } from '../model.ts';
import { NO_POLICIES, tooDeepFile, tooLongFile } from '../refusedFile.ts';
import { collectFacts, type ModuleFacts } from '../terraform/facts.ts';
import { mayMention } from '../terraform/mentions.ts';
import { TerraformModule } from '../terraform/module.ts';
import type { ValueNode } from '../values/nodes.ts';
import { isModule, type JsonFile, readBlocks } from './blocks.ts';
import { findPolicies } from './policies.ts';

/**
 * Reads the policies of a module's file in JSON: each `aws_iam_policy_document`, and each object with a `Statement` that holds an
 * `Effect`, also where a string is its JSON. What has nothing of a module is read as any other JSON. Never throws.
 */
export function readTerraformJson(text: string, siblings: readonly SiblingFacts[] = []): PolicyFile {
  // Most files hold no policies, and looking for a word is far cheaper than parsing.
  if (!/"[sS]tatement\\?"/.test(text)) return NO_POLICIES;
  if (text.length > MAX_POLICY_LENGTH) return tooLongFile(MAX_POLICY_LENGTH);
  const { root, errors, tooDeep } = parseJsonTree(text);
  if (tooDeep >= 0) return tooDeepFile(tooDeep);
  if (!root || !isModule(root)) return readJson(text);
  const file = readBlocks(root);
  const module = new TerraformModule([factsOf(file, text), ...(siblings as readonly ModuleFacts[])]);
  return { documents: [...findPolicies(file, text, module)], problems: problemsOf(errors) };
}

/** What a file says of the policies of the others in its folder. What is not read of it may say anything. */
export function readSibling(text: string): ModuleFacts {
  if (!mayMention(text)) return collectFacts([], []);
  if (text.length > MAX_POLICY_LENGTH) return collectFacts([], [text]);
  const { root, errors } = parseJsonTree(text);
  if (!root || !isModule(root)) return collectFacts([], [text]);
  return factsOf(readBlocks(root), text, errors.length > 0);
}

function factsOf({ blocks, unread }: JsonFile, text: string, isBroken = false): ModuleFacts {
  const stretches = unread.map(({ offset, length }: ValueNode) => text.slice(offset, offset + length));
  // Of a broken text nobody can say where what is read of it ends.
  return collectFacts(blocks, isBroken ? [text] : stretches);
}
