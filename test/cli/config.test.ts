import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { describe, test } from 'node:test';
import { Folder, policy, policyOf, refined, unused } from '../support/cli.ts';
import { answer } from '../support/jsonFindings.ts';

const APP = 'arn:aws:iam::111111111111:role/App';
const CONFIG = 'iam-policy-refiner.json';
const CHECK = 'check policy.json -f unused.json --catalogue catalogue.json';

const config = (settings: object) => ({ [CONFIG]: JSON.stringify(settings) });

describe('The configuration file', () => {
  test('says what the options would', (t) => {
    const folder = new Folder(t, config({ findings: ['unu*.json'], keep: ['s3:Put*'], catalogue: 'catalogue.json' }));
    const { status, stdout } = folder.run('refine policy.json');
    assert.equal(stdout, policyOf('s3:GetObject*', 's3:PutObject'));
    assert.equal(status, 0);
  });

  test('is found in a folder above, and its paths lead on from there', (t) => {
    const folder = new Folder(t, {
      ...config({ findings: ['unused.json'], catalogue: 'catalogue.json' }),
      'in/deep/policy.json': policy,
    });
    const { stdout, stderr } = folder.run('refine policy.json', '', 'in/deep');
    assert.equal(stdout, refined);
    assert.match(stderr, /of the 9 actions known on 2026-01-01/);
  });

  test('is the nearest', (t) => {
    const folder = new Folder(t, {
      ...config({ keep: ['s3:*'] }),
      'in/iam-policy-refiner.json': '{}',
      'in/policy.json': policy,
    });
    const command = 'check policy.json -f ../unused.json --catalogue ../catalogue.json';
    assert.equal(folder.run(command, '', 'in').status, 1);
    assert.equal(folder.run(CHECK).status, 0);
  });

  test('may have another name, and then it is the only one', (t) => {
    const folder = new Folder(t, { ...config({ kep: 1 }), 'ci/strict.json': '{"keep": ["s3:*"], "$schema": "x"}' });
    assert.equal(folder.run(`${CHECK} --config ci/strict.json`).status, 0);
  });

  test('says whose findings apply to which files', (t) => {
    const folder = new Folder(t, {
      ...config({ principals: { 'policies/app*.json': ['App'], 'policies/app-none.json': [] } }),
      'policies/app-1.json': policyOf('s3:PutObject', 'ec2:*'),
      'policies/app-none.json': policyOf('s3:PutObject', 'ec2:*'),
      'other.json': policyOf('s3:PutObject', 'ec2:*'),
      'app.findings.json': JSON.stringify(answer(APP, { s3: ['PutObject'] })),
    });
    const { stdout } = folder.run('check policies other.json --format github');
    assert.match(stdout, /^::warning file=policies\/app-1\.json,.*\n1 problem in 1 of 3 policies: .* 2 of them\n$/);
    assert.match(folder.run('check app-1.json --format github', '', 'policies').stdout, /^::warning file=app-1\.json,/);
  });

  test('says how wildcards are written, what is old, and how bad it is', (t) => {
    const report = {
      JobStatus: 'COMPLETED',
      JobType: 'SERVICE_LEVEL',
      JobCreationDate: '2026-06-30T00:00:00Z',
      JobCompletionDate: '2026-06-30T00:00:01Z',
      ServicesLastAccessed: [
        {
          ServiceName: 'S3',
          ServiceNamespace: 's3',
          LastAuthenticated: '2026-06-01T00:00:00Z',
          LastAuthenticatedEntity: APP,
          TotalAuthenticatedEntities: 1,
        },
      ],
      IsTruncated: false,
    };
    const folder = new Folder(t, {
      ...config({ generalization: 'exact', unusedAccessAge: 7, severity: 'error' }),
      'App.last-accessed.json': JSON.stringify(report),
      'App.json': policyOf('s3:PutObject', 'ec2:*'),
    });
    assert.match(folder.run('check App.json --format github').stdout, /^::error file=App\.json,/);
    assert.match(folder.run('check App.json --format github --severity hint').stdout, /^::notice /);
    assert.equal(folder.run('check App.json --unused-access-age 90').status, 0);
    assert.equal(folder.refine('policy.json -f unused.json').stdout, policyOf('s3:GetObject', 's3:GetObjectAcl'));
  });

  test('gives way to the options', (t) => {
    const folder = new Folder(t, config({ keep: ['s3:*'], findings: ['nowhere.json'], catalogue: 'nowhere.json' }));
    assert.equal(folder.run(CHECK).status, 0);
    assert.equal(folder.run(`${CHECK} --keep ec2:*`).status, 1);
  });

  test('takes the findings that the editor takes, and no others, where it names none', (t) => {
    const folder = new Folder(t, {
      ...config({}),
      'x.findings.json': JSON.stringify([{ serviceNamespace: 's3', actions: ['PutObject'] }]),
      'in/y.findings.json': JSON.stringify([{ serviceNamespace: 's3', actions: ['GetObject'] }]),
      'other-findings.json': '{"findings": 3, "version": "1"}',
      'node_modules/y.findings.json': JSON.stringify([{ serviceNamespace: 's3' }]),
    });
    const { status, stdout, stderr } = folder.run('check policy.json');
    assert.match(stdout, /^policy\.json:7:9 .*\n.*\n.*\n\n1 problem/);
    assert.equal(stderr, '');
    assert.equal(status, 1);
  });

  test('may have comments, which say why', (t) => {
    const folder = new Folder(t, { [CONFIG]: '{\n  // the auditors\n  "keep": ["s3:*",],\n}\n' });
    assert.equal(folder.run(CHECK).status, 0);
  });

  test('says that what concerns the editor alone has no effect', (t) => {
    const folder = new Folder(t, config({ enable: false, codeLens: { enable: false } }));
    const { status, stderr } = folder.run(CHECK);
    assert.match(stderr, /iam-policy-refiner\.json: "enable" concerns the editor alone, and has no effect here\n/);
    assert.equal(status, 1);
  });

  test('is not looked for outside the repository', (t) => {
    const folder = new Folder(t, { ...config({ keep: ['s3:*'] }), 'repo/.git/HEAD': 'ref: refs/heads/main\n' });
    folder.write({ 'repo/in/policy.json': policy, 'repo/in/unused.json': unused });
    const command = 'check policy.json -f unused.json --catalogue ../../catalogue.json';
    assert.equal(folder.run(command, '', 'repo/in').status, 1);
    folder.write({ 'repo/iam-policy-refiner.json': '{"keep": ["s3:*"]}' });
    assert.equal(folder.run(command, '', 'repo/in').status, 0);
  });

  test('is named where it decides whose findings apply', (t) => {
    const folder = new Folder(t, config({ principals: { 'policy.json': [] } }));
    const { stderr } = folder.run(CHECK);
    assert.match(stderr, /"principals" of 'iam-policy-refiner\.json' names nobody for 'policy\.json'/);
    const elsewhere = new Folder(t, {
      'ci/strict.json': '{"principals": {"*.json": "App"}}',
      'ci/policy.json': policy,
    });
    assert.match(
      elsewhere.run('check ci -f unused.json --config ci/strict.json').stderr,
      /"principals" of 'ci\/strict\.json' says 'App' for '\*\.json', and no finding is about 'App'/,
    );
  });

  test('is named where the catalogue that it names cannot be read', (t) => {
    const { stderr } = new Folder(t, config({ catalogue: 'nowhere.json' })).run('check policy.json -f unused.json');
    assert.match(stderr, /error: iam-policy-refiner\.json: "catalogue" 'nowhere\.json': there is no such file/);
  });

  test('makes the names of folders count from its own folder on, whatever the PATH', (t) => {
    const files = {
      'roles/App/inline.json': policyOf('s3:PutObject', 'ec2:*'),
      'app.findings.json': JSON.stringify(answer(APP, { s3: ['PutObject'] })),
    };
    const command = 'check roles/App/inline.json --format github';
    assert.match(new Folder(t, { ...config({}), ...files }).run(command).stdout, /^::warning file=roles\/App\/inline/);
  });
});

