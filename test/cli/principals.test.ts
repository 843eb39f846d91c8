import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Folder, policyOf, unused } from '../support/cli.ts';
import { answer } from '../support/jsonFindings.ts';

const APP = 'arn:aws:iam::111111111111:role/App';
const OTHER = 'arn:aws:iam::111111111111:role/team/Other';
const ELSEWHERE = 'arn:aws:iam::222222222222:role/App';
const USER = 'arn:aws:iam::111111111111:user/Ann';

const everything = policyOf('s3:GetBucketAcl', 's3:GetObject', 's3:ListBucket', 's3:PutObject');

const files = {
  'everything.json': everything,
  'App.json': everything,
  'roles/Other/inline.json': everything,
  'app-findings.json': JSON.stringify(answer(APP, { s3: ['GetBucketAcl', 'PutObject'] })),
  'other-findings.json': JSON.stringify([answer(OTHER, { s3: ['GetObject', 'PutObject'] })]),
  'elsewhere-findings.json': JSON.stringify(answer(ELSEWHERE, { s3: 'whole' })),
  'user-findings.json': JSON.stringify(answer(USER, { s3: ['ListBucket'] })),
};

const withoutApp = policyOf('s3:GetObject', 's3:ListBucket');
const withoutOther = policyOf('s3:GetBucketAcl', 's3:ListBucket');
const withoutShared = policyOf('s3:GetBucketAcl', 's3:GetObject', 's3:ListBucket');

describe('--principal', () => {
  const both = '--findings app-findings.json other-findings.json';
  const cases: Readonly<Record<string, [command: string, expected: string]>> = {
    'chooses by name': [`everything.json ${both} --principal App`, withoutApp],
    'chooses by name in any case': [`everything.json ${both} --principal oTHER`, withoutOther],
    'chooses by ARN': [`everything.json ${both} --principal ${OTHER}`, withoutOther],
    'chooses a user': [
      'everything.json --findings user-findings.json --principal Ann',
      policyOf('s3:GetBucketAcl', 's3:GetObject', 's3:PutObject'),
    ],
    'goes before the name of the file': [`App.json ${both} --principal Other`, withoutOther],
    'goes before the name of the folder': [`roles ${both} --principal App`, withoutApp],
    'goes before findings that name nobody': [`everything.json ${both} unused.json --principal Other`, withoutOther],
    'leaves what one of several principals uses': [`everything.json ${both} --principal App Other`, withoutShared],
    'may be given several times': [`everything.json ${both} --principal App --principal ${OTHER}`, withoutShared],
  };
  for (const [name, [command, expected]] of Object.entries(cases)) {
    test(name, (t) => {
      const { status, stdout } = new Folder(t, files).refine(command);
      assert.equal(stdout, expected);
      assert.equal(status, 0);
    });
  }

  const errors: Readonly<Record<string, [command: string, reason: RegExp]>> = {
    'that no finding is about is an error': [
      `everything.json ${both} --principal Ap`,
      /--principal Ap: no finding is about it/,
    ],
    'whose ARN no finding is about is an error': [
      `everything.json ${both} --principal ${ELSEWHERE}`,
      /--principal arn:aws:iam::222222222222:role\/App: no finding is about it/,
    ],
    'that could be several is an error': [
      'everything.json --findings app-findings.json elsewhere-findings.json --principal App',
      /--principal App: it could be any of arn:aws:iam::111111111111:role\/App, arn:aws:iam::222222222222:role\/App; give the ARN/,
    ],
    'that is one good name and one bad is an error': [
      `everything.json ${both} --principal App Nobody`,
      /--principal Nobody: no finding is about it/,
    ],
  };
  for (const [name, [command, reason]] of Object.entries(errors)) {
    test(`${name}, and nothing is refined`, (t) => {
      const { status, stdout, stderr } = new Folder(t, files).refine(command);
      assert.match(stderr, reason);
      assert.equal(stdout, '');
      assert.equal(status, 2);
    });
  }
});

describe("An account's id in a PATH", () => {
  const inAccount = {
    'acc/222222222222/App.json': everything,
    'acc/prod-111111111111/App.json': everything,
    'app-findings.json': files['app-findings.json'],
  };
  const says: Readonly<Record<string, string>> = {
    'acc/222222222222/App.json': everything,
    './acc/222222222222/App.json': everything,
    'acc/222222222222': everything,
    'acc/222222222222/': everything,
    'acc/prod-111111111111/App.json': withoutApp,
    'acc/prod-111111111111': withoutApp,
  };
  for (const [given, expected] of Object.entries(says)) {
    test(`counts in ${given}`, (t) => {
      const { stdout } = new Folder(t, inAccount).refine(`${given} --findings app-findings.json`);
      assert.equal(stdout, expected);
    });
  }

  test('counts in one that is absolute', (t) => {
    const folder = new Folder(t, inAccount);
    const { stdout } = folder.refine(`${folder.at('acc/222222222222/App.json')} --findings app-findings.json`);
    assert.equal(stdout, everything);
  });

  for (const [given, cwd] of [
    ['App.json', 'acc/222222222222'],
    ['.', 'acc/222222222222'],
    ['../222222222222/App.json', 'acc/prod-111111111111'],
  ] as const) {
    test(`counts in the name of the working folder: ${given} in ${cwd}`, (t) => {
      const folder = new Folder(t, inAccount);
      const findings = folder.at('app-findings.json');
      const catalogue = folder.at('catalogue.json');
      const { stdout } = folder.run(['refine', given, '-f', findings, '--catalogue', catalogue], '', cwd);
      assert.equal(stdout, everything);
    });
  }
});

