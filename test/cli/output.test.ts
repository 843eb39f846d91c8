import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Folder, policyOf, refined } from '../support/cli.ts';

describe('Without further options', () => {
  test('the refined text goes to standard output, and what was done to standard error', (t) => {
    const folder = new Folder(t);
    const { status, stdout, stderr } = folder.refine('policy.json --findings unused.json');
    assert.equal(stdout, refined);
    assert.equal(
      stderr,
      'policy.json: 2 unused actions removed (1 from wildcards), 1 statement rewritten. Proven: of the 9 actions known on 2026-01-01, nothing lost, nothing left, nothing gained\n',
    );
    assert.equal(status, 0);
  });

  test('no file changes', (t) => {
    const folder = new Folder(t);
    const before = folder.read('policy.json');
    folder.refine('policy.json --findings unused.json');
    assert.equal(folder.read('policy.json'), before);
  });

  test('several texts follow each other', (t) => {
    const folder = new Folder(t, { 'other.json': policyOf('ec2:RunInstances') });
    const { stdout } = folder.refine('policy.json other.json --findings unused.json');
    assert.equal(stdout, refined + policyOf('ec2:RunInstances'));
  });

  test('a text with nothing to refine is printed as it is, and the reason is told', (t) => {
    const odd = '{ "Statement":[{"Effect":"Allow" ,"Action":"ec2:*"}]}';
    const { status, stdout, stderr } = new Folder(t, { 'odd.json': odd }).refine('odd.json --findings unused.json');
    assert.equal(stdout, odd);
    assert.equal(stderr, 'odd.json: Nothing to refine: none of the 2 granted actions is reported unused\n');
    assert.equal(status, 0);
  });

  test('the built-in catalogue is used', (t) => {
    const { stdout, stderr } = new Folder(t).run('refine policy.json --findings unused.json');
    assert.match(stdout, /"s3:GetObject\*"/);
    assert.doesNotMatch(stdout, /"s3:(?:Get\*|PutObject)"/);
    assert.match(stderr, /Proven: of the 2\d,\d{3} actions known on \d{4}-\d{2}-\d{2},/);
  });
});

test('--exact lists the kept actions of a wildcard one by one', (t) => {
  const { stdout } = new Folder(t).refine('policy.json --findings unused.json --exact');
  assert.equal(stdout, policyOf('s3:GetObject', 's3:GetObjectAcl'));
});

describe('--keep', () => {
  const cases: Readonly<Record<string, [keep: string, actions: readonly string[]]>> = {
    'keeps an action': ['--keep s3:PutObject', ['s3:GetObject*', 's3:PutObject']],
    'keeps a pattern of actions, in any case': ['--keep S3:get*', ['s3:Get*']],
    'may be given several patterns': ['--keep s3:PutObject s3:Get*', ['s3:Get*', 's3:PutObject']],
    'may be given several times': ['--keep s3:PutObject --keep s3:Get*', ['s3:Get*', 's3:PutObject']],
    'of nothing that is granted changes nothing': ['--keep ec2:*', ['s3:GetObject*']],
  };
  for (const [name, [keep, actions]] of Object.entries(cases)) {
    test(name, (t) => {
      const { status, stdout } = new Folder(t).refine(`policy.json --findings unused.json ${keep}`);
      assert.equal(stdout, policyOf(...actions));
      assert.equal(status, 0);
    });
  }
});

describe('--catalogue', () => {
  test('replaces the built-in one', (t) => {
    const small = JSON.stringify({ date: '2020-02-02', services: { s3: ['GetBucketAcl', 'GetFoo'] } });
    const folder = new Folder(t, { 'small.json': small });
    const { stdout, stderr } = folder.run('refine policy.json --findings unused.json --catalogue small.json');
    assert.equal(stdout, policyOf('s3:GetFoo'));
    assert.match(stderr, /of the 2 actions known on 2020-02-02/);
  });

  const broken: Readonly<Record<string, [text: string, reason: RegExp]>> = {
    'that is no JSON': ['{', /--catalogue bad\.json: it is not valid JSON/],
    'without a date': ['{"services": {}}', /--catalogue bad\.json: its "date" must be a day/],
    'without services': ['{"date": "2026-01-01"}', /--catalogue bad\.json: its "services" must be an object/],
    'with a name that is none': [
      '{"date": "2026-01-01", "services": {"s3": ["Get*"]}}',
      /--catalogue bad\.json: item 0 of 's3' is not an action name/,
    ],
  };
  for (const [name, [text, reason]] of Object.entries(broken)) {
    test(`${name} is an error, and nothing is refined`, (t) => {
      const folder = new Folder(t, { 'bad.json': text });
      const { status, stdout, stderr } = folder.run('refine policy.json --findings unused.json --catalogue bad.json');
      assert.match(stderr, reason);
      assert.equal(stdout, '');
      assert.equal(status, 2);
    });
  }
});
