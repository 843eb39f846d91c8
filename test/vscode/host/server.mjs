import { spawn } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { obtainCodeServer } from './code-server.mjs';

const startLimit = 60_000; // Milliseconds. A start takes about one second.
const stopLimit = 5_000; // Milliseconds.

/**
 * Starts the VS Code server on a free loopback port and gives
 * - `authority`: "localhost:PORT", the host of its pages and of its vscode-remote: URIs;
 * - `exited`: a promise of its exit code.
 *
 * Options:
 * - `dataDir`, `extensionsDir`: folders of the caller's;
 * - `cleanup`: gets what stops the server and all its children (see `createCleanup`);
 * - `env`: variables to add to the environment, also of the extension host;
 * - `testDriver`: makes the workbench heed an extension under development and a test suite. It hides notifications;
 * - `linkedExtension`: folder of an extension to run as an installed one, by a link in `extensionsDir`. It needs no
 *   test driver, and it keeps the theme of the settings: VS Code prefers a theme it finds below the path of an
 *   extension under development, and below this project it finds its own ones, in the cache folder.
 *
 * Throws with the server's output when it does not listen within a minute.
 */
export async function startServer(options) {
  const { dataDir, extensionsDir, cleanup, env = {}, testDriver = true, linkedExtension, debug = () => {} } = options;
  const { node, serverMain } = obtainCodeServer();
  mkdirSync(extensionsDir, { recursive: true });
  if (linkedExtension) symlinkSync(path.resolve(linkedExtension), path.join(extensionsDir, 'linked-extension'));

  const args = ['--host', '127.0.0.1', '--port', '0', '--without-connection-token', '--accept-server-license-terms'];
  args.push('--disable-telemetry', '--disable-workspace-trust');
  args.push('--server-data-dir', path.resolve(dataDir), '--extensions-dir', path.resolve(extensionsDir));
  // Without it a released VS Code ignores both paths (see workbenchUrl) in silence, and no test ever starts.
  if (testDriver) args.push('--enable-smoke-test-driver');

  const child = spawn(node, [serverMain, ...args], {
    env: {
      ...process.env,
      EXTENSIONS_GALLERY: '{}', // No gallery: nothing is to be fetched from one.
      TMPDIR: dataDir, // The server leaves sockets and other files behind, so they go where the caller cleans up.
      XDG_RUNTIME_DIR: dataDir,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true, // A process group of its own, so that stopping it reaches the extension host too.
  });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  cleanup.add(async () => {
    killGroup(child, 'SIGTERM');
    await Promise.race([exited, new Promise((resolve) => setTimeout(resolve, stopLimit).unref())]);
    killGroup(child, 'SIGKILL');
  });
  const kill = () => killGroup(child, 'SIGKILL');
  process.once('exit', kill); // Where no cleanup ran: an uncaught error.
  exited.then(() => process.off('exit', kill));

  return { authority: `localhost:${await listeningPort(child, debug)}`, exited };
}

function killGroup(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch {
    // It is gone already.
  }
}

function listeningPort(child, debug) {
  let output = '';
  return new Promise((resolve, reject) => {
    const fail = (cause) => {
      clearTimeout(timer);
      reject(new Error(`The VS Code server ${cause}:\n${output.slice(-4000)}`));
    };
    const timer = setTimeout(fail, startLimit, 'did not start in time');
    const read = (chunk) => {
      output += chunk;
      debug(`[server] ${String(chunk).trimEnd()}`);
      const port = /Extension host agent listening on (\d+)/.exec(output)?.[1];
      if (!port) return;
      clearTimeout(timer);
      resolve(Number(port));
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('error', (error) => fail(`did not start (${error.message})`));
    child.once('exit', (code) => fail(`exited with ${code}`));
  });
}
