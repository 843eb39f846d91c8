import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { describe, type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Folder, policyOf } from '../support/cli.ts';
import { answer } from '../support/jsonFindings.ts';

const EXAMPLES = fileURLToPath(new URL('../../examples', import.meta.url));
const APP = 'arn:aws:iam::111111111111:role/App';

/** The code shown for the problems of a policy, and what is to be done about it. */
function frames(t: TestContext, policy: string, findings: object): string[] {
  const folder = new Folder(t, { 'App.json': policy, 'found.json': JSON.stringify(findings) });
  return folder.check('App.json -f found.json').stdout.match(/^ +\d* \| .*$/gm) ?? [];
}

const S3 = [{ serviceNamespace: 's3', actions: ['GetBucketAcl', 'PutObject'] }];

describe('Below a problem stand its code and what to do about it', () => {
  test('in an example', (t) => {
    const folder = new Folder(t);
    cpSync(EXAMPLES, folder.path, { recursive: true });
    const { status, stdout } = folder.run('check roles -f roles/access-analyzer.json');
    assert.equal(
      stdout.slice(0, stdout.indexOf('\nReportingRole')),
      `roles/ReportingRole/inline.json:7:37  'sqs:SetQueueAttributes' is unused by ReportingRole: last used on 2026-02-03, analyzed on 2026-09-20  unused-action
  7 | "Action": ["sqs:SendMessage", "sqs:SetQueueAttributes"],
    |                               ^^^^^^^^^^^^^^^^^^^^^^^^ remove it
roles/ReportingRole/inline.json:13:7  This statement grants only unused actions: 79 actions unused by ReportingRole  unused-statement
  13 | "Action": "dynamodb:*",
     | ^^^^^^^^^^^^^^^^^^^^^^ remove this statement

2 problems in 1 of 1 policy: 80 of 81 granted actions unused`,
    );
    assert.equal(status, 1);
  });

  test('so that the fix for a role that is given "s3:*" can be copied', (t) => {
    const [code, remedy] = frames(t, policyOf('s3:*'), answer(APP, { s3: ['GetBucketAcl', 'PutObject'] }));
    assert.equal(code, '  6 | "s3:*"');
    const [, fix = ''] = /replace it with (.*)$/.exec(remedy ?? '') ?? [];
    const folder = new Folder(t, { 'found.json': JSON.stringify(S3) });
    folder.write({ 'policy.json': policyOf('s3:*').replace('"s3:*"', fix) });
    assert.equal(folder.check('policy.json -f found.json').stdout, 'Nothing is reported unused in 1 policy\n');
    assert.equal(JSON.stringify(JSON.parse(`[${fix}]`)), '["s3:GetObject*","s3:ListBucket"]');
  });

  test('for NotAction', (t) => {
    const policy = policyOf('iam:*').replace('"Action"', '"NotAction"');
    const shown = frames(t, policy, S3);
    assert.equal(shown[0], '  5 | "NotAction": [');
    assert.equal(shown[1], '    | ^^^^^^^^^^^^^^ add "s3:GetBucketAcl", "s3:PutObject"');
  });

  test('and nothing is to be done where a policy has to be detached', (t) => {
    assert.deepEqual(frames(t, policyOf('s3:PutObject'), S3), ['  2 | "Statement": [', '    | ^^^^^^^^^^^']);
  });

  test('as a list of YAML takes it', (t) => {
    const yaml = 'Statement:\n  - Effect: Allow\n    Action:\n      - s3:*\n      - s3:PutObject\n    Resource: "*"\n';
    const folder = new Folder(t, { 'p.yaml': yaml });
    assert.deepEqual(folder.check('p.yaml -f unused.json').stdout.match(/^ +\d* \| .*$/gm), [
      '  4 | - s3:*',
      '    |   ^^^^ replace it with',
      '    | - "s3:GetObject*"',
      '    | - "s3:ListBucket"',
      '  5 | - s3:PutObject',
      '    |   ^^^^^^^^^^^^ remove it',
    ]);
  });

  test('of a policy that is one long line, a part', (t) => {
    const bucket = `arn:aws:s3:::${'b'.repeat(200)}`;
    const statement = {
      Effect: 'Allow',
      Resource: bucket,
      Action: ['s3:Get*'],
      Condition: { Bool: { [bucket]: '1' } },
    };
    const [code = '', carets = ''] = frames(t, JSON.stringify({ Statement: [statement] }), S3);
    assert.match(code, /^ {2}1 \| …b+","Action":\["s3:Get\*"\],"Condition":.{30,60}…$/);
    assert.equal(code.slice(carets.indexOf('^'), carets.lastIndexOf('^') + 1), '"s3:Get*"');
  });

  test('with carets below what is meant, whatever stands before it', (t) => {
    const policy =
      '{\t"Statement": {"Sid": "\u202eaé",\t"Effect": "Allow", "Action": ["s3:Get*", "ec2:*"], "Resource": "*"}}';
    const [code = '', carets = ''] = frames(t, policy, S3);
    assert.equal(code.slice(carets.indexOf('^'), carets.lastIndexOf('^') + 1), '"s3:Get*"');
    assert.doesNotMatch(code, /[\t\u202e]/);
  });

  test('in files with the line ends of Windows and a byte order mark', (t) => {
    const policy = `\ufeff${policyOf('s3:Get*', 'ec2:*').replaceAll('\n', '\r\n')}`;
    const shown = frames(t, policy, S3);
    assert.deepEqual(shown, ['  6 | "s3:Get*",', '    | ^^^^^^^^^ replace it with "s3:GetObject*"']);
  });
});

test('Of more entries than one copies by hand the way to them is told', (t) => {
  const names = Array.from(
    { length: 300 },
    (_, i) => `${i % 2 ? 'Use' : 'Keep'}${String.fromCharCode(65 + (i % 26))}x${i}`,
  );
  const folder = new Folder(t, {
    'big.json': JSON.stringify({ date: '2026-01-01', services: { big: names } }),
    'all.json': policyOf('big:*'),
    'found.json': JSON.stringify([{ serviceNamespace: 'big', actions: names.filter((_, i) => i % 3 === 0) }]),
  });
  const { stdout } = folder.run('check all.json -f found.json --catalogue big.json --exact');
  assert.match(stdout, /\^ replace it with 200 entries, as 'refine --diff' shows\n/);
});

test('A fix that the catalogue is too old for says so', (t) => {
  const [, remedy] = frames(t, policyOf('s3:*'), [{ serviceNamespace: 's3', actions: ['PutObject', 'PutFuture'] }]);
  assert.match(remedy ?? '', /with ".*", with caution: 1 reported action unknown to the catalogue of 2026-01-01$/);
});