describe('Of several findings', () => {
  const cases: Readonly<Record<string, [command: string, expected: string]>> = {
    'those of the role that the file is named after apply': [
      'App.json --findings other-findings.json app-findings.json',
      withoutApp,
    ],
    'those of the role that the folder is named after apply': [
      'roles --findings app-findings.json other-findings.json',
      withoutOther,
    ],
    'those of the only principal apply to the only policy': [
      'everything.json --findings other-findings.json',
      withoutOther,
    ],
    'those that name nobody apply to the rest': [
      'everything.json --findings app-findings.json unused.json other-findings.json',
      withoutApp,
    ],
    'the newest answer of an id wins': ['App.json --findings app-findings.json newer.json older.json', withoutOther],
    'the answers of two analyzers must agree': [
      'App.json --findings app-findings.json second-analyzer.json',
      withoutShared,
    ],
    'two lists that name nobody must agree': ['everything.json --findings unused.json unused-2.json', withoutShared],
  };
  const more = {
    'newer.json': JSON.stringify(
      answer(APP, { s3: ['GetObject', 'PutObject'] }, { updatedAt: '2025-01-01T00:00:00Z' }),
    ),
    'older.json': JSON.stringify(answer(APP, { s3: 'whole' }, { updatedAt: '2023-01-01T00:00:00Z' })),
    'second-analyzer.json': JSON.stringify(answer(APP, { s3: ['PutObject'], ec2: 'whole' }, { id: 'second' })),
    'unused-2.json': unused.replace('GetBucketAcl', 'GetObject'),
  };
  for (const [name, [command, expected]] of Object.entries(cases)) {
    test(name, (t) => {
      const { status, stdout } = new Folder(t, { ...files, ...more }).refine(command);
      assert.equal(stdout, expected);
      assert.equal(status, 0);
    });
  }
});

describe('A policy to which no findings apply is listed with the reason', () => {
  const cases: Readonly<Record<string, [command: string, listed: RegExp]>> = {
    'where nothing has the name of a principal': [
      'everything.json --findings app-findings.json other-findings.json',
      /no findings apply to 1 policy:\n {2}everything\.json: no principal matches this policy: the findings are about 2 principals/,
    ],
    'where several policies are given, each': [
      'everything.json policy.json --findings user-findings.json',
      /no findings apply to 2 policies:\n {2}everything\.json: .*\n {2}policy\.json: /,
    ],
    'where its name could be that of several': [
      'App.json --findings app-findings.json elsewhere-findings.json',
      /no findings apply to 1 policy:\n {2}App\.json: 'App' could be any of/,
    ],
    'where its owner has none, and the place in its file': [
      'owned.json --findings app-findings.json',
      /no findings apply to 1 policy:\n {2}owned\.json#\/a~1b\/PolicyDocument: this policy belongs to the role 'Owner', for which/,
    ],
  };
  const owned = `{"a/b": {"RoleName": "Owner", "PolicyDocument": ${everything}}}`;
  for (const [name, [command, listed]] of Object.entries(cases)) {
    test(name, (t) => {
      const { status, stderr } = new Folder(t, { ...files, 'owned.json': owned }).refine(`${command} --diff`);
      assert.match(stderr, listed);
      assert.equal(status, 0);
    });
  }

  test('but a trust policy is not, for no findings speak of it', (t) => {
    const role = {
      Type: 'AWS::IAM::Role',
      Properties: {
        RoleName: 'App',
        AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: '*' }] },
        Policies: [{ PolicyName: 'p', PolicyDocument: JSON.parse(everything) }],
      },
    };
    const folder = new Folder(t, { ...files, 'template.json': JSON.stringify({ Resources: { Role: role } }) });
    const { stderr } = folder.refine('template.json --findings app-findings.json --diff');
    assert.match(stderr, /^template\.json: 2 unused actions removed/);
    assert.doesNotMatch(stderr, /no findings apply/);
  });
});

describe('A policy that is not refined says why, also where another one of its file is', () => {
  const template = (action: string) =>
    JSON.stringify({
      App: { RoleName: 'App', PolicyDocument: JSON.parse(everything) },
      Other: { RoleName: 'Other', PolicyDocument: { Statement: [{ Effect: 'Allow', Action: action }] } },
    });
  const cases: Readonly<Record<string, [action: string, command: string, reason: RegExp]>> = {
    'for it has no findings': [
      's3:*',
      '--findings app-findings.json',
      /#\/Other\/PolicyDocument: this policy belongs to/,
    ],
    'for all that it grants is unused': [
      's3:PutObject',
      '--findings app-findings.json other-findings.json',
      /All that this policy grants is unused by Other\. Detach it/,
    ],
  };
  for (const [name, [action, command, reason]] of Object.entries(cases)) {
    test(name, (t) => {
      const folder = new Folder(t, { ...files, 'template.json': template(action) });
      const { status, stderr } = folder.refine(`template.json ${command} --diff`);
      assert.match(stderr, /^template\.json: 2 unused actions removed/m);
      assert.match(stderr, reason);
      assert.equal(status, 0);
    });
  }
});
