import { existsSync } from 'node:fs';
import { resolveCliArgsFromVSCodeExecutablePath } from '@vscode/test-electron';
import { obtainCodeServer } from './code-server.mjs';
import { run } from './programs.mjs';

/**
 * Installs the extension package `vsix` into `extensionsDir`, for `vscode` as `obtainVSCode` gives it.
 * `userDataDir` is the profile of the run to come. Both folders exist.
 * Throws with VS Code's own message when it refuses the package.
 */
export function installVsix(vscode, vsix, { userDataDir, extensionsDir }) {
  if (!existsSync(vsix)) throw new Error(`There is no ${vsix}.`);
  const install = ['--install-extension', vsix, '--extensions-dir', extensionsDir];

  if (vscode.kind === 'substitute') {
    const { node, serverMain } = obtainCodeServer();
    run(node, [serverMain, ...install, '--server-data-dir', userDataDir, '--accept-server-license-terms']);
    return;
  }
  const [cli, ...args] = resolveCliArgsFromVSCodeExecutablePath(vscode.executable, { reuseMachineInstall: true });
  // As root VS Code refuses to start without both --user-data-dir and --no-sandbox.
  run(cli, [...args, ...install, '--user-data-dir', userDataDir, '--no-sandbox'], {
    shell: process.platform === 'win32',
  });
}
