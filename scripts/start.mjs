// Opens the folder examples/ in a VS Code that runs this extension from its sources, built first (`npm start`): the VS
// Code that VSCODE_EXECUTABLE names, or `code` on PATH, or one downloaded; where none can be downloaded, or there is no
// display, a VS Code server for a browser of yours, until Ctrl+C.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createCleanup } from '../test/vscode/host/cleanup.mjs';
import { hasDisplay } from '../test/vscode/host/display.mjs';
import { obtainVSCode } from '../test/vscode/host/obtain.mjs';
import { cacheFolder, projectRoot } from '../test/vscode/host/paths.mjs';
import { findProgram } from '../test/vscode/host/programs.mjs';
import { startServer } from '../test/vscode/host/server.mjs';
import { quietSettings, writeUserSettings } from '../test/vscode/host/settings.mjs';

const examples = path.join(projectRoot, 'examples');

const build = spawnSync('npm run build', { cwd: projectRoot, shell: true, stdio: 'inherit' });
if (build.status !== 0) process.exit(build.status ?? 1);

if (!hasDisplay()) await serve();
else {
  const own = process.env.VSCODE_EXECUTABLE || findProgram('code');
  if (own) openDesktop(own);
  else {
    const { kind, executable } = await obtainVSCode();
    if (kind === 'desktop') openDesktop(executable, `--user-data-dir=${path.join(cacheFolder, 'user-data')}`);
    else await serve();
  }
}

function openDesktop(executable, ...options) {
  const args = [examples, `--extensionDevelopmentPath=${projectRoot}`, '--new-window', ...options];
  // Windows starts `code.cmd` only through a shell, which wants its words quoted.
  const isWindows = process.platform === 'win32';
  const quoted = isWindows ? [executable, ...args].map((word) => `"${word}"`) : [executable, ...args];
  const child = spawn(quoted[0], quoted.slice(1), { shell: isWindows, stdio: 'inherit' });
  child.on('error', (error) => fail(`${executable} does not start: ${error.message}`));
  child.on('exit', (code) => process.exit(code ?? 1));
}

/** Serves VS Code on loopback until this process is told to end. */
async function serve() {
  const cleanup = createCleanup();
  const dataDir = mkdtempSync(path.join(tmpdir(), 'vscode-start-'));
  cleanup.add(() => rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 }));
  writeUserSettings(path.join(dataDir, 'data'), quietSettings);

  // Linked, not under development: that would need the test driver, which hides notifications.
  const extension = { linkedExtension: projectRoot, testDriver: false };
  const server = await startServer({ dataDir, extensionsDir: path.join(dataDir, 'extensions'), cleanup, ...extension });
  const folder = encodeURIComponent(examples).replaceAll('%2F', '/');
  console.log(`\nOpen http://${server.authority}/?folder=${folder}`);
  console.log('"Developer: Reload Window" there takes up a new build; Ctrl+C here ends it.');

  const code = await server.exited;
  await cleanup.run();
  fail(`The VS Code server exited with ${code}.`);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
