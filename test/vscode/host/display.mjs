import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { installDebianPackages } from './debian.mjs';
import { findProgram } from './programs.mjs';

/** Whether programs started by this process can show a window. */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/**
 * Gives this process and its children a display where there is none: an X server without a screen, installed if
 * missing. Gives a function that ends it. Throws when it cannot be installed or does not start.
 */
export async function provideDisplay() {
  if (hasDisplay()) return () => {};
  if (!findProgram('Xvfb')) installDebianPackages(['xvfb'], 'A desktop VS Code without a display');

  // With -displayfd it takes a free display and writes its number to that descriptor once it is ready.
  const args = ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'];
  const server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'inherit', 'pipe'] });
  const [number] = await Promise.race([
    once(server.stdio[3], 'data'),
    once(server, 'exit').then(([code]) => Promise.reject(new Error(`Xvfb exited with ${code}.`))),
  ]);
  process.env.DISPLAY = `:${String(number).trim()}`;
  process.once('exit', () => server.kill());
  return () => server.kill();
}

/** Gives the names of the shared libraries that a Linux program needs and this machine lacks. */
export function missingLibraries(executable) {
  if (process.platform !== 'linux') return [];
  const { stdout } = spawnSync('ldd', [executable], { encoding: 'utf8' });
  return [...(stdout ?? '').matchAll(/^\s*(\S+) => not found$/gm)].map(([, name]) => name);
}
