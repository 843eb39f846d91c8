import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { describe, test } from 'node:test';
import { Folder, policy, policyOf } from '../support/cli.ts';
import { answer } from '../support/jsonFindings.ts';

const APP = 'arn:aws:iam::111111111111:role/App';
const OTHER = 'arn:aws:iam::111111111111:role/team/Other';

const files = {
  'fine.json': policyOf('ec2:*'),
  'all.json': policyOf('s3:PutObject'),
  'none.json': '[]',
  'config.json': '{"a": 1}',
  'broken.json': policy.slice(0, -3),
  'latin1.json': Buffer.from([0x22, 0xe9, 0x22]),
  'roles/App.json': policy,
  'roles/Other/inline.json': policyOf('s3:ListBucket', 's3:PutObject'),
  'empty/notes.txt': '',
  'app.json': JSON.stringify(answer(APP, { s3: ['PutObject'] })),
  'other.json': JSON.stringify(answer(OTHER, { s3: ['PutObject'], iam: 'whole' })),
  'both.json': JSON.stringify([answer(APP, { s3: ['PutObject', 'ListBucket'] }), answer(OTHER, { s3: ['PutObject'] })]),
  'archived.json': JSON.stringify(answer(APP, { s3: 'whole' }, { status: 'ARCHIVED' })),
  'listing.json': JSON.stringify({ findings: [{ id: '1', findingType: 'UnusedPermission', resource: APP }] }),
  'template.json': JSON.stringify({
    App: { RoleName: 'App', PolicyDocument: JSON.parse(policyOf('ec2:*')) },
    Other: { RoleName: 'Nobody', PolicyDocument: JSON.parse(policy) },
    Trust: { AssumeRolePolicyDocument: JSON.parse(policyOf('sts:AssumeRole')) },
  }),
};

