import assert from 'node:assert/strict';
import {
  chmodSync,
  chownSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  utimesSync,
} from 'node:fs';
import { describe, test } from 'node:test';
import { Folder, policy, policyOf, refined } from '../support/cli.ts';

test('--write writes the refined text into the file, and nothing to standard output', (t) => {
  const folder = new Folder(t);
  const { status, stdout, stderr } = folder.refine('policy.json --findings unused.json --write');
  assert.equal(folder.read('policy.json'), refined);
  assert.equal(stdout, '');
  assert.match(stderr, /^policy\.json: 2 unused actions removed \(1 from wildcards\)/);
  assert.equal(status, 0);
});

test('Writing twice changes nothing more', (t) => {
  const folder = new Folder(t);
  folder.refine('policy.json --findings unused.json --write');
  const { stderr } = folder.refine('policy.json --findings unused.json --write');
  assert.equal(folder.read('policy.json'), refined);
  assert.match(stderr, /^policy\.json: Nothing to refine/);
});

test('No temporary files are left', (t) => {
  const folder = new Folder(t);
  const before = readdirSync(folder.path);
  folder.refine('policy.json --findings unused.json --write');
  assert.deepEqual(readdirSync(folder.path), before);
});

describe('A file keeps', () => {
  for (const mode of [0o600, 0o644, 0o755, 0o666]) {
    test(`its mode bits ${mode.toString(8)}`, (t) => {
      const folder = new Folder(t);
      chmodSync(folder.at('policy.json'), mode);
      folder.refine('policy.json --findings unused.json --write');
      assert.equal(folder.read('policy.json'), refined);
      assert.equal(statSync(folder.at('policy.json')).mode & 0o7777, mode);
    });
  }

  // Who is not root may only choose among their own groups, and has one at least.
  const groups = process.getgroups?.() ?? [];
  const [uid, gid] = process.getuid?.() === 0 ? [12345, 54321] : [process.getuid?.() ?? 0, groups.at(-1) ?? 0];
  for (const mode of [0o640, 0o2755]) {
    test(`its owner and group with the mode bits ${mode.toString(8)}`, (t) => {
      const folder = new Folder(t);
      chownSync(folder.at('policy.json'), uid, gid);
      chmodSync(folder.at('policy.json'), mode);
      folder.refine('policy.json --findings unused.json --write');
      assert.equal(folder.read('policy.json'), refined);
      const written = statSync(folder.at('policy.json'));
      assert.deepEqual([written.uid, written.gid, written.mode & 0o7777], [uid, gid, mode]);
    });
  }

  const crlf = (text: string) => text.replaceAll('\n', '\r\n');
  const texts: Readonly<Record<string, [before: string, after: string]>> = {
    'its byte order mark': [`\uFEFF${policy}`, `\uFEFF${refined}`],
    'its CRLF line ends': [crlf(policy), crlf(refined)],
    'its last line without a line break': [policy.trimEnd(), refined.trimEnd()],
    'its comments': [`// mine\n${policy}`, `// mine\n${refined}`],
  };
  for (const [name, [before, after]] of Object.entries(texts)) {
    test(name, (t) => {
      const folder = new Folder(t, { 'policy.json': before });
      folder.refine('policy.json --findings unused.json --write');
      assert.equal(folder.read('policy.json'), after);
    });
  }
});

describe('A symbolic link', () => {
  test('is followed and stays', (t) => {
    const folder = new Folder(t, { 'real/policy.json': policy });
    mkdirSync(folder.at('links'));
    symlinkSync('../real/policy.json', folder.at('links/policy.json'));
    folder.refine('links/policy.json --findings unused.json --write');
    assert.equal(readlinkSync(folder.at('links/policy.json')), '../real/policy.json');
    assert.equal(lstatSync(folder.at('real/policy.json')).isFile(), true);
    assert.equal(folder.read('real/policy.json'), refined);
    assert.deepEqual(readdirSync(folder.at('links')), ['policy.json']);
    assert.deepEqual(readdirSync(folder.at('real')), ['policy.json']);
  });
});

test('A hard link to a file that is written keeps the old text', (t) => {
  const folder = new Folder(t);
  linkSync(folder.at('policy.json'), folder.at('link.json'));
  folder.refine('policy.json --findings unused.json --write');
  assert.equal(folder.read('policy.json'), refined);
  assert.equal(folder.read('link.json'), policy);
});

describe('A file is not touched', () => {
  const untouched: Readonly<Record<string, string>> = {
    'in which nothing is unused': policyOf('ec2:*'),
    'of which nothing would be left': policyOf('s3:PutObject'),
    'that is broken': policy.slice(0, -4),
    'that holds no policy': '{ "a":1 }',
  };
  for (const [name, text] of Object.entries(untouched)) {
    test(name, (t) => {
      const folder = new Folder(t, { 'other.json': text });
      const past = new Date('2020-01-01T00:00:00Z');
      utimesSync(folder.at('other.json'), past, past);
      const before = statSync(folder.at('other.json'));
      folder.refine('other.json policy.json --findings unused.json --write');
      const after = statSync(folder.at('other.json'));
      assert.deepEqual([after.mtimeMs, after.ino], [before.mtimeMs, before.ino]);
      assert.equal(folder.read('other.json'), text);
      assert.equal(folder.read('policy.json'), refined, 'the other file is written');
    });
  }

  test('whose bytes are no UTF-8, for what is not understood must not be written back', (t) => {
    const bytes = Buffer.from(policy.replace('"*"', '"é"'), 'latin1');
    const folder = new Folder(t, { 'latin1.json': bytes });
    const { status, stderr } = folder.refine('latin1.json --findings unused.json --write');
    assert.match(stderr, /latin1\.json: it is not UTF-8 text/);
    assert.deepEqual(readFileSync(folder.at('latin1.json')), bytes);
    assert.equal(status, 2);
  });
});

test('Standard input cannot be written to', (t) => {
  const { status, stdout, stderr } = new Folder(t).refine('- --findings unused.json --write', policy);
  assert.match(stderr, /standard input cannot be written to/);
  assert.equal(stdout, '');
  assert.equal(status, 2);
});
