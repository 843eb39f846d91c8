/**
 * Runs every layer of tests, one after the other, and goes on after a failure: `npm test`.
 *
 * 1. everything that runs in plain Node: unit, properties, corpus, grammar, command line, GitHub Action, and the bundled
 *    server over stdio and in Neovim;
 * 2. the extension under development in a real VS Code;
 * 3. the packaged .vsix, installed into that VS Code;
 * 4. the package for npm, installed into an empty folder.
 *
 * The last line says how many tests passed and failed in all. The exit code is 0 only if all layers ran and nothing failed.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { obtainAllPrograms } from './programs/obtainPrograms.mjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const out = path.join(root, 'out', 'test');
const layers = ['unit', 'properties', 'corpus', 'iac', 'grammar', 'cli', 'action', 'protocol', 'neovim'];

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

await step('Build', [process.execPath, '--import', 'tsx', 'scripts/catalogue.ts']);
await step('Bundle', [process.execPath, 'esbuild.mjs']);

try {
  obtainAllPrograms();
} catch (error) {
  // The tests that need them fail, the others are worth running.
  console.error(error.message);
}
const node = await nodeStep('Tests in Node', layers);

const editor = await step('Tests in VS Code', [process.execPath, 'test/vscode/run.mjs']);

const packed = await step('Package', [process.execPath, 'scripts/package.mjs']);
const { name, version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const vsix = packed.code === 0 ? `${name}-${version}.vsix` : undefined;
const installed =
  vsix && (await step('Tests of the package in VS Code', [process.execPath, 'test/vscode/run.mjs', '--vsix', vsix]));

const published = packed.code === 0 ? await nodeStep('Tests of the package for npm', ['package']) : undefined;

// A layer that fails without a failed test, such as one that never started, counts as one failure.
const counts = [
  count(node, countTap(node)),
  count(editor, countVSCode(editor)),
  count(installed, countVSCode(installed)),
  count(published, countTap(published)),
];
const passed = counts.reduce((sum, layer) => sum + layer.passed, 0);
const failed = counts.reduce((sum, layer) => sum + layer.failed, 0);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

/** Runs a command with its output shown; gives its exit code and output. A step that prepares others must succeed. */
async function step(title, [command, ...args]) {
  console.log(`\n== ${title}`);
  const started = Date.now();
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
    process.stdout.write(chunk);
  });
  const code = await new Promise((resolve) => child.on('close', (status) => resolve(status ?? 1)));
  console.log(`== ${title}: ${code === 0 ? 'done' : 'FAILED'} in ${((Date.now() - started) / 1000).toFixed(0)} s`);
  if (code !== 0 && (title === 'Build' || title === 'Bundle')) {
    console.log('\n0 passed, 1 failed');
    process.exit(1);
  }
  return { code, output };
}

/** Runs the tests of some layers in plain Node; what they came to is in the file `tap`. */
async function nodeStep(title, names) {
  const tap = path.join(out, `${names[0]}.tap`);
  const reporters = [
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    '--test-reporter=tap',
    `--test-reporter-destination=${tap}`,
  ];
  const files = names.flatMap((layer) => testFiles(path.join(root, 'test', layer)));
  const command = [process.execPath, '--import', 'tsx', '--test', '--test-concurrency=2', ...reporters, ...files];
  return { ...(await step(title, command)), tap };
}

function count(run, { passed, failed }) {
  return { passed, failed: run?.code === 0 ? failed : Math.max(failed, 1) };
}

/** The test files below a folder. */
function testFiles(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.test.ts'))
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

function countTap(run) {
  const text = run ? readFileSync(run.tap, 'utf8') : '';
  const read = (name) => Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
  // A skipped or unfinished test has shown nothing, so it counts as failed.
  return { passed: read('pass'), failed: read('fail') + read('cancelled') + read('skipped') + read('todo') };
}

function countVSCode(run) {
  const [, passed = 0, failed = 0] = /^##vscode (\d+) passed, (\d+) failed$/m.exec(run?.output ?? '') ?? [];
  return { passed: Number(passed), failed: Number(failed) };
}
