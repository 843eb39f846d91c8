import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { describe, type TestContext, test } from 'node:test';
import { Folder, policy, policyOf } from '../support/cli.ts';

const CHECK = 'check policy.json -f unused.json --catalogue catalogue.json --baseline known.json';

/** A folder whose baseline accepts what its policy has. */
function accepted(t: TestContext): Folder {
  const folder = new Folder(t);
  const { status, stderr } = folder.run(`${CHECK} --update-baseline`);
  assert.equal(stderr, 'known.json: 2 problems accepted\n');
  assert.equal(status, 0);
  return folder;
}

describe('--update-baseline', () => {
  test('writes a file that people can read, sorted', (t) => {
    assert.equal(
      accepted(t).read('known.json'),
      `{
  "problems": {
    "policy.json": [
      {"code":"overbroad-wildcard","text":"s3:Get*"},
      {"code":"unused-action","text":"s3:PutObject"}
    ]
  }
}
`,
    );
  });

  test('writes nothing into it where nothing is unused', (t) => {
    const folder = new Folder(t, { 'fine.json': policyOf('ec2:*') });
    folder.run('check fine.json -f unused.json --baseline known.json --update-baseline');
    assert.equal(folder.read('known.json'), '{\n  "problems": {}\n}\n');
    assert.equal(folder.run('check fine.json -f unused.json --baseline known.json').status, 0);
  });

  test('counts what is written twice, and names policies of templates', (t) => {
    const document = { PolicyDocument: JSON.parse(policyOf('s3:PutObject', 's3:PutObject', 'ec2:*')) };
    const folder = new Folder(t, { 'in/x.json': JSON.stringify({ App: document }) });
    folder.run('check in -f unused.json --baseline known.json --update-baseline');
    assert.match(
      folder.read('known.json'),
      /"in\/x\.json": \[\n {6}\{"code":"unused-action","text":"s3:PutObject","policy":"\/App\/PolicyDocument","count":2\}\n/,
    );
  });

  test('keeps what is known of files that were not looked at, and forgets files that are gone', (t) => {
    const folder = new Folder(t, { 'a.json': policyOf('s3:PutObject', 'ec2:*'), 'b.json': policy, 'c.json': policy });
    const run = (paths: string) => folder.run(`check ${paths} -f unused.json --baseline known.json --update-baseline`);
    run('a.json b.json c.json');
    folder.write({ 'a.json': policyOf('ec2:*') });
    rmSync(folder.at('c.json'));
    assert.match(run('a.json').stderr, /^known\.json: 2 problems accepted\n/);
    assert.deepEqual(Object.keys(JSON.parse(folder.read('known.json')).problems), ['b.json']);
  });

  test('says where the file cannot be written', (t) => {
    const { status, stderr } = new Folder(t).run(
      `${CHECK.replace('known.json', 'nowhere/known.json')} --update-baseline`,
    );
    assert.match(stderr, /error: --baseline nowhere\/known\.json: there is no such file or folder/);
    assert.equal(status, 2);
  });

  test('does not take a file that is broken for one without problems', (t) => {
    const folder = accepted(t);
    const before = folder.read('known.json');
    folder.write({ 'policy.json': policy.slice(0, -3) });
    assert.equal(folder.run(`${CHECK} --update-baseline`).status, 2);
    assert.equal(folder.read('known.json'), before);
  });
});

describe('With --baseline', () => {
  test('what is known is left out', (t) => {
    const { status, stdout } = accepted(t).run(CHECK);
    assert.equal(stdout, 'Nothing new is reported unused in 1 policy; 2 known problems not shown\n');
    assert.equal(status, 0);
  });

  test('what is known may move', (t) => {
    const folder = accepted(t);
    const { Statement } = JSON.parse(policy);
    const first = { Effect: 'Allow', Action: 'ec2:*', Resource: '*' };
    folder.write({
      'policy.json': `\n\n${JSON.stringify({ Version: '2012-10-17', Statement: [first, ...Statement] })}`,
    });
    assert.equal(folder.run(CHECK).status, 0);
  });

  test('what is new is shown and counted, and nothing else', (t) => {
    const folder = accepted(t);
    folder.write({ 'policy.json': policyOf('s3:Get*', 's3:Put*', 's3:PutObject') });
    const { status, stdout } = folder.run(CHECK);
    assert.match(
      stdout,
      /^policy\.json:7:9 {2}'s3:Put\*' .*\n.*\n.*\n\n1 problem in 1 of 1 policy: 1 of 4 granted actions unused; 2 known problems not shown\n$/,
    );
    assert.equal(status, 1);
  });

  test('the same once more is new', (t) => {
    const folder = accepted(t);
    folder.write({ 'policy.json': policyOf('s3:Get*', 's3:PutObject', 's3:PutObject') });
    assert.match(folder.run(CHECK).stdout, /^policy\.json:8:9 /);
  });

  test('a file that several paths lead to is the same file', (t) => {
    const folder = accepted(t);
    assert.equal(folder.run(CHECK.replace('policy.json', 'policy.json ./policy.json')).status, 0);
    folder.run(`${CHECK.replace('policy.json', 'policy.json ./policy.json')} --update-baseline`);
    assert.doesNotMatch(folder.read('known.json'), /count/);
  });

  test('the same in another file is new', (t) => {
    const folder = accepted(t);
    folder.write({ 'other.json': policy });
    assert.equal(folder.run(CHECK.replace('policy.json', 'policy.json other.json')).status, 1);
  });

  test('the folder in which it is run does not matter', (t) => {
    const folder = accepted(t);
    folder.write({ 'in/empty.txt': '' });
    const command = `check ../policy.json -f ../unused.json --catalogue ../catalogue.json --baseline ../known.json`;
    assert.equal(folder.run(command, '', 'in').status, 0);
  });

  test('what is gone is worth a line', (t) => {
    const folder = accepted(t);
    folder.write({ 'policy.json': policyOf('s3:Get*', 'ec2:*') });
    const { status, stderr } = folder.run(CHECK);
    assert.match(
      stderr,
      /1 problem that known\.json accepts cannot be found any more; --update-baseline forgets what is gone/,
    );
    assert.equal(status, 0);
  });

  for (const format of ['json', 'sarif', 'github']) {
    test(`the format ${format} has no more than what is new`, (t) => {
      const { status, stdout } = accepted(t).run(`${CHECK} --format ${format}`);
      assert.doesNotMatch(stdout, /"marks":\[\{|"ruleId"|::warning/);
      assert.equal(status, 0);
    });
  }

  const wrong: Readonly<Record<string, [text: string | undefined, stderr: RegExp]>> = {
    'that does not exist': [
      undefined,
      /--baseline known\.json: there is no such file or folder; write it with --update/,
    ],
    'that is no JSON': ['{', /--baseline known\.json: it is not valid JSON; write it/],
    'that is another file': ['[]', /--baseline known\.json: it is no baseline; write it/],
    'with a list missing': ['{"problems": {"a": 1}}', /it is no baseline: 'a' must have a list/],
    'with an odd problem': ['{"problems": {"a": [1]}}', /it is no baseline: a problem of 'a' has no "code"/],
  };
  for (const [name, [text, expected]] of Object.entries(wrong)) {
    test(`${name} nothing is checked`, (t) => {
      const folder = new Folder(t, text === undefined ? {} : { 'known.json': text });
      const { status, stdout, stderr } = folder.run(CHECK);
      assert.match(stderr, expected);
      assert.equal(stdout, '');
      assert.equal(status, 2);
    });
  }

  test('--update-baseline needs it', (t) => {
    const { status, stderr } = new Folder(t).run('check policy.json -f unused.json --update-baseline');
    assert.match(stderr, /option '--update-baseline' needs the file that '--baseline <file>' names/);
    assert.equal(status, 2);
  });
});

describe('--max-unused', () => {
  const cases = { '0': 1, '1': 1, '2': 0, '100': 0 };
  for (const [max, status] of Object.entries(cases)) {
    test(`${max} gives the exit status ${status} where 2 actions are unused`, (t) => {
      const run = new Folder(t).check(`policy.json -f unused.json --max-unused ${max}`);
      assert.match(run.stdout, /2 problems in 1 of 1 policy: 2 of 4 granted actions unused/);
      assert.equal(run.status, status);
    });
  }

  test('counts what is new only', (t) => {
    const folder = accepted(t);
    folder.write({ 'policy.json': policyOf('s3:Get*', 's3:Put*', 's3:PutObject') });
    assert.equal(folder.run(`${CHECK} --max-unused 1`).status, 0);
  });

  for (const value of ['-1', 'many', '1.5']) {
    test(`takes no '${value}'`, (t) => {
      const { status, stderr } = new Folder(t).check(`policy.json -f unused.json --max-unused ${value}`);
      assert.match(stderr, /It is a whole number, such as 0 or 25/);
      assert.equal(status, 2);
    });
  }
});
