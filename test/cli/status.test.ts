import assert from 'node:assert/strict';
import { chmodSync, symlinkSync } from 'node:fs';
import { describe, test } from 'node:test';
import { Folder, policy, policyOf, refined, unused } from '../support/cli.ts';
import { answer } from '../support/jsonFindings.ts';

const APP = 'arn:aws:iam::111111111111:role/App';

const files = {
  'none.json': '[]',
  'fine.json': policyOf('ec2:*'),
  'all.json': policyOf('s3:PutObject'),
  'empty.json': '',
  'broken.json': policy.slice(0, -3),
  'deep.json': `{"Statement": ${'['.repeat(10_000)}`,
  'latin1.json': Buffer.from([0x22, 0xe9, 0x22]),
  'config.json': '{"a": 1}',
  'app.json': JSON.stringify(answer(APP, { s3: ['PutObject'] })),
  'archived.json': JSON.stringify(answer(APP, { s3: 'whole' }, { status: 'ARCHIVED' })),
  'listing.json': JSON.stringify({ findings: [{ id: '1', findingType: 'UnusedPermission', resource: APP }] }),
  'odd.json': JSON.stringify([{ serviceNamespace: 's3', actions: ['PutObject', 'Get*'] }]),
};

describe('The exit status is 0', () => {
  const cases: Readonly<Record<string, [command: string, stderr: RegExp]>> = {
    'when something was refined': [
      'refine policy.json -f unused.json',
      /^policy\.json: 2 unused actions removed \(1 from wildcards\)/,
    ],
    'when nothing is unused': ['refine fine.json -f unused.json', /^fine\.json: Nothing to refine: none of the/],
    'when a policy has to be detached': [
      'refine all.json -f unused.json',
      /^all\.json: All that this policy grants is unused\. Detach it/,
    ],
    'when no findings apply': ['refine policy.json fine.json -f app.json', /no findings apply to 2 policies:/],
    'when there is no policy': [
      'refine config.json -f unused.json',
      /^config\.json: There is no IAM policy in this file\n$/,
    ],
    'when there are no findings': [
      'refine policy.json -f none.json',
      /^iam-policy-refiner: none\.json: no ACTIVE finding in it names unused permissions\n/,
    ],
    'when the findings are not ACTIVE': [
      'refine policy.json -f archived.json',
      /^iam-policy-refiner: archived\.json: no ACTIVE finding in it names unused permissions\n/,
    ],
    'for the version': ['--version', /^$/],
    'for help': ['--help', /^$/],
    'for help on refining': ['refine --help', /^$/],
  };
  for (const [name, [command, stderr]] of Object.entries(cases)) {
    test(name, (t) => {
      const run = new Folder(t, files).run(command.split(' '));
      assert.match(run.stderr, stderr);
      assert.equal(run.status, 0);
    });
  }
});

