import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Folder, policy, policyOf } from '../support/cli.ts';
import { parseCommand } from '../support/workflowCommands.ts';

const EXAMPLES = fileURLToPath(new URL('../../examples', import.meta.url));

describe('--format github', () => {
  test('prints the examples as annotations', (t) => {
    const folder = new Folder(t);
    cpSync(EXAMPLES, folder.path, { recursive: true });
    const { status, stdout } = folder.run('check roles -f roles/access-analyzer.json --format github');
    assert.equal(
      stdout,
      `::warning file=roles/ReportingRole/inline.json,line=7,endLine=7,col=37,endColumn=61,title=unused-action::'sqs:SetQueueAttributes' is unused by ReportingRole: last used on 2026-02-03, analyzed on 2026-09-20: remove it
::warning file=roles/ReportingRole/inline.json,line=13,endLine=13,col=7,endColumn=29,title=unused-statement::This statement grants only unused actions: 79 actions unused by ReportingRole: remove this statement
2 problems in 1 of 1 policy: 80 of 81 granted actions unused
`,
    );
    assert.equal(status, 1);
  });

  test('says in one line what to put in place of "s3:*"', (t) => {
    const folder = new Folder(t, { 'role.json': policyOf('s3:*') });
    const [line = ''] = folder.check('role.json -f unused.json --format github').stdout.split('\n');
    assert.match(line, /::'s3:\*': 2 of 5 granted actions unused: replace it with "s3:GetObject\*", "s3:ListBucket"$/);
  });

  const commands = { error: 'error', warning: 'warning', information: 'notice', hint: 'notice' };
  for (const [severity, command] of Object.entries(commands)) {
    test(`says '${command}' for the severity '${severity}'`, (t) => {
      const { stdout } = new Folder(t).check(`policy.json -f unused.json --format github --severity ${severity}`);
      assert.match(stdout, new RegExp(`^::${command} file=policy\\.json,`));
    });
  }

  const names = {
    'with spaces and commas': 'a b, line=3.json',
    'with newlines': 'a\n::error::b.json',
    'with colons and percent signs': 'a::b%0A%3A.json',
    'with letters that are not ASCII': 'rôle/策略.json',
  };
  for (const [name, file] of Object.entries(names)) {
    test(`names a file ${name}`, (t) => {
      const folder = new Folder(t, { [file]: policy });
      const { stdout } = folder.check([file, '-f', 'unused.json', '--format', 'github']);
      const lines = stdout.trimEnd().split('\n');
      assert.equal(lines.length, 3);
      const { message, ...rest } = parseCommand(lines[0] ?? '');
      assert.deepEqual(rest, {
        command: 'warning',
        file,
        line: '6',
        endLine: '6',
        col: '9',
        endColumn: '18',
        title: 'overbroad-wildcard',
      });
      assert.equal(message, `'s3:Get*': 1 of 3 granted actions unused: replace it with "s3:GetObject*"`);
    });
  }

  test('lets no entry speak to the runner', (t) => {
    const folder = new Folder(t, {
      'odd.json': policyOf('s3:x\n::stop-commands::%0A*', 'ec2:*'),
      'whole.json': JSON.stringify([{ serviceNamespace: 's3' }]),
    });
    const lines = folder.check('odd.json -f whole.json --format github').stdout.trimEnd().split('\n');
    assert.equal(lines.length, 2);
    assert.match(lines[0] ?? '', /::'s3:x\\u000a::stop-commands::%250A\*' lies in a service that is unused as a whole/);
  });

  test('names a file from the root of the repository', (t) => {
    const folder = new Folder(t, { 'infra/role.json': policy });
    const run = (env: NodeJS.ProcessEnv) =>
      folder.run('check role.json -f ../unused.json --format github', '', 'infra', env).stdout;
    assert.match(run({ GITHUB_WORKSPACE: folder.path }), /^::warning file=infra\/role\.json,/);
    assert.match(run({}), /^::warning file=role\.json,/);
  });

  test('names no file for standard input', (t) => {
    const { stdout } = new Folder(t).check('- -f unused.json --format github', policy);
    assert.match(stdout, /^::warning line=6,/);
  });
});
