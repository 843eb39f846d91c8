import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Folder, policy, policyOf, refined } from '../support/cli.ts';
import { answer } from '../support/jsonFindings.ts';

const ROLE = 'arn:aws:iam::111111111111:role/App';

/** What `--json` prints, an object a line. */
function objects(stdout: string) {
  return stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line));
}

test('--json prints an object a policy, one a line', (t) => {
  const { status, stdout } = new Folder(t).refine('policy.json --findings unused.json --json');
  assert.deepEqual(objects(stdout), [
    {
      file: 'policy.json',
      principals: [],
      why: "'unused.json' names no principal",
      entries: [
        { pointer: '/Statement/0/Action/0', entry: 's3:Get*', grants: 3, unused: 1, replacement: ['s3:GetObject*'] },
        { pointer: '/Statement/0/Action/1', entry: 's3:PutObject', grants: 1, unused: 1, replacement: [] },
      ],
      totals: { granted: 4, unused: 2, entriesChanged: 2, statementsRemoved: 0 },
      size: { before: minified(policy).length, after: minified(refined).length, quota: 6144 },
      proof: 'ok',
      text: refined,
    },
  ]);
  assert.equal(status, 0);
});

test('Principals are given by their ARNs', (t) => {
  const folder = new Folder(t, { 'app.json': JSON.stringify(answer(ROLE, { s3: ['PutObject'] })) });
  const [{ principals, why }] = objects(folder.refine('policy.json --findings app.json --json').stdout);
  assert.deepEqual(principals, [ROLE]);
  assert.equal(why, 'the findings are about nobody else');
});

test('A policy to which no findings apply is as it was, and says why', (t) => {
  const files = { 'app.json': JSON.stringify(answer(ROLE, { s3: 'whole' })), 'template.json': template };
  const { stdout } = new Folder(t, files).refine('template.json --findings app.json --json');
  const [, other] = objects(stdout);
  assert.deepEqual(other.principals, []);
  assert.equal(other.why, "this policy belongs to the role 'Other', for which there are no findings");
  assert.deepEqual(other.entries, []);
  assert.deepEqual(other.totals, { granted: 0, unused: 0, entriesChanged: 0, statementsRemoved: 0 });
  assert.equal(other.size.after, other.size.before);
  assert.equal(other.proof, 'ok');
});

test('The text is the whole file with all its policies refined', (t) => {
  const findings = [ROLE, ROLE.replace('App', 'Other')].map((role) => answer(role, { s3: ['PutObject'] }));
  const files = { 'both.json': JSON.stringify(findings), 'template.json': template };
  const found = objects(new Folder(t, files).refine('template.json --findings both.json --json').stdout);
  assert.deepEqual(
    found.map(({ entries }) => entries.map(({ pointer }: { pointer: string }) => pointer)),
    [['/App/PolicyDocument/Statement/0/Action/1'], ['/Other/PolicyDocument/Statement/Action/0']],
  );
  for (const { text } of found)
    assert.equal(text, template.replace(', "s3:PutObject"', '').replace('"s3:PutObject", ', ''));
});

test('A statement that goes is counted with its entries', (t) => {
  const text = JSON.stringify({
    Statement: [...JSON.parse(policyOf('s3:PutObject')).Statement, ...JSON.parse(policyOf('ec2:*')).Statement],
  });
  const [{ totals, text: after, size }] = objects(
    new Folder(t, { 'two.json': text }).refine('two.json --findings unused.json --json').stdout,
  );
  assert.deepEqual(totals, { granted: 3, unused: 1, entriesChanged: 1, statementsRemoved: 1 });
  assert.equal(after, minified(policyOf('ec2:*')));
  assert.equal(size.after, after.length);
});

test('A policy of which nothing would be left is as it was', (t) => {
  const [{ totals, entries, text }] = objects(
    new Folder(t, { 'all.json': policyOf('s3:PutObject') }).refine('all.json --findings unused.json --json').stdout,
  );
  assert.deepEqual(totals, { granted: 1, unused: 1, entriesChanged: 0, statementsRemoved: 0 });
  assert.equal(entries.length, 1);
  assert.equal(text, policyOf('s3:PutObject'));
});

describe('An object is a line', () => {
  test('also where names of files and what is in them hold line breaks', (t) => {
    const folder = new Folder(t, { 'a\nb.json': policy });
    const { stdout } = folder.refine(['a\nb.json', 'policy.json', '--findings', 'unused.json', '--json']);
    assert.deepEqual(
      objects(stdout).map(({ file }) => file),
      ['a\nb.json', 'policy.json'],
    );
  });

  test('and a file without policies has none', (t) => {
    const { status, stdout } = new Folder(t, { 'no.json': '{}' }).refine('no.json --findings unused.json --json');
    assert.equal(stdout, '');
    assert.equal(status, 0);
  });
});

const template = `{
  "App": { "RoleName": "App", "PolicyDocument": { "Statement": [{ "Effect": "Allow", "Action": ["s3:ListBucket", "s3:PutObject"] }] } },
  "Other": { "RoleName": "Other", "PolicyDocument": { "Statement": { "Effect": "Allow", "Action": ["s3:PutObject", "s3:GetObject"] } } }
}
`;

function minified(text: string): string {
  return JSON.stringify(JSON.parse(text));
}
