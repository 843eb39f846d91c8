import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { Folder, policyOf } from '../support/cli.ts';

const CHECK = 'check roles --findings findings.json --catalogue catalogue.json --require-findings';
const POLICY = 'roles/AppRole/inline.json';

/** Findings that say of a role what it does not use, as `aws accessanalyzer get-finding-v2` gives them. */
const findings = JSON.stringify({
  id: 'a1',
  resource: 'arn:aws:iam::123456789012:role/AppRole',
  resourceType: 'AWS::IAM::Role',
  status: 'ACTIVE',
  findingType: 'UnusedPermission',
  findingDetails: [
    {
      unusedPermissionDetails: {
        serviceNamespace: 's3',
        actions: ['GetBucketAcl', 'PutObject'].map((action) => ({ action })),
      },
    },
  ],
});

/** A repository whose role passes the check, and a branch on which somebody adds `s3:*` to it. */
function pullRequest(t: TestContext): Folder {
  const folder = new Folder(t, { [POLICY]: policyOf('ec2:RunInstances'), 'findings.json': findings });
  const git = (...args: string[]) =>
    assert.equal(
      folder.git(['-c', 'user.name=Dev', '-c', 'user.email=dev@localhost', ...args]).status,
      0,
      args.join(' '),
    );
  git('init', '--quiet', '--initial-branch=main');
  git('add', 'roles', 'findings.json');
  git('commit', '--quiet', '--message=Start');
  const base = folder.run(CHECK);
  assert.equal(base.status, 0, base.stdout);
  git('checkout', '--quiet', '-b', 'more');
  folder.write({ [POLICY]: policyOf('ec2:RunInstances', 's3:*') });
  git('commit', '--quiet', '--all', '--message=Let the app reach S3');
  return folder;
}

/** What `check` says to put in place of `s3:*`, taken out of a line as somebody would who copies it. */
function remedyIn(text: string): string {
  return /replace it with (.*)$/m.exec(text)?.[1] ?? '';
}

for (const format of ['text', 'github']) {
  test(`A pull request that adds "s3:*" fails, and the fix can be copied from what is said (${format})`, (t) => {
    const folder = pullRequest(t);
    const { status, stdout, stderr } = folder.run(`${CHECK} --format ${format}`);
    assert.equal(stderr, '');
    assert.equal(status, 1);
    const lines = stdout.split('\n').filter((line) => line.includes("'s3:*'"));
    const problem = "'s3:*': 2 of 5 granted actions unused by AppRole";
    assert.deepEqual(lines, [
      format === 'text'
        ? `${POLICY}:7:9  ${problem}  overbroad-wildcard`
        : `::warning file=${POLICY},line=7,endLine=7,col=9,endColumn=15,title=overbroad-wildcard::${problem}: replace it with "s3:GetObject*", "s3:ListBucket"`,
    ]);

    folder.write({ [POLICY]: folder.read(POLICY).replace('"s3:*"', remedyIn(stdout)) });
    assert.deepEqual(JSON.parse(folder.read(POLICY)).Statement[0].Action, [
      'ec2:RunInstances',
      's3:GetObject*',
      's3:ListBucket',
    ]);
    assert.equal(folder.run(CHECK).status, 0);
  });
}

test('A pull request on a repository with a baseline is told of what it adds, and of nothing else', (t) => {
  const folder = pullRequest(t);
  folder.git(['checkout', '--quiet', 'main']);
  folder.write({ 'roles/AppRole/old.json': policyOf('s3:PutObject', 'ec2:*') });
  folder.run(`${CHECK} --baseline known.json --update-baseline`);
  assert.equal(folder.run(`${CHECK} --baseline known.json`).status, 0);
  folder.git(['checkout', '--quiet', 'more']);
  const { status, stdout } = folder.run(`${CHECK} --baseline known.json`);
  assert.match(stdout, /^roles\/AppRole\/inline\.json:7:9 {2}'s3:\*': 2 of 5 granted/);
  assert.match(stdout, /\n1 problem in 1 of 2 policies: 2 of 9 granted actions unused; 1 known problem not shown\n$/);
  assert.equal(status, 1);
});
