import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { Progress } from '../../server/src/cli/progress.ts';
import { CLI, Folder, policyOf } from '../support/cli.ts';

/** What progress writes when so many files are done at such times. */
function written(times: readonly [ms: number, done: number][], env: NodeJS.ProcessEnv = {}, isTTY = true): string[] {
  const texts: string[] = [];
  let now = 0;
  const stream = { isTTY, write: (text: string) => texts.push(text) > 0 };
  const progress = new Progress(stream, 'refining', env, () => now);
  for (const [ms, done] of times) {
    now = ms;
    progress.show(done, 1594);
  }
  progress.hide();
  return texts;
}

describe('Progress', () => {
  test('is a line that is written over, and goes at the end', () => {
    assert.deepEqual(
      written([
        [1000, 1],
        [1500, 1312],
      ]),
      ['\rrefining 1 of 1,594 …\x1b[K', '\rrefining 1,312 of 1,594 …\x1b[K', '\r\x1b[K'],
    );
  });

  test('is not shown of work that is done in a second', () => {
    assert.deepEqual(
      written([
        [10, 1],
        [990, 1500],
      ]),
      [],
    );
  });

  test('is written anew ten times a second at most', () => {
    assert.equal(
      written([
        [1000, 1],
        [1050, 2],
        [1099, 3],
        [1100, 4],
        [1150, 5],
      ]).length,
      3,
    );
  });

  test('is not shown when all is done', () => {
    assert.deepEqual(written([[5000, 1594]]), []);
  });

  const silent: Readonly<Record<string, [env: NodeJS.ProcessEnv, isTTY: boolean]>> = {
    'in a file or a pipe': [{}, false],
    'in continuous integration': [{ CI: 'true' }, true],
    'on a terminal that cannot go back in a line': [{ TERM: 'dumb' }, true],
  };
  for (const [name, [env, isTTY]] of Object.entries(silent)) {
    test(`is silent ${name}`, () => {
      assert.deepEqual(
        written(
          [
            [1000, 1],
            [5000, 9],
          ],
          env,
          isTTY,
        ),
        [],
      );
    });
  }
});

/** Work that takes some seconds. The policy does not fit a quota as it stands, so no warning says that it will not. */
const COUNT = 500;
const large = policyOf(...Array.from({ length: 700 }, (_, index) => (index < 100 ? '*' : 's3:ListBucket')));

/** Runs the command line on a terminal, as `script` of util-linux makes one, which every Debian has. */
function runOnTerminal(folder: Folder, jobs: number): string {
  const command = `'${process.execPath}' '${CLI}' refine many -f unused.json --exact --json --jobs ${jobs} > out.jsonl`;
  const { status, stdout, error } = spawnSync('script', ['-qfec', command, '/dev/null'], {
    cwd: folder.path,
    encoding: 'utf8',
    env: { ...process.env, CI: '', TERM: 'xterm' },
  });
  if (error) throw new Error(`'script' of util-linux makes the terminal: ${error.message}`);
  assert.equal(status, 0, stdout);
  return stdout;
}

describe('On a terminal', () => {
  for (const jobs of [1, 2]) {
    test(`the progress of long work is shown on standard error, and gone at the end, with --jobs ${jobs}`, (t) => {
      const files = Array.from({ length: COUNT }, (_, index) => [`many/${index}.json`, large]);
      const folder = new Folder(t, Object.fromEntries(files));
      const shown = runOnTerminal(folder, jobs);
      assert.match(shown, new RegExp(`\\rrefining \\d+ of ${COUNT} …\\x1b\\[K`));
      assert.ok(shown.endsWith('\r\x1b[K'), JSON.stringify(shown.slice(-100)));
      assert.equal(folder.read('out.jsonl').trimEnd().split('\n').length, COUNT);
    });
  }
});
