import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { test } from 'node:test';
import { createHcl } from '../../../server/src/service/policy/hcl/index.ts';
import { json } from '../../../server/src/service/policy/json/index.ts';
import { isPolicyFile, Syntaxes } from '../../../server/src/service/policy/syntaxes.ts';
import { yaml } from '../../../server/src/service/policy/yaml/index.ts';
import { readEvidence } from '../../../server/src/service/whose/evidence/evidence.ts';
import { evidenceKind } from '../../../server/src/service/whose/evidence/files.ts';
import { NO_FACTS } from '../../../server/src/service/whose/facts.ts';
import { mayTell } from '../../../server/src/service/whose/mayTell.ts';

const { resolve } = createRequire(__filename);

const syntaxes = new Syntaxes(
  new Map([
    ['yaml', async () => yaml],
    [
      'hcl',
      async () => {
        const grammar = readFileSync(resolve('@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-terraform.wasm'));
        const runtime = readFileSync(resolve('web-tree-sitter/web-tree-sitter.wasm'));
        return createHcl({ runtime, grammar, json });
      },
    ],
  ]),
);

/** Folders of one's own to look at as well, divided as in `PATH`. */
const FOLDERS = (process.env.IAC_FOLDERS ?? '').split(path.delimiter).filter((folder) => folder !== '');

/** The project's own files that may be read for facts. */
function* files(): Iterable<string> {
  for (const folder of ['test', 'examples', 'scripts', 'action', ...FOLDERS])
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      const file = path.join(entry.parentPath ?? entry.path, entry.name).replaceAll(path.sep, '/');
      if (entry.isFile() && !file.includes('node_modules') && (isPolicyFile(file) || evidenceKind(file))) yield file;
    }
}

/** Whether any reader says something of a file. */
async function tells(file: string, text: string): Promise<boolean> {
  if (readEvidence(`/${file}`, text)) return true;
  const syntax = await syntaxes.ofFile(file, text);
  if (!syntax) return false;
  const facts = syntax.facts?.(text) ?? NO_FACTS;
  return (
    syntax.read(text).documents.length > 0 || JSON.stringify({ ...facts, scope: 'file' }) !== JSON.stringify(NO_FACTS)
  );
}

for (const file of files())
  test(`nothing that '${file}' says is passed over`, async () => {
    const text = readFileSync(file, 'utf8');
    // Of a Terraform module, any block may be all of a file.
    const parts = /\.(?:tf|tofu)$/.test(file) ? text.split(/\n(?=\w)/) : [];
    for (const part of [text, ...parts])
      if (!mayTell(file, part)) assert.equal(await tells(file, part), false, part.slice(0, 500));
  });

const SILENT: readonly [path: string, text: string][] = [
  ['a/values.yaml', 'replicas: 3\nimage: nginx\nimagePullPolicy: Always\n'],
  ['a/package-lock.json', '{"lockfileVersion": 3, "packages": {"node_modules/a": {"version": "1.0.0"}}}'],
  ['a/main.tf', 'resource "aws_s3_bucket" "b" {\n  bucket = "x"\n}\n'],
  ['a/build.sh', 'npm ci && npm run build\n'],
  ['a/index.ts', "import { a } from './b.ts';\n"],
  ['a/picture.svg', '<svg/>'],
];

for (const [file, text] of SILENT)
  test(`'${file}' need not be parsed`, () => {
    assert.equal(mayTell(file, text), false);
  });

test('what is written by codes of letters is not passed over', () => {
  assert.equal(mayTell('a.json', '{"\\u0053tatement": []}'), true);
  assert.equal(mayTell('a.yaml', '"\\x53tatement": []'), true);
});
