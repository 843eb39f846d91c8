import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { describe, type TestContext, test } from 'node:test';
import { Folder, policy, policyOf, type Run, refined } from '../support/cli.ts';

/** What is loaded before the command line: it tells of calls by which a file is replaced, and does something when the first comes. */
const PRELOADED = `
const fs = require('node:fs');
const path = require('node:path');
const calls = [];
for (const name of ['fsyncSync', 'renameSync']) {
  const original = fs[name];
  fs[name] = (...args) => {
    if (calls.push(name) === 1) meanwhile();
    return original(...args);
  };
}
process.on('exit', () => fs.writeFileSync('calls.txt', calls.join(' ')));
function meanwhile() { MEANWHILE }
`;

/** Runs a command while somebody else does something to the files, at the last moment before one of them is replaced. */
function runWhile(t: TestContext, meanwhile: string, command: string): { folder: Folder; run: Run } {
  const folder = new Folder(t, { 'meanwhile.cjs': PRELOADED.replace('MEANWHILE', meanwhile), 'other.json': policy });
  const run = folder.run(command, '', '', { NODE_OPTIONS: '--require=./meanwhile.cjs' });
  return { folder, run };
}

const REFINE = 'refine policy.json --findings unused.json --catalogue catalogue.json --jobs 1 --write';
const BASELINE = 'check policy.json --findings unused.json --catalogue catalogue.json --jobs 1 --update-baseline';

test('What was written is on the disk before it takes the place of the old text', (t) => {
  const { folder } = runWhile(t, '', REFINE);
  assert.equal(folder.read('calls.txt'), 'fsyncSync renameSync');
  assert.equal(folder.read('policy.json'), refined);
});

test('A disk that cannot be told to keep what was written is written to all the same', (t) => {
  const unable = "throw Object.assign(new Error('fsync'), { code: 'EINVAL' })";
  const { folder, run } = runWhile(t, unable, REFINE);
  assert.equal(folder.read('policy.json'), refined);
  assert.equal(run.status, 0);
});

test('A file whose bytes do not reach the disk is left as it is', (t) => {
  const { folder, run } = runWhile(t, "throw Object.assign(new Error('i/o error'), { code: 'EIO' })", REFINE);
  assert.equal(folder.read('policy.json'), policy);
  assert.match(run.stderr, /error: policy\.json: i\/o error/);
  assert.equal(run.status, 2);
  assert.deepEqual(temporaryFilesIn(folder), []);
});

describe('A file is left as somebody else made it while it was looked at', () => {
  const mine = policyOf('ec2:*', 's3:PutObject');
  // The same length, so that nothing but the bytes tells.
  const sameLength = policy.replace('PutObject', 'GetObject');
  const WAYS: Readonly<Record<string, { meanwhile: string; becomes: string | undefined; why: RegExp }>> = {
    'with another text': {
      meanwhile: `fs.writeFileSync('policy.json', ${JSON.stringify(mine)})`,
      becomes: mine,
      why: /error: policy\.json: it changed meanwhile, and was left as it is: run this again\n/,
    },
    'with another text of the same length': {
      meanwhile: `fs.writeFileSync('policy.json', ${JSON.stringify(sameLength)})`,
      becomes: sameLength,
      why: /error: policy\.json: it changed/,
    },
    'with another file moved into its place': {
      meanwhile: `fs.writeFileSync('x', ${JSON.stringify(mine)}); fs.cpSync('x', 'policy.json')`,
      becomes: mine,
      why: /error: policy\.json: it changed/,
    },
    'without it': {
      meanwhile: "fs.rmSync('policy.json')",
      becomes: undefined,
      why: /error: policy\.json: it was deleted meanwhile, and is not made again\n/,
    },
    'with a folder in its place': {
      meanwhile: "fs.rmSync('policy.json'); fs.mkdirSync('policy.json')",
      becomes: undefined,
      why: /error: policy\.json: it changed/,
    },
  };
  for (const [name, { meanwhile, becomes, why }] of Object.entries(WAYS)) {
    test(name, (t) => {
      const { folder, run } = runWhile(t, meanwhile, REFINE.replace('policy.json', 'policy.json other.json'));
      if (becomes !== undefined) assert.equal(folder.read('policy.json'), becomes);
      else assert.throws(() => folder.read('policy.json'), /ENOENT|EISDIR/);
      assert.match(run.stderr, why);
      assert.equal(run.status, 2);
      assert.equal(folder.read('other.json'), refined, 'the other file is written');
      assert.deepEqual(temporaryFilesIn(folder), []);
    });
  }
});

test('A file that somebody else refined to the same text meanwhile is refined', (t) => {
  const { folder, run } = runWhile(t, `fs.writeFileSync('policy.json', ${JSON.stringify(refined)})`, REFINE);
  assert.equal(folder.read('policy.json'), refined);
  assert.equal(run.status, 0);
});

test('A baseline that somebody else made or changed meanwhile is left as it is', (t) => {
  const theirs = '{"theirs": true}';
  const meanwhile = `fs.writeFileSync('base.json', '${theirs}')`;
  const { folder, run } = runWhile(t, meanwhile, `${BASELINE} --baseline base.json`);
  assert.equal(folder.read('base.json'), theirs);
  assert.match(run.stderr, /error: --baseline base\.json: it changed/);
  assert.equal(run.status, 2);
});

function temporaryFilesIn(folder: Folder): string[] {
  return readdirSync(folder.path).filter((name) => name.endsWith('.tmp'));
}
