// Runs the test suite in a real VS Code. Usage:
//   node test/vscode/run.mjs                    the extension under development
//   node test/vscode/run.mjs --vsix FILE.vsix   the packaged extension, installed into a fresh profile
// The last line is "##vscode N passed, M failed"; the exit code is 0 only if every test passed and there was one.
// See host/obtain.mjs and host/shim.mjs for the environment variables.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { runTests, TestRunFailedError } from '@vscode/test-electron';
import { bundleSuite } from './host/bundle.mjs';
import { provideDisplay } from './host/display.mjs';
import { installVsix } from './host/install-vsix.mjs';
import { obtainVSCode } from './host/obtain.mjs';
import { emptyExtension, projectRoot } from './host/paths.mjs';
import { quietSettings, writeUserSettings } from './host/settings.mjs';

const outFolder = path.join(projectRoot, 'out/test/vscode');
const resultFile = path.join(outFolder, 'result.json');
const { vsix } = parseArgs({ options: { vsix: { type: 'string' } } }).values;

await bundleSuite(outFolder);
const vscode = await obtainVSCode();
const closeDisplay = vscode.kind === 'desktop' ? await provideDisplay() : () => {};

const totals = { passed: 0, failed: 0 };

// A short name: a socket in the profile must stay below 104 characters on macOS.
const temporary = mkdtempSync(path.join(realpathSync(tmpdir()), 'vst-'));
const workspace = path.join(temporary, 'workspace');
const plain = path.join(temporary, 'plain');
const sample = path.join(temporary, 'sample');
const twoFolders = path.join(temporary, 'two.code-workspace');
const profile = { userDataDir: path.join(temporary, 'u'), extensionsDir: path.join(temporary, 'e') };

// test-electron passes Ctrl+C on to VS Code. With no listener but its own it then exits at once, and the temporary
// folder stays.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => process.kill(process.pid, 'SIGINT'));

try {
  // Tests may write into their workspace, so they get a copy.
  cpSync(path.join(projectRoot, 'test/fixtures/workspace'), workspace, { recursive: true });
  cpSync(path.join(workspace, 'plain.json'), path.join(plain, 'plain.json'));
  mkdirSync(profile.extensionsDir);
  writeUserSettings(profile.userDataDir, quietSettings);
  if (vsix) installVsix(vscode, path.resolve(vsix), profile);

  writeFileSync(twoFolders, JSON.stringify({ folders: [{ path: 'workspace/roles' }, { path: 'workspace/article' }] }));
  if (vsix) await runSuite('installed.js', workspace, emptyExtension);
  else {
    await runSuite('index.js', workspace, projectRoot);
    await runSuite('multiRoot.js', twoFolders, projectRoot);
    await runSuite('plain.js', plain, projectRoot);
    const writer = path.join(projectRoot, 'test/vscode/host/writeCorpusSample.ts');
    const write = ['--import', 'tsx', writer, sample, `${sample}-refined`];
    execFileSync(process.execPath, write, { cwd: projectRoot, stdio: 'inherit' });
    await runSuite('sameText.js', sample, projectRoot);
  }
} catch (error) {
  console.error(error instanceof TestRunFailedError ? error.message : error);
  process.exitCode = 1;
} finally {
  closeDisplay();
  rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
}

if (totals.failed > 0 || totals.passed === 0) process.exitCode = 1;
console.log(`##vscode ${totals.passed} passed, ${totals.failed} failed`);

/** Runs one suite in a window of its own, and adds up what it says. Rejects where it failed, or did not reach its end. */
async function runSuite(entry, folder, extension) {
  rmSync(resultFile, { force: true });
  await runTests({
    vscodeExecutablePath: vscode.executable,
    extensionDevelopmentPath: extension,
    extensionTestsPath: path.join(outFolder, entry),
    launchArgs: [folder, `--user-data-dir=${profile.userDataDir}`, `--extensions-dir=${profile.extensionsDir}`],
    extensionTestsEnv: {
      VSCODE_TEST_RESULT: resultFile,
      VSCODE_TEST_SCREENSHOT: path.join(outFolder, 'failure.png'),
    },
  }).finally(() => {
    if (!existsSync(resultFile)) return;
    const { passed, failed } = JSON.parse(readFileSync(resultFile, 'utf8'));
    totals.passed += passed;
    totals.failed += failed;
  });
  if (!existsSync(resultFile))
    throw new Error(`The suite ${entry} did not reach its end: none of its tests counts as passed.`);
}
