import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Language, Parser } from 'web-tree-sitter';
import { createHcl } from '../../../server/src/service/policy/hcl/index.ts';
import { json } from '../../../server/src/service/policy/json/index.ts';
import { medianTime } from '../support/inProcess.ts';
import { atRoot } from '../support/paths.ts';
import { atMostTimes, type Row } from '../support/result.ts';

const LINES = 5000;

/** Reading a long Terraform file that holds nothing but policies, against its parser alone. */
export const terraform: Row = async () => {
  const { resolve } = createRequire(__filename);
  const grammar = readFileSync(resolve('@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-terraform.wasm'));
  const runtime = readFileSync(resolve('web-tree-sitter/web-tree-sitter.wasm'));
  const hcl = await createHcl({ runtime, grammar, json });
  const parser = new Parser();
  parser.setLanguage(await Language.load(grammar));
  const one = readFileSync(atRoot('test/fixtures/iac/hcl/policyDocuments.tf'), 'utf8');
  const text = one.repeat(Math.ceil(LINES / one.split('\n').length));
  const read = await medianTime('read', () => hcl.read(text));
  const parse = await medianTime('parse', () => parser.parse(text)?.delete());
  const work = `reading ${LINES} lines of Terraform policies; peer: tree-sitter alone`;
  return [atMostTimes(3, work, { ours: read, peer: parse, ratio: read / parse })];
};
