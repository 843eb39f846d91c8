import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { describe, type TestContext, test } from 'node:test';
import { CLI, Folder, policy, policyOf, type Run, refined } from '../support/cli.ts';
import { answer } from '../support/jsonFindings.ts';

const role = (name: string) => `arn:aws:iam::111111111111:role/${name}`;

/** Files of all kinds, some of them broken, with findings about several roles. */
const mixed = {
  'all/App.json': policyOf('s3:Get*', 's3:PutObject'),
  'all/Broken.json': policy.slice(0, -4),
  'all/Other/inline.json': policyOf('s3:PutObject', 'ec2:*', 'iam:GetRole'),
  'all/Other/none.json': policyOf('s3:ListBucket'),
  'all/big.json': policyOf(...Array.from({ length: 600 }, (_, index) => `s3:Get*${index}`), 's3:*'),
  'all/config/package.json': '{"name": "x"}',
  'all/empty/notes.txt': 'no policy',
  'all/latin1.json': Buffer.from(policy.replace('"*"', '"é"'), 'latin1'),
  'all/module/main.tf': `data "aws_iam_policy_document" "app" {
  statement {
    actions   = ["s3:Get*", "s3:PutObject"]
    resources = ["*"]
  }
}
`,
  'all/module/role.tf': `resource "aws_iam_role" "app" {
  name = "App"
}

resource "aws_iam_role_policy" "app" {
  role   = aws_iam_role.app.id
  policy = data.aws_iam_policy_document.app.json
}
`,
  'all/near/iam-policy-refiner.json': '{"keep": ["s3:*"]}',
  'all/near/App.json': policyOf('s3:*'),
  'all/nobody.json': policyOf('s3:*'),
  'all/template.yaml': `Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: Other
      ManagedPolicyArns: [arn:aws:iam::aws:policy/ReadOnlyAccess]
      Policies:
        - PolicyName: a
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action: ['s3:Get*', 'ec2:RunInstances']
                Resource: '*'
`,
  ...Object.fromEntries(
    Array.from({ length: 30 }, (_, index) => [`all/roles/App/${index}.json`, policyOf('s3:Get*', 'ec2:RunInstances')]),
  ),
  'findings.json': JSON.stringify([
    answer(role('App'), { s3: ['GetBucketAcl', 'PutObject'], iam: ['GetRole'] }, { id: '1' }),
    answer(
      role('Other'),
      { s3: ['PutObject', 'GetObjectAcl'], ec2: ['RunInstances', 'DescribeInstances'] },
      { id: '2' },
    ),
    answer(role('Unseen'), { s3: ['PutObject'] }, { id: '3' }),
  ]),
  'baseline.json': JSON.stringify({
    problems: {
      'all/App.json': [{ code: 'unused-action', text: 's3:PutObject' }],
      'all/Other/none.json': [{ code: 'unused-action', text: 's3:ListBucket' }],
    },
  }),
};

function mixedFolder(t: TestContext): Folder {
  const folder = new Folder(t, mixed);
  symlinkSync('../nobody.json', folder.at('all/Other/link.json'));
  return folder;
}

