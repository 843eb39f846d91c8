import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Folder, policy, policyOf } from '../support/cli.ts';
import { answer } from '../support/jsonFindings.ts';

const APP = 'arn:aws:iam::111111111111:role/App';
const OTHER = 'arn:aws:iam::111111111111:role/team/Other';

const NO_TOTALS = {
  policies: 0,
  unmatched: 0,
  flagged: 0,
  problems: 0,
  granted: 0,
  unused: 0,
  known: 0,
  principalsWithoutPolicy: 0,
};

/** What `check --format json` prints. */
function check(folder: Folder, command: string, input?: string) {
  return JSON.parse(folder.check(`${command} --format json`, input).stdout);
}

test('--format json prints an object with all policies, their marks and totals', (t) => {
  const folder = new Folder(t);
  const [{ text: _, ...refined }] = folder
    .refine('policy.json -f unused.json --json')
    .stdout.split('\n')
    .slice(0, 1)
    .map((line) => JSON.parse(line));
  assert.deepEqual(check(folder, 'policy.json -f unused.json'), {
    results: [
      {
        ...refined,
        pointer: '',
        findingsApply: true,
        marks: [
          {
            code: 'overbroad-wildcard',
            message: "'s3:Get*': 1 of 3 granted actions unused",
            line: 6,
            column: 9,
            endLine: 6,
            endColumn: 18,
            pointer: '/Statement/0/Action/0',
            remedy: 'replace it with "s3:GetObject*"',
          },
          {
            code: 'unused-action',
            message: "'s3:PutObject' is unused",
            line: 7,
            column: 9,
            endLine: 7,
            endColumn: 23,
            pointer: '/Statement/0/Action/1',
            remedy: 'remove it',
          },
        ],
      },
    ],
    notGranted: [],
    totals: { ...NO_TOTALS, policies: 1, flagged: 1, problems: 2, granted: 4, unused: 2 },
  });
});

test('A policy to which no findings apply is there, too, and says why', (t) => {
  const folder = new Folder(t, { 'app.json': JSON.stringify(answer(APP, { s3: ['PutObject'] })) });
  const { results, totals } = check(folder, 'policy.json policy.json -f app.json');
  assert.equal(results.length, 2);
  for (const { findingsApply, why, marks } of results) {
    assert.equal(findingsApply, false);
    assert.match(why, /^no principal matches this policy/);
    assert.deepEqual(marks, []);
  }
  assert.deepEqual(totals, { ...NO_TOTALS, policies: 2, unmatched: 2, principalsWithoutPolicy: 1 });
});

test('What is reported and not granted is told by principal', (t) => {
  const folder = new Folder(t, {
    'roles/App.json': policyOf('s3:PutObject', 'iam:GetRole'),
    'roles/Other.json': policyOf('s3:*'),
    'findings.json': JSON.stringify([
      answer(APP, { s3: ['PutObject', 'GetObject', 'PutFuture'], ec2: 'whole', iam: 'whole' }),
      answer(OTHER, { s3: ['PutObject'] }),
    ]),
  });
  const { notGranted } = check(folder, 'roles -f findings.json');
  assert.deepEqual(notGranted, [
    {
      principal: APP,
      actions: ['s3:GetObject', 's3:PutFuture'],
      services: ['ec2'],
      managedPolicies: [],
      reported: { actions: 3, services: 2 },
    },
  ]);
});

describe('It is one object', () => {
  const cases: Readonly<Record<string, [command: string, files: readonly string[]]>> = {
    'of no policy': ['empty', []],
    'of a file without a policy': ['catalogue.json', []],
    'of standard input': ['-', ['-']],
    'of several files': ['policy.json a policy.json', ['policy.json', 'a/a\nb.json', 'a/c.json', 'policy.json']],
    'when a path is missing': ['nowhere.json policy.json', ['policy.json']],
  };
  for (const [name, [paths, expected]] of Object.entries(cases)) {
    test(name, (t) => {
      const folder = new Folder(t, { 'empty/notes.txt': '', 'a/a\nb.json': policy, 'a/c.json': policy });
      const { results } = check(folder, `${paths} -f unused.json`, policy);
      assert.deepEqual(
        results.map(({ file }: { file: string }) => file),
        expected,
      );
    });
  }

  test('of every policy of a template, with its place', (t) => {
    const text = JSON.stringify({ A: JSON.parse(policy), B: { AssumeRolePolicyDocument: JSON.parse(policy) } });
    const { results, totals } = check(new Folder(t, { 'two.json': text }), 'two.json -f unused.json');
    assert.deepEqual(
      results.map(({ pointer, marks }: { pointer: string; marks: unknown[] }) => [pointer, marks.length]),
      [
        ['/A', 2],
        ['/B/AssumeRolePolicyDocument', 0],
      ],
    );
    assert.equal(totals.policies, 1);
  });
});

test('Lines and columns are those of the file, whatever its line ends', (t) => {
  const text = `\uFEFF${policy.replaceAll('\n', '\r\n').replace('"s3:Get*"', '/* 🎉 */ "s3:Get*"')}`;
  const { results } = check(new Folder(t, { 'odd.jsonc': text }), 'odd.jsonc -f unused.json');
  const places = results[0].marks.map(({ line, column }: { line: number; column: number }) => [line, column]);
  assert.deepEqual(places, [
    [6, 18],
    [7, 9],
  ]);
});
