import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Folder, policyOf } from '../support/cli.ts';
import { answer } from '../support/jsonFindings.ts';

const APP = 'arn:aws:iam::111111111111:role/App';
const OTHER = 'arn:aws:iam::111111111111:role/team/Other';
const ELSEWHERE = 'arn:aws:iam::222222222222:role/App';

const many = ['A', 'B', 'C', 'D', 'E', 'F'].map((name) => answer(APP.replace('App', name), { s3: ['PutObject'] }));

const template = (more: object) =>
  JSON.stringify({
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: 'App',
          Policies: [{ PolicyDocument: JSON.parse(policyOf('iam:GetRole')) }],
          ...more,
        },
      },
    },
  });

const files = {
  'App.json': policyOf('s3:PutObject', 'iam:GetRole'),
  'Other.json': policyOf('s3:GetObject'),
  'shared.json': policyOf('s3:PutObject', 'ec2:*'),
  'all/App/one.json': policyOf('s3:GetObject'),
  'all/App/two.json': policyOf('s3:PutObject', 'ec2:Run*'),
  'all/222222222222/App.json': policyOf('iam:GetRole'),
  'template.json': template({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] }),
  'app.json': JSON.stringify(answer(APP, { s3: ['PutObject', 'GetObject', 'GetFuture'], ec2: 'whole' })),
  'other.json': JSON.stringify(answer(OTHER, { s3: ['PutObject', 'GetObject'] })),
  'elsewhere.json': JSON.stringify(answer(ELSEWHERE, { s3: ['PutObject'] })),
  'many.json': JSON.stringify(many),
  'unknown-service.json': JSON.stringify(answer(APP, { future: 'whole', iam: ['GetRole'] })),
};

describe('check lists what is reported of a principal and granted by none of its policies', () => {
  const cases: Readonly<Record<string, [command: string, listed: RegExp]>> = {
    'by service, with names that the catalogue lacks': [
      'App.json -f app.json',
      /unused\nApp: 2 of 3 reported actions and 1 of 1 service reported as a whole are granted by no policy here\n {2}ec2: the whole service\n {2}s3: GetObject and GetFuture\n$/,
    ],
    'with services that the catalogue lacks': [
      'App.json -f unknown-service.json',
      /\nApp: 1 of 1 service reported as a whole is granted by no policy here\n {2}future: the whole service\n$/,
    ],
    'of all its policies together': [
      'all/App -f app.json --principal App',
      /\nApp: 1 of 3 reported actions is granted by no policy here\n {2}s3: GetFuture\n$/,
    ],
    'of each principal by itself, where they share a policy': [
      'shared.json -f app.json other.json --principal App Other',
      /\nApp: 2 of 3 reported actions are granted .*\n {2}s3: .*\nOther: 1 of 2 reported actions is granted by no policy here\n {2}s3: GetObject\n$/,
    ],
    'with the AWS managed policies that are attached': [
      'template.json -f app.json',
      /\nApp: 3 of 3 reported actions and .* here, but likely by the attached AWS managed policy 'ReadOnlyAccess'\n/,
    ],
    'by its ARN where another one has its name': [
      'all -f app.json elsewhere.json',
      /\narn:aws:iam::222222222222:role\/App: 1 of 1 reported action is granted by no policy here\n/,
    ],
    'and names those without a policy': [
      'App.json -f app.json other.json many.json',
      /\nno policy here belongs to 7 of the principals that the findings are about: Other, A, B and 4 others\n$/,
    ],
    'and names the one without a policy': [
      'Other.json -f app.json other.json',
      /\n {2}s3: PutObject\nno policy here belongs to App\n$/,
    ],
  };
  for (const [name, [command, listed]] of Object.entries(cases)) {
    test(name, (t) => assert.match(new Folder(t, files).check(command).stdout, listed));
  }

  test('a few of very many', (t) => {
    const services = Array.from({ length: 30 }, (_, index) => `service${String(index).padStart(2, '0')}`);
    const names = Array.from({ length: 30 }, (_, index) => `Do${index}`);
    const findings = answer(APP, Object.fromEntries(services.map((service) => [service, names])));
    const { stdout } = new Folder(t, { ...files, 'wide.json': JSON.stringify(findings) }).check(
      'App.json -f wide.json',
    );
    assert.match(stdout, /\nApp: 900 of 900 reported actions are granted by no policy here\n/);
    assert.match(stdout, /\n {2}service00: Do0, Do1, Do2, Do3, Do4 and 25 others\n/);
    assert.match(stdout, /\n {2}service09: [^\n]*\n {2}and 20 more services\n$/);
  });

  test('and that is no problem of the policies', (t) => {
    assert.equal(new Folder(t, files).check('Other.json -f other.json --keep s3:GetObject').status, 0);
  });
});

describe('refine notes it, a line a principal', () => {
  test('of the principals that have a policy here', (t) => {
    const { status, stdout, stderr } = new Folder(t, files).refine('App.json -f app.json other.json many.json');
    assert.equal(stdout, policyOf('iam:GetRole'));
    assert.match(
      stderr,
      /^App\.json: 1 unused action removed, .*\niam-policy-refiner: App: 2 of 3 reported actions and 1 of 1 service reported as a whole are granted by no policy here\n$/,
    );
    assert.equal(status, 0);
  });

  test('and not in the objects of --json', (t) => {
    const { stdout } = new Folder(t, files).refine('App.json -f app.json --json');
    assert.equal(stdout.trimEnd().split('\n').length, 1);
    assert.equal('notGranted' in JSON.parse(stdout), false);
  });

  test('but not where all that is reported is granted', (t) => {
    const { stderr } = new Folder(t, files).refine('shared.json -f elsewhere.json');
    assert.doesNotMatch(stderr, /granted by no policy/);
  });
});
