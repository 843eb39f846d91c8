import type { CallFact } from '../facts.ts';
import type { SomeFacts } from './collector.ts';
import { readHclLiterals } from './hclLiterals.ts';
import { shownName } from './names.ts';

/** The longest file that is read, in UTF-16 units. */
const MAX_LENGTH = 1_000_000;

/** Terragrunt's configuration of a folder: the module that it deploys, and what it gives its variables. */
export function readTerragrunt(path: string, text: string): SomeFacts {
  if (text.length > MAX_LENGTH) return { unread: 'it is too long' };
  const literals = readHclLiterals(withoutOwnFolder(text));
  const source = literals.find(([name]) => name === 'terraform.source')?.[1];
  // Of a module elsewhere, nothing is in this repository.
  if (source === undefined || !/^\.{1,2}(?:\/|$)/.test(source)) return {};
  const given = literals.filter(([name]) => name.startsWith('inputs.'));
  const call: CallFact = {
    address: 'terraform',
    label: `the module of '${shownName(path)}'`,
    target: [source.replace(/\?.*$/, '')],
    kind: 'folder',
    arguments: given.map(([name, value]) => ({ name: name.slice('inputs.'.length), text: [value] })),
    amount: 'one',
  };
  return { calls: [call] };
}

/** A path that is led on from the file's own folder is so without saying it. */
function withoutOwnFolder(text: string): string {
  return text.replace(/\$\{get_terragrunt_dir\(\)\}\//g, './');
}