describe('A nearer configuration file', () => {
  const files = {
    'in/deep/one.json': policy,
    'in/two.json': policy,
    'in/iam-policy-refiner.json': '{"keep": ["s3:*"]}',
  };
  const refusal =
    /error: in\/iam-policy-refiner\.json: it holds for the files of its folder, which are left alone: run this in 'in' for them, or name one file for all with --config\n/;

  for (const [name, more] of [
    ['than the one in use', config({})],
    ['where none is in use', {}],
  ] as const)
    test(`${name} is not passed over: its files are left alone, and the rest goes on`, (t) => {
      const folder = new Folder(t, { ...files, ...more });
      const { status, stdout, stderr } = folder.run(
        'check . -f unused.json --catalogue catalogue.json --format github',
      );
      assert.match(
        stdout,
        /^::warning file=policy\.json,.*\n::warning file=policy\.json,.*\n2 problems in 1 of 1 policy:/,
      );
      assert.match(stderr, refusal);
      assert.equal(stderr.match(/left alone/g)?.length, 1);
      assert.equal(status, 2);
    });

  test('counts beside the working folder and above it, too', (t) => {
    const folder = new Folder(t, { ...files, 'ci/iam-policy-refiner.json': '{}', 'ci/three.json': policy });
    const check = (paths: string) =>
      folder.run(`check ${paths} -f ../unused.json --catalogue ../catalogue.json`, '', 'ci');
    assert.match(
      check('../in three.json').stderr,
      /error: \.\.\/in\/iam-policy-refiner\.json: it holds .* left alone: run this in '\.\.\/in' for them/,
    );
    assert.match(check('../in three.json').stdout, /in 1 of 1 policy/);
    folder.write({ 'iam-policy-refiner.json': '{"keep": ["s3:*"]}' });
    const { status, stderr } = check('../policy.json three.json');
    assert.match(stderr, /error: \.\.\/iam-policy-refiner\.json: it holds .* left alone: run this in '\.\.' for them/);
    assert.equal(status, 2);
  });

  test('is the one in use where a symbolic link leads to it', (t) => {
    const folder = new Folder(t, { ...config({}) });
    symlinkSync('.', folder.at('link'));
    const check = `check ${folder.at('link')}/policy.json -f unused.json --catalogue catalogue.json`;
    assert.doesNotMatch(folder.run(check).stderr, /left alone/);
  });

  test('does not count where one is named', (t) => {
    const folder = new Folder(t, { ...files, 'ci.json': '{}' });
    const { status, stderr } = folder.run('check in -f unused.json --catalogue catalogue.json --config ci.json');
    assert.doesNotMatch(stderr, /left alone/);
    assert.equal(status, 1);
  });
});