describe('The output is that of one thread on three', () => {
  const commands = [
    'refine all -f findings.json',
    'refine all -f findings.json --diff',
    'refine all -f findings.json --json',
    'refine all -f findings.json --exact --json',
    'refine all -f unused.json --keep s3:Get* --diff',
    'refine all nowhere.json policy.json all/App.json - -f findings.json',
    'refine all nowhere.json policy.json all/App.json - -f findings.json --json',
    'check all -f findings.json',
    'check all -f findings.json --format json',
    'check all -f findings.json --format sarif',
    'check all -f findings.json --format github --severity error',
    'check all -f findings.json --baseline baseline.json --format json',
    'check all -f findings.json --baseline baseline.json --max-unused 2',
    'check all policy.json nowhere - -f findings.json unused.json --require-findings',
    'check all all/App.json ./all/App.json -f findings.json --format sarif',
    'check all/empty -f findings.json --format sarif',
    'check all/empty -f findings.json --format json',
    'check all -f nowhere.json',
    'check all -f findings.json --baseline nowhere.json',
  ];
  for (const command of commands) {
    test(`of ${command}`, (t) => {
      const folder = mixedFolder(t);
      const [one, three] = [1, 3].map((jobs) =>
        folder.run(`${command} --catalogue catalogue.json --jobs ${jobs}`, policyOf('s3:*')),
      );
      assert.deepEqual(three, one);
    });
  }

  /** What a command says, and what the folder holds then. */
  function left(t: TestContext, command: string, jobs: number): [Run, Record<string, string>] {
    const folder = mixedFolder(t);
    const run = folder.run(`${command} --catalogue catalogue.json --jobs ${jobs}`, policy);
    const files = readdirSync(folder.path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const texts = files.map(({ parentPath, name }) => {
      const file = `${parentPath}/${name}`;
      return [file.slice(folder.path.length), readFileSync(file, 'latin1')] as const;
    });
    return [run, Object.fromEntries(texts)];
  }

  const writing = [
    'refine all -f findings.json --write',
    'refine all/roles policy.json all/App.json - -f findings.json unused.json --write',
    'refine all all/App.json -f findings.json --write',
    'check all -f findings.json --baseline baseline.json --update-baseline',
  ];
  for (const command of writing) {
    test(`and so are the files after ${command}`, (t) => {
      const one = left(t, command, 1);
      assert.deepEqual(left(t, command, 3), one);
      assert.notEqual(one[1]['/all/App.json'], command.startsWith('refine') ? mixed['all/App.json'] : '');
    });
  }
});

describe('--jobs', () => {
  test('may be more than there are files', (t) => {
    const { status, stdout } = new Folder(t, { 'other.json': policy }).refine(
      'policy.json other.json -f unused.json --jobs 16',
    );
    assert.equal(stdout, refined + refined);
    assert.equal(status, 0);
  });

  for (const value of ['0', 'x', '-1', '1.5', '1000', '']) {
    test(`of '${value}' is bad usage`, (t) => {
      const run = new Folder(t).refine(['policy.json', '-f', 'unused.json', `--jobs=${value}`]);
      assert.match(run.stderr, /'-j, --jobs <n>' argument '.*' is invalid\. It is a number of threads from 1 to 999\./);
      assert.equal(run.status, 2);
    });
  }

  test('takes findings from a pipe, which can be read only once', (t) => {
    const folder = new Folder(t, { 'other.json': policy });
    const command = `refine policy.json other.json -f /dev/stdin --catalogue catalogue.json --jobs 2`;
    const run = spawnSync('sh', ['-c', `cat unused.json | '${process.execPath}' '${CLI}' ${command}`], {
      cwd: folder.path,
      encoding: 'utf8',
    });
    assert.equal(run.stdout, refined + refined);
    assert.equal(run.status, 0);
  });

  test('ends its threads when nobody reads on', async (t) => {
    const files = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`many/${index}.json`, long]));
    const folder = new Folder(t, files);
    const { status, stderr } = await folder.runAndHangUp('refine many -f unused.json --json --jobs 3');
    assert.equal(status, 141, stderr);
  });

  test('names the file for which a thread has not enough memory, and does the others', (t) => {
    const folder = new Folder(t, {
      'many/a.json': policy,
      'many/b.json': JSON.stringify({ Statement: Array.from({ length: 60_000 }, () => JSON.parse(long).Statement[0]) }),
      'many/c.json': policy,
      'many/d.json': policy,
    });
    const { status, stdout, stderr } = folder.run('refine many -f unused.json --jobs 2', '', '', {
      NODE_OPTIONS: '--max-old-space-size=64',
    });
    assert.equal(stdout, stdout.slice(0, stdout.length / 3).repeat(3));
    assert.match(stdout, /"s3:GetObject\*"/);
    assert.match(stderr, /^iam-policy-refiner: error: many\/b\.json: there is not enough memory for it$/m);
    assert.match(stderr, /^many\/d\.json: 2 unused actions removed/m);
    assert.equal(status, 2);
  });

  test('leaves each file as it was or as it is to be when it is interrupted', async (t) => {
    const names = Array.from({ length: 4000 }, (_, index) => `many/${index}.json`);
    const folder = new Folder(t, Object.fromEntries(names.map((name) => [name, policy])));
    const command = 'refine many -f unused.json --catalogue catalogue.json --write --jobs 3';
    const child = spawn(process.execPath, [CLI, ...command.split(' ')], {
      cwd: folder.path,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const ended = new Promise<NodeJS.Signals | null>((resolve) =>
      child.once('exit', (_code, signal) => resolve(signal)),
    );
    // It cannot end before that, because it says more than a pipe holds.
    child.stderr.once('data', () => {
      child.stderr.pause();
      child.kill('SIGINT');
      child.stderr.resume();
    });
    assert.equal(await ended, 'SIGINT');
    const texts = names.map((name) => folder.read(name));
    const written = texts.filter((text) => text === refined).length;
    assert.equal(texts.filter((text) => text === policy).length + written, names.length);
    assert.ok(written > 0);
    assert.equal(readdirSync(folder.at('many')).length, names.length, 'and no temporary file');
  });
});

const long = policyOf(...Array.from({ length: 20 }, (_, index) => `s3:Get*${index}`), 's3:*', 's3:PutObject');
