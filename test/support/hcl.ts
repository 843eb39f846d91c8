import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { before } from 'node:test';
import { Language, Parser } from 'web-tree-sitter';
import { createHcl } from '../../server/src/service/policy/hcl/index.ts';
import { json } from '../../server/src/service/policy/json/index.ts';
import type { PolicySyntax, SiblingFacts } from '../../server/src/service/policy/model.ts';
import { UNREAD } from '../../server/src/service/policy/terraform/facts.ts';
import { MODULE_EXTENSIONS } from '../../server/src/service/policy/terraform/files.ts';

const { resolve } = createRequire(__filename);

let loaded: PolicySyntax | undefined;

/** A parser without anything of ours around it. */
let bare: Parser | undefined;

before(async () => {
  const grammar = readFileSync(resolve('@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-terraform.wasm'));
  const runtime = readFileSync(resolve('web-tree-sitter/web-tree-sitter.wasm'));
  loaded = await createHcl({ runtime, grammar, json });
  bare = new Parser();
  bare.setLanguage(await Language.load(grammar));
});

/** Whether the parser finds nothing wrong with a text. */
export function isSound(text: string): boolean {
  const tree = bare?.parse(text);
  assert(tree);
  const { hasError } = tree.rootNode;
  tree.delete();
  return !hasError;
}

function syntax(): PolicySyntax {
  assert(loaded, 'HCL can be read in a test only: its parser is loaded before the first one');
  return loaded;
}

/** The syntax of Terraform files, with the parser from npm's own packages, as it can be used inside tests. */
export const hcl = {
  siblings: { extensions: MODULE_EXTENSIONS, read: (text) => syntax().siblings?.read(text) ?? {}, unread: UNREAD },
  read: (text: string, siblings?: readonly SiblingFacts[]) => syntax().read(text, siblings),
  write: (text, document, changes) => syntax().write(text, document, changes),
} as const satisfies PolicySyntax;