describe('The exit status is 2', () => {
  const cases: Readonly<Record<string, [command: string, stderr: RegExp]>> = {
    'for a path that does not exist': [
      'refine nowhere.json -f unused.json',
      /error: nowhere\.json: there is no such file or folder/,
    ],
    'for a path that cannot be read': ['refine loop.json -f unused.json', /error: loop\.json: too many symbolic links/],
    'for a path below a file': ['refine policy.json/x -f unused.json', /error: policy\.json\/x: /],
    'for an empty path': ['refine  -f unused.json', /error: : there is no such file or folder/],
    'for broken JSON': [
      'refine broken.json -f unused.json',
      /error: broken\.json:\d+: JSON syntax error: .*; the file is left as it is/,
    ],
    'for JSON that nests too deep': [
      'refine deep.json -f unused.json',
      /error: deep\.json:1: Nested deeper than 500 levels/,
    ],
    'for a text that is no UTF-8': ['refine latin1.json -f unused.json', /error: latin1\.json: it is not UTF-8 text/],
    'for findings that do not exist': [
      'refine policy.json -f nowhere.json',
      /error: nowhere\.json: there is no such file/,
    ],
    'for findings that link to themselves': [
      'refine policy.json -f loop.json',
      /error: loop\.json: too many symbolic links/,
    ],
    'for findings that link to nothing': [
      'refine policy.json -f dangling.json',
      /error: dangling\.json: there is no such/,
    ],
    'for a path that links to nothing': [
      'refine dangling.json -f unused.json',
      /error: dangling\.json: there is no such/,
    ],
    'for findings that are a folder': ['refine policy.json -f .', /error: \.: it is a folder/],
    'for findings that are no JSON': [
      'refine policy.json -f broken.json',
      /error: broken\.json: Not valid JSON: .* \(at offset \d+\)/,
    ],
    'for findings that are empty': ['refine policy.json -f empty.json', /error: empty\.json: The file is empty/],
    'for findings of unknown shape': [
      'refine policy.json -f config.json',
      /error: config\.json: Not a known findings export/,
    ],
    'for findings without action names': ['refine policy.json -f listing.json', /error: listing\.json: /],
    'for findings with something that makes no sense': [
      'refine policy.json -f odd.json',
      /error: odd\.json: 'Get\*' is not the name of an action of 's3' \(at \/0\/actions\/1\)/,
    ],
    'for a keep pattern that is no action': [
      'refine policy.json -f unused.json -k GetObject',
      /error: --keep GetObject: it is no action such as 's3:GetObject'/,
    ],
    'for an unknown principal': ['refine policy.json -f app.json -p Nobody', /error: --principal Nobody: no finding/],
    'for a catalogue that does not exist': [
      'refine policy.json -f unused.json --catalogue nowhere.json',
      /error: --catalogue nowhere\.json: there is no such file/,
    ],
    'without findings': ['refine policy.json', /required option '-f, --findings <file\.\.\.>' not specified/],
    'without a path': ['refine -f unused.json', /missing required argument 'path'/],
    'for an option without its value': ['refine policy.json -f', /argument missing/],
    'for an unknown option': ['refine policy.json -f unused.json --wriet', /unknown option '--wriet'/],
    'for an unknown command': ['refnie policy.json', /unknown command 'refnie'/],
    'without a command': ['', /Usage: iam-policy-refiner/],
    'for --write and --diff': ['refine policy.json -f unused.json --write --diff', /cannot be used with option/],
    'for --write and --json': ['refine policy.json -f unused.json --json --write', /cannot be used with option/],
    'for --diff and --json': ['refine policy.json -f unused.json --diff --json', /cannot be used with option/],
  };
  for (const [name, [command, stderr]] of Object.entries(cases)) {
    test(name, (t) => {
      const folder = new Folder(t, files);
      symlinkSync('loop.json', folder.at('loop.json'));
      symlinkSync('nowhere.json', folder.at('dangling.json'));
      const run = folder.run(command === '' ? [] : command.split(' '));
      assert.match(run.stderr, stderr);
      assert.doesNotMatch(run.stderr, /this should not have happened|\n {4}at /);
      assert.equal(run.status, 2);
    });
  }
});

describe('What is wrong is named, and the rest goes on', () => {
  test('behind a path that does not exist', (t) => {
    const { status, stdout } = new Folder(t).refine('nowhere.json policy.json -f unused.json');
    assert.equal(stdout, refined);
    assert.equal(status, 2);
  });

  test('behind findings that cannot be read', (t) => {
    const { status, stdout, stderr } = new Folder(t).refine('policy.json -f nowhere.json unused.json');
    assert.match(stderr, /error: nowhere\.json: /);
    assert.equal(stdout, refined);
    assert.equal(status, 2);
  });

  test('behind what may not be read: findings, policies and folders', (t) => {
    const folder = new Folder(t, { 'secret.json': unused, 'locked/policy.json': policy, 'closed/policy.json': policy });
    for (const path of ['secret.json', 'locked/policy.json', 'closed']) chmodSync(folder.at(path), 0o000);
    const { status, stdout, stderr } = folder.runAsPlainUser(
      'refine locked closed policy.json -f secret.json unused.json --catalogue catalogue.json',
    );
    // Only who may look into it can delete it after the test.
    chmodSync(folder.at('closed'), 0o700);
    for (const path of ['secret.json', 'locked/policy.json', 'closed'])
      assert.equal(stderr.split(`error: ${path}: permission denied\n`).length, 2, stderr);
    assert.equal(stdout, refined);
    assert.equal(status, 2);
  });

  test('and links that are named are followed', (t) => {
    const folder = new Folder(t);
    symlinkSync('policy.json', folder.at('link'));
    symlinkSync('unused.json', folder.at('link-to-findings'));
    const { status, stdout } = folder.refine('link -f link-to-findings');
    assert.equal(stdout, refined);
    assert.equal(status, 0);
  });

  test('but without any findings nothing is printed that could be taken for refined', (t) => {
    const { stdout } = new Folder(t).refine('policy.json -f nowhere.json');
    assert.equal(stdout, '');
  });
});

test('Whoever reads the output may stop early', async (t) => {
  const large = policy.replace(
    '"*"',
    JSON.stringify(Array.from({ length: 20_000 }, (_, i) => `arn:aws:s3:::bucket-${i}`)),
  );
  const folder = new Folder(t, { 'large.json': large, 'fine.json': policyOf('ec2:*') });
  const { status, stdout, stderr } = await folder.runAndHangUp('refine large.json large.json fine.json -f unused.json');
  assert.equal(stdout.length > 0, true);
  assert.doesNotMatch(stderr, /EPIPE|Error|should not have happened/);
  assert.equal(status, 141);
});
