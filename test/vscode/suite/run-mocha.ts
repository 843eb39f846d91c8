import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Mocha from 'mocha';

/**
 * Runs every `*.test.js` in `folder` (not below it), and writes the count to the file that VSCODE_TEST_RESULT names.
 * VS Code runs this in the extension host. The runner reads the count: the file is there only if the suite reached its
 * end, whereas the exit code of a killed extension host is 0.
 * Rejects when a test failed, or when there was none.
 */
export async function runMocha(folder: string): Promise<void> {
  const mocha = new Mocha({
    ui: 'bdd',
    reporter: 'spec',
    timeout: 20_000, // Milliseconds. The first request of a fresh window may wait for language features to start.
    forbidPending: true, // A skipped test is not a passed one.
    forbidOnly: Boolean(process.env.CI),
  });
  const files = readdirSync(folder).filter((name) => name.endsWith('.test.js'));
  for (const name of files.sort()) mocha.addFile(path.join(folder, name));

  const { tests, failures, passes } = await new Promise<Mocha.Stats>((resolve) => {
    const runner: Mocha.Runner = mocha.run(() => resolve(runner.stats as Mocha.Stats));
  });
  const resultFile = process.env.VSCODE_TEST_RESULT;
  if (resultFile) writeFileSync(resultFile, JSON.stringify({ passed: passes, failed: failures }));
  if (failures > 0) throw new Error(`${failures} of ${tests} tests failed`);
  if (passes === 0) throw new Error(`No test ran: ${folder} holds ${files.length} test files`);
}