describe('A line a problem, then the sum', () => {
  test('with the place, the message and the code', (t) => {
    const { status, stdout, stderr } = new Folder(t).check('policy.json -f unused.json');
    assert.equal(
      stdout,
      `policy.json:6:9  's3:Get*': 1 of 3 granted actions unused  overbroad-wildcard
  6 | "s3:Get*",
    | ^^^^^^^^^ replace it with "s3:GetObject*"
policy.json:7:9  's3:PutObject' is unused  unused-action
  7 | "s3:PutObject"
    | ^^^^^^^^^^^^^^ remove it

2 problems in 1 of 1 policy: 2 of 4 granted actions unused
`,
    );
    assert.equal(stderr, '');
    assert.equal(status, 1);
  });

  const cases: Readonly<Record<string, [command: string, stdout: RegExp]>> = {
    'for a policy that is unused': [
      'all.json -f unused.json',
      /^all\.json:2:3 {2}All that this policy grants is unused; detach it, .* {2}unused-policy\n\n1 problem in 1 of 1 policy: 1 of 1 granted action unused\n$/,
    ],
    'for standard input': ['- -f unused.json', /^-:6:9 {2}.*\n-:7:9 {2}.*\n\n2 problems in 1 of 1 policy: /],
    'for a folder, with the name of the principal': [
      'roles -f both.json',
      /^roles\/App\.json:7:9 {2}'s3:PutObject' is unused by App: never used in the tracked time, analyzed on 2024-11-20 {2}unused-action\nroles\/Other\/inline\.json:7:9 {2}'s3:PutObject' is unused by Other: .*\n\n2 problems in 2 of 2 policies: 2 of 6 granted actions unused\n/,
    ],
    'with what is kept left out': [
      'policy.json -f unused.json --keep s3:Get*',
      /^policy\.json:7:9 .*\n\n1 problem in 1 of 1 policy: 1 of 4 granted actions unused\n$/,
    ],
    'with the policies to which nothing applies': [
      'roles fine.json -f app.json',
      /\n\n1 problem in 1 of 3 policies: 1 of 4 granted actions unused; no findings apply to 2 of them\n$/,
    ],
    'which may be nothing': ['fine.json -f unused.json', /^Nothing is reported unused in 1 policy\n$/],
    'which may be that nothing was found': ['empty -f unused.json', /^No policy was found\n$/],
    'which may be that no findings apply': ['policy.json fine.json -f app.json', /^No findings apply to 2 policies\n/],
  };
  for (const [name, [command, expected]] of Object.entries(cases)) {
    test(name, (t) => assert.match(withoutFrames(new Folder(t, files).check(command, policy).stdout), expected));
  }

  test('whatever is in the names of files and in the texts', (t) => {
    const odd = policyOf('s3:Put\u001b[31m\u009b\u202eObject\n*');
    const findings = [{ serviceNamespace: 's3' }];
    const folder = new Folder(t, { 'a\nb \u001b[0m.json': odd, 'whole.json': JSON.stringify(findings) });
    const { status, stdout } = folder.check(['a\nb \u001b[0m.json', '-f', 'whole.json']);
    assert.match(withoutFrames(stdout), /^a\\u000ab \\u001b\[0m\.json:\d+:\d+ {2}.*\n\n1 problem/);
    assert.doesNotMatch(stdout.replaceAll('\n', ''), /[\p{Cc}\u202e]/u);
    assert.equal(status, 1);
  });

  test('and no file changes', (t) => {
    const folder = new Folder(t);
    folder.check('policy.json -f unused.json');
    assert.equal(folder.read('policy.json'), policy);
  });
});

describe('The exit status is 0', () => {
  const cases: Readonly<Record<string, [command: string, stderr: RegExp]>> = {
    'when nothing is unused': ['check fine.json -f unused.json', /^$/],
    'when what is unused is kept': ['check policy.json -f unused.json -k s3:*', /^$/],
    'when there is no policy': [
      'check config.json -f unused.json',
      /^config\.json: There is no IAM policy in this file\n$/,
    ],
    'when a folder has no policy': ['check empty -f unused.json', /^$/],
    'when standard input is empty': ['check - -f unused.json', /^-: There is no IAM policy in this file\n$/],
    'when no findings apply': [
      'check policy.json fine.json -f app.json',
      /no findings apply to 2 policies:\n {2}policy/,
    ],
    'when the findings are not ACTIVE': [
      'check policy.json -f archived.json',
      /^iam-policy-refiner: archived\.json: no ACTIVE finding in it names unused permissions\n/,
    ],
    'when findings are required and apply': ['check roles/App.json -f archived.json --require-findings', /no ACTIVE/],
    'when findings are required and there is only a trust policy beside it': [
      'check trust.json -f app.json --require-findings',
      /^$/,
    ],
    'for help on checking': ['check --help', /^$/],
  };
  const trust = {
    App: { RoleName: 'App', PolicyDocument: JSON.parse(policyOf('ec2:*')) },
    Trust: { AssumeRolePolicyDocument: JSON.parse(policyOf('s3:PutObject')) },
  };
  for (const [name, [command, stderr]] of Object.entries(cases)) {
    test(name, (t) => {
      const folder = new Folder(t, { ...files, 'trust.json': JSON.stringify(trust) });
      const run = folder.run(command);
      assert.match(run.stderr, stderr);
      assert.equal(run.status, 0);
    });
  }
});

describe('The exit status is 1', () => {
  const cases: Readonly<Record<string, string>> = {
    'when something is unused': 'check policy.json -f unused.json',
    'when one policy of several has something unused': 'check fine.json policy.json config.json -f unused.json',
    'when a whole policy is unused': 'check all.json -f unused.json',
    'when no findings apply to another policy': 'check roles fine.json -f app.json',
    'when the output is JSON': 'check policy.json -f unused.json --format json',
    'when findings are required and apply': 'check policy.json -f unused.json --require-findings',
  };
  for (const [name, command] of Object.entries(cases)) {
    test(name, (t) => assert.equal(new Folder(t, files).run(command).status, 1));
  }
});

describe('The exit status is 2', () => {
  const cases: Readonly<Record<string, [command: string, stderr: RegExp]>> = {
    'for a path that does not exist, though something is unused': [
      'check nowhere.json policy.json -f unused.json',
      /error: nowhere\.json: there is no such file or folder/,
    ],
    'for a path that cannot be read': ['check loop.json -f unused.json', /error: loop\.json: too many symbolic links/],
    'for broken JSON': ['check broken.json -f unused.json', /error: broken\.json:\d+: JSON syntax error/],
    'for a text that is no UTF-8': ['check latin1.json -f unused.json', /error: latin1\.json: it is not UTF-8 text/],
    'for findings that do not exist': ['check policy.json -f nowhere.json', /error: nowhere\.json: there is no such/],
    'for findings of unknown shape': ['check policy.json -f config.json', /error: config\.json: Not a known findings/],
    'for findings without action names': ['check policy.json -f listing.json', /error: listing\.json: /],
    'for an unknown principal': ['check policy.json -f app.json -p Nobody', /error: --principal Nobody: no finding/],
    'for a keep pattern that is no action': ['check policy.json -f unused.json -k Get', /error: --keep Get: /],
    'for a catalogue that does not exist': [
      'check policy.json -f unused.json --catalogue nowhere.json',
      /error: --catalogue nowhere\.json: /,
    ],
    'for required findings that are missing': [
      'check policy.json roles -f app.json --require-findings',
      /error: no findings apply to 2 policies, and --require-findings wants them to:\n {2}policy\.json: .*\n {2}roles\/Other\/inline\.json: /,
    ],
    'for required findings that one policy of a template misses': [
      'check template.json -f app.json --require-findings',
      /error: no findings apply to 1 policy, .*\n {2}template\.json#\/Other\/PolicyDocument: this policy belongs to the role 'Nobody'/,
    ],
    'for required findings that say nothing': [
      'check policy.json -f none.json --require-findings',
      /error: no findings apply to 1 policy/,
    ],
    'for an unknown format': ['check policy.json -f unused.json --format xml', /Allowed choices are text, json/],
    'for an age that is none': [
      'check policy.json -f unused.json --unused-access-age soon',
      /argument 'soon' is invalid\. It is a number of days, such as 90/,
    ],
    'for a negative age': ['refine policy.json -f unused.json --unused-access-age -1', /It is a number of days/],
    'for an option of refine': ['check policy.json -f unused.json --write', /unknown option '--write'/],
    'without findings': ['check policy.json', /required option '-f, --findings <file\.\.\.>' not specified/],
    'without a path': ['check -f unused.json', /missing required argument 'path'/],
  };
  for (const [name, [command, stderr]] of Object.entries(cases)) {
    test(name, (t) => {
      const folder = new Folder(t, files);
      symlinkSync('loop.json', folder.at('loop.json'));
      const run = folder.run(command);
      assert.match(run.stderr, stderr);
      assert.doesNotMatch(run.stderr, /this should not have happened|\n {4}at /);
      assert.equal(run.status, 2);
    });
  }

  test('and the other files are checked all the same', (t) => {
    const { stdout } = new Folder(t, files).check('nowhere.json broken.json policy.json -f nowhere.json unused.json');
    assert.match(withoutFrames(stdout), /^policy\.json:6:9 .*\npolicy\.json:7:9 .*\n\n2 problems in 1 of 1 policy: /);
  });

  test('and nothing is checked by what the user did not ask for', (t) => {
    const folder = new Folder(t, files);
    for (const wrong of ['-p Nobody', '-k Get', '--catalogue nowhere.json'])
      assert.equal(folder.run(`check policy.json -f app.json ${wrong}`).stdout, '');
  });
});

describe('--unused-access-age', () => {
  const service = (name: string, date?: string) => ({
    ServiceName: name,
    ServiceNamespace: name,
    ...(date && { LastAuthenticated: date, LastAuthenticatedEntity: APP }),
    TotalAuthenticatedEntities: date ? 1 : 0,
  });
  const report = {
    JobStatus: 'COMPLETED',
    JobType: 'SERVICE_LEVEL',
    JobCreationDate: '2026-06-30T00:00:00Z',
    JobCompletionDate: '2026-06-30T00:00:01Z',
    ServicesLastAccessed: [service('s3', '2026-06-01T00:00:00Z'), service('ec2', '2026-01-01T00:00:00Z')],
    IsTruncated: false,
  };
  const reports = {
    'report.json': JSON.stringify(report),
    'App.json': policyOf('s3:GetObject', 'ec2:RunInstances', 'iam:GetRole'),
  };
  const cases: Readonly<Record<string, [age: string, unused: readonly string[]]>> = {
    'is 90 days by default': ['', ['ec2:RunInstances']],
    'may be shorter': [' --unused-access-age 7', ['s3:GetObject', 'ec2:RunInstances']],
    'may be longer': [' --unused-access-age 365', []],
  };
  for (const [name, [age, unused]] of Object.entries(cases)) {
    test(name, (t) => {
      const folder = new Folder(t, reports);
      const { stdout } = folder.check(`App.json -f report.json${age}`);
      const marked = [...stdout.matchAll(/ {2}'([^']+)' is unused/g)].map(([, action]) => action);
      assert.deepEqual(marked, unused);
      const kept = ['s3:GetObject', 'ec2:RunInstances', 'iam:GetRole'].filter((action) => !unused.includes(action));
      assert.equal(folder.refine(`App.json -f report.json${age}`).stdout, policyOf(...kept));
    });
  }
});

test('Whoever reads the output may stop early', async (t) => {
  const many = Array.from({ length: 30_000 }, () => 's3:PutObject');
  const folder = new Folder(t, { 'many.json': policyOf('s3:ListBucket', ...many) });
  const { status, stdout, stderr } = await folder.runAndHangUp('check many.json many.json many.json -f unused.json');
  assert.equal(stdout.length > 0, true);
  assert.doesNotMatch(stderr, /EPIPE|Error|should not have happened/);
  assert.equal(status, 141);
});

/** The lines of problems and sums, without the code between them. */
function withoutFrames(stdout: string): string {
  return stdout.replace(/^ +\d* \| .*\n/gm, '');
}
