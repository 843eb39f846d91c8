import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { publint } from 'publint';
import { name, version } from '../../package.json';
import { ARTICLE_FILES, FINDINGS, POLICY, REFINED } from '../protocol/support/article.ts';
import { startClient } from '../protocol/support/client.ts';
import { wholeOf } from '../protocol/support/text.ts';
import { entriesIn, FORMS, GRANTED_REFINED, readForms } from '../support/forms.ts';
import { npm } from '../vscode/host/npm.mjs';

const PACKAGE = path.resolve('out', 'npm', `${name}-${version}.tgz`);

/** All that is in it. */
const CONTENTS = [
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'dist/actionDetails.br',
  'dist/actions.br',
  'dist/cli.js',
  'dist/hcl.js',
  'dist/languageServerProtocol.js',
  'dist/server.js',
  'dist/tree-sitter-terraform.wasm.br',
  'dist/web-tree-sitter.wasm.br',
  'dist/yaml.js',
  'docs/editors.md',
  'package.json',
  'schemas/config.schema.json',
  'schemas/findings.schema.json',
];

const folder = mkdtempSync(path.join(tmpdir(), 'refiner-package-'));
after(() => rmSync(folder, { recursive: true }));

/** Where it is installed, as by somebody without a network: in a folder that holds nothing else. */
npm(folder, ['install', '--offline', PACKAGE]);
const installed = path.join(folder, 'node_modules', name);
const command = (bin: string) => path.join(folder, 'node_modules', '.bin', bin);

test('The linter of packages finds nothing to say', async () => {
  const tarball = new Uint8Array(readFileSync(PACKAGE)).buffer;
  const { messages } = await publint({ pack: { tarball }, strict: true });
  assert.deepEqual(messages, []);
});

test('The package holds what its commands need, and nothing else', () => {
  const files = readdirSync(installed, { recursive: true, encoding: 'utf8' })
    .filter((file) => statSync(path.join(installed, file)).isFile())
    .map((file) => file.replaceAll(path.sep, '/'));
  assert.deepEqual(files.sort(), CONTENTS);
});

test('The package needs no other, nor anything but Node 20', () => {
  assert.deepEqual(
    readdirSync(path.join(folder, 'node_modules')).filter((file) => !file.startsWith('.')),
    [name],
  );
  const manifest = JSON.parse(readFileSync(path.join(installed, 'package.json'), 'utf8'));
  assert.deepEqual(manifest.engines, { node: '>=20' });
  for (const field of ['private', 'scripts', 'dependencies', 'devDependencies', 'main', 'contributes'])
    assert(!(field in manifest), field);
});

test('The README of the package leads to no file that is not in it', () => {
  const text = readFileSync(path.join(installed, 'README.md'), 'utf8');
  for (const [, target = ''] of text.matchAll(/\]\(([^)]*)\)/g)) assert.match(target, /^https:/);
});

describe('The installed command line', () => {
  const run = (...args: string[]) => spawnSync(command('iam-policy-refiner'), args, { cwd: folder, encoding: 'utf8' });

  test("makes of the article's policy what AWS recommends", () => {
    writeFileSync(path.join(folder, 'policy.json'), POLICY);
    writeFileSync(path.join(folder, 'unused.json'), FINDINGS);
    const { status, stdout } = run('refine', 'policy.json', '--findings', 'unused.json');
    assert.deepEqual({ status, stdout }, { status: 0, stdout: REFINED });
  });

  test('refines every form', () => {
    const findings = path.resolve('examples', 'forms', 'ForecastRole.findings.json');
    for (const [form, text] of Object.entries(readForms()).filter(([file]) => file in FORMS)) {
      const file = path.join(folder, path.basename(form));
      writeFileSync(file, text);
      const { stdout, stderr } = run('refine', file, '--findings', findings, '--principal', 'ForecastRole');
      assert.deepEqual(entriesIn(stdout), GRANTED_REFINED, `${form}: ${stderr}`);
    }
  });
});

describe('The installed server', () => {
  const program = command('iam-policy-refiner-server');

  test("makes of the article's policy what AWS recommends, and tells what an action is", async (t) => {
    const client = await startClient(t, { files: ARTICLE_FILES, program });
    const document = await client.open('policy.json');
    assert.equal((await document.diagnostics()).length, 9);
    assert.match((await document.hover('lambda:AddPermission')) ?? '', /Grants permission to/);
    const [action] = await document.codeActions(wholeOf(''), { only: ['source.fixAll'] });
    assert.equal(await document.apply(action?.edit), REFINED);
  });

  test('reads YAML and Terraform', async (t) => {
    const client = await startClient(t, { files: readForms(), program });
    for (const [form, languageId] of [
      ['cloudformation/template.yaml', 'yaml'],
      ['terraform/jsonencode.tf', 'terraform'],
    ] as const) {
      const document = await client.open(form, { languageId });
      const { edit } = await document.refine();
      assert.deepEqual(entriesIn(document.preview(edit)), GRANTED_REFINED);
    }
  });

  test('tells its version', () => {
    assert.equal(spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout, `${version}\n`);
  });
});
