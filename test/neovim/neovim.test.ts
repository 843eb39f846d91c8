import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { obtainProgram } from '../programs/obtainPrograms.mjs';
import { ARTICLE_FILES, POLICY, REFINED } from '../protocol/support/article.ts';
import { plainFindings } from '../protocol/support/samples.ts';
import { BUNDLE } from '../protocol/support/serverProcess.ts';
import { documentedSettings } from '../support/documentedSettings.ts';

const SESSION = fileURLToPath(new URL('./session.lua', import.meta.url));

/** Policies on one line, with characters of two and four bytes before what is marked; the settings keep what is of KMS. */
const OTHERS: Readonly<Record<string, string>> = {
  'one line é😀.json':
    '{"Statement": [{"Sid": "é😀", "Effect": "Allow", "Action": ["kms:Decrypt", "lambda:AddPermission"], "Resource": "*"}]}\n',
  'template.yaml':
    'Statement: [{Sid: é😀, Effect: Allow, Action: [kms:Decrypt, lambda:AddPermission], Resource: "*"}]\n',
  'main.tf':
    'resource "aws_iam_policy" "é" { policy = jsonencode({ Statement = [{ Sid = "😀", Effect = "Allow", Action = ["kms:Decrypt", "lambda:AddPermission"], Resource = "*" }] }) }\n',
};

interface Mark {
  readonly line: number;
  readonly text: string;
  readonly severity: number;
  readonly source: string;
  readonly code: string;
}

interface Session {
  readonly error?: string;
  readonly marks: readonly Mark[];
  readonly hover: string;
  readonly titles: readonly string[];
  readonly fixed: string;
  readonly refined: string;
  readonly undone: string;
  readonly others: Readonly<Record<string, { readonly marks: readonly Mark[]; readonly refined: string }>>;
  readonly clients: number;
}

const folder = mkdtempSync(path.join(tmpdir(), 'refiner-neovim-'));
after(() => rmSync(folder, { recursive: true }));
const session = runSession();

test('Neovim runs the session with the documented settings', () => {
  assert.equal(session.error, undefined);
});

test('Neovim marks the entries that the server names', () => {
  const [first, last] = [session.marks[0], session.marks.at(-1)];
  assert.equal(session.marks.length, 9);
  const common = { severity: 2, source: 'iam-policy-refiner' };
  assert.deepEqual(first, {
    ...common,
    line: lineOf('lambda:AddPermission'),
    text: '"lambda:AddPermission"',
    code: 'unused-action',
  });
  assert.deepEqual(last, { ...common, line: lineOf('s3:Get*'), text: '"s3:Get*"', code: 'overbroad-wildcard' });
});

test('Neovim shows the hover and the quick fixes', () => {
  assert.match(session.hover, /22 unused/);
  assert.match(session.titles[0] ?? '', /^Replace 's3:Get\*'/);
});

test('Neovim makes a quick fix, and takes it back', () => {
  assert.equal(session.fixed, POLICY.replace(/ *"lambda:AddPermission",\n/, ''));
});

test("The documented command makes of the article's policy what AWS recommends, in one edit", () => {
  assert.equal(session.refined, REFINED);
  assert.equal(session.undone, POLICY);
});

for (const [file, text] of Object.entries(OTHERS)) {
  test(`Neovim finds the right bytes behind those that are no ASCII, and keeps what the settings say: ${file}`, () => {
    const { marks, refined } = session.others[file] ?? assert.fail('it was not opened');
    assert.deepEqual(
      marks.map((mark) => mark.text.replaceAll('"', '')),
      ['lambda:AddPermission'],
    );
    assert.equal(refined, text.replace(/, "?lambda:AddPermission"?/, ''));
  });
}

test('The settings for every Neovim are sound Lua', () => {
  for (const heading of ['Neovim 0.7 to 0.10', 'Neovim 0.11 and newer']) {
    const file = path.join(folder, 'settings.lua');
    writeFileSync(file, documentedSettings(heading, 'lua'));
    const check = `lua local _, why = loadfile([[${file}]]); if why then print(why); vim.cmd('cquit') end`;
    const args = ['--headless', '--clean', '-c', check, '-c', 'qall!'];
    const { status, stderr } = spawnSync(obtainProgram('nvim'), args, { encoding: 'utf8' });
    assert.equal(status, 0, `${heading}: ${stderr}`);
  }
});

test('One server serves all files of a folder', () => {
  assert.equal(session.clients, 1);
});

/** Runs the session in a folder of Git, as a user whose whole configuration is what we document. */
function runSession(): Session {
  const neovim = obtainProgram('nvim');
  const workspace = path.join(folder, 'work ümläut');
  const later = plainFindings({ lambda: ['AddPermission'], kms: ['Decrypt'] });
  write(workspace, { ...ARTICLE_FILES, ...OTHERS, 'later.json': later, '.git/HEAD': '' });
  write(folder, {
    'config/nvim/init.lua': documentedSettings(headingFor(neovim), 'lua'),
    'bin/iam-policy-refiner-server': `#!/bin/sh\nexec '${process.execPath}' '${BUNDLE}' "$@"\n`,
  });
  chmodSync(path.join(folder, 'bin/iam-policy-refiner-server'), 0o755);
  const result = path.join(folder, 'result.json');
  const { status, stdout, stderr } = spawnSync(neovim, ['--headless', '-n', '-i', 'NONE', '-c', `luafile ${SESSION}`], {
    cwd: workspace,
    encoding: 'utf8',
    timeout: 240_000,
    env: {
      ...process.env,
      PATH: `${path.join(folder, 'bin')}${path.delimiter}${process.env.PATH}`,
      XDG_CONFIG_HOME: path.join(folder, 'config'),
      XDG_DATA_HOME: path.join(folder, 'data'),
      XDG_STATE_HOME: path.join(folder, 'state'),
      XDG_CACHE_HOME: path.join(folder, 'cache'),
      LC_ALL: 'C.UTF-8',
      RESULT: result,
    },
  });
  assert.equal(status, 0, `${stdout}${stderr}`);
  return JSON.parse(readFileSync(result, 'utf8'));
}

/** Under which heading the settings for this Neovim are. */
function headingFor(neovim: string): string {
  const { stdout } = spawnSync(neovim, ['--version'], { encoding: 'utf8' });
  const [, major = 0, minor = 0] = /^NVIM v(\d+)\.(\d+)/.exec(stdout) ?? [];
  return Number(major) > 0 || Number(minor) >= 11 ? 'Neovim 0.11 and newer' : 'Neovim 0.7 to 0.10';
}

function write(root: string, files: Readonly<Record<string, string>>): void {
  for (const [file, text] of Object.entries(files)) {
    const target = path.join(root, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
}

function lineOf(part: string): number {
  return POLICY.slice(0, POLICY.indexOf(part)).split('\n').length - 1;
}