describe('A configuration file is refused', () => {
  const cases: Readonly<Record<string, [text: string, stderr: RegExp]>> = {
    'with a spelling mistake': ['{"kep": []}', /iam-policy-refiner\.json: "kep" is no setting; did you mean "keep"\?/],
    'with the prefix of the settings': ['{"iamPolicyRefiner.keep": []}', /is no setting; did you mean "keep"\?/],
    'with a name like no other': ['{"somethingElse": 1}', /"somethingElse" is no setting\n/],
    'with a name that every object has': ['{"constructor": 1}', /"constructor" is no setting\n/],
    'with a text for a list': ['{"keep": "s3:*"}', /"keep" must be a list of actions such as/],
    'with null': ['{"findings": null}', /"findings" must be a list of globs such as/],
    'with an odd choice': ['{"generalization": "none"}', /"generalization" must be "prefix" or "exact"/],
    'with a pattern that is no action': ['{"keep": ["Get"]}', /'Get' of "keep" is no action such as/],
    'that is no JSON': ['{\n"keep": [}', /iam-policy-refiner\.json: it is not valid JSON: value expected in line 2\n/],
    'that is empty': ['', /it must be an object such as/],
    'that says something twice': ['{"keep": ["s3:*"], "keep": []}', /"keep" stands here twice/],
    'that nests too deep': ['['.repeat(600), /it nests too deep/],
    'that is a list': ['[]', /it must be an object such as/],
    'that finds no findings': ['{"findings": ["nowhere/*.json"]}', /its "findings" match no file; name them with --f/],
  };
  for (const [name, [text, expected]] of Object.entries(cases)) {
    test(name, (t) => {
      const folder = new Folder(t, { [CONFIG]: text });
      const { status, stdout, stderr } = folder.run('check policy.json --catalogue catalogue.json');
      assert.match(stderr, expected);
      assert.doesNotMatch(stderr, /this should not have happened/);
      assert.equal(stdout, '');
      assert.equal(status, 2);
    });
  }

  test('with all that is wrong, a line each', (t) => {
    const { stderr } = new Folder(t, config({ kep: [], enable: 1, catalogue: 3 })).run(CHECK);
    assert.equal(
      stderr,
      `iam-policy-refiner: error: ${CONFIG}: "kep" is no setting; did you mean "keep"?
iam-policy-refiner: error: ${CONFIG}: "enable" must be true or false
iam-policy-refiner: error: ${CONFIG}: "catalogue" must be the path of a JSON file
`,
    );
  });

  test('that is named and does not exist', (t) => {
    const { status, stderr } = new Folder(t).run(`${CHECK} --config nowhere.json`);
    assert.match(stderr, /error: nowhere\.json: there is no such file or folder/);
    assert.equal(status, 2);
  });
});
