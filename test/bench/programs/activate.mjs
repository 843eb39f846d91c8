// Opens windows of a real VS Code, in each of which `activationProbe.ts` activates our extension and an empty one.
// Usage: node activate.mjs COUNT. The last line of its output is a JSON list of what each window took.
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { provideDisplay } from '../../vscode/host/display.mjs';
import { obtainVSCode } from '../../vscode/host/obtain.mjs';
import { emptyExtension, projectRoot } from '../../vscode/host/paths.mjs';
import { quietSettings, writeUserSettings } from '../../vscode/host/settings.mjs';

const count = Number(process.argv[2]);
const probe = path.join(projectRoot, 'out/bench/activationProbe.js');
await build({
  entryPoints: [path.join(import.meta.dirname, 'activationProbe.ts')],
  outfile: probe,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  external: ['vscode'],
  logLevel: 'warning',
});

const vscode = await obtainVSCode();
const closeDisplay = vscode.kind === 'desktop' ? await provideDisplay() : () => {};
// A short name: a socket in the profile must stay below 104 characters on macOS.
const temporary = mkdtempSync(path.join(realpathSync(tmpdir()), 'vsb-'));
try {
  const windows = [];
  for (let tries = 0; windows.length < count && tries < 6 * count; tries++) {
    const window = await openWindow(path.join(temporary, `${tries}`), windows.length);
    if (window) windows.push(window);
  }
  if (windows.length < count) throw new Error('The extension was active before it was asked to be, again and again');
  console.log(JSON.stringify(windows));
} finally {
  closeDisplay();
  rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
}

/**
 * Every other window activates the empty extension first: the second one finds some of the way paved. Gives `null` where VS Code
 * itself had activated ours.
 */
async function openWindow(folder, index) {
  // Nothing is in the workspace, so that nothing activates our extension before it is asked to.
  const workspace = path.join(folder, 'w');
  const extensions = path.join(folder, 'e');
  mkdirSync(workspace, { recursive: true });
  for (const name of ['empty', 'warm-up']) installEmptyExtension(path.join(extensions, name), name);
  symlinkSync(projectRoot, path.join(extensions, 'ours'), 'junction');
  writeUserSettings(path.join(folder, 'u'), quietSettings);
  const result = path.join(folder, 'result.json');
  await runTests({
    vscodeExecutablePath: vscode.executable,
    // One under development is activated at once, so that ours is an installed one.
    extensionDevelopmentPath: emptyExtension,
    extensionTestsPath: probe,
    launchArgs: [workspace, `--user-data-dir=${path.join(folder, 'u')}`, `--extensions-dir=${extensions}`],
    extensionTestsEnv: { VSCODE_TEST_RESULT: result, ...(index % 2 === 1 && { BENCH_PEER_FIRST: 'yes' }) },
  });
  return JSON.parse(readFileSync(result, 'utf8'));
}

function installEmptyExtension(folder, name) {
  cpSync(path.join(import.meta.dirname, 'empty-extension'), folder, { recursive: true });
  const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ ...manifest, name }));
}
