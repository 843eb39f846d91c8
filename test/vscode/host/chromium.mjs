import { chromium } from 'playwright-core';
import { installDebianPackages } from './debian.mjs';
import { findProgram } from './programs.mjs';

/**
 * Gives the path of a Chromium: the environment variable CHROMIUM, one on PATH, or Debian's, installed now (15 s).
 * Throws where there is none and it cannot be installed.
 */
export function obtainChromium() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', '/usr/bin/chromium'];
  if (!findProgram(...names)) {
    installDebianPackages(['chromium'], 'The substitute for VS Code (set CHROMIUM to a browser you have)');
  }
  const found = findProgram(...names);
  if (!found) throw new Error('There is no Chromium after its installation. Set CHROMIUM to the path of one.');
  return found;
}

/** Starts a headless Chromium and gives Playwright's handle of it. The caller closes it, also on a signal. */
export function startChromium() {
  return chromium.launch({
    executablePath: obtainChromium(),
    args: [
      '--no-sandbox', // Chromium's sandbox refuses to run as root, the usual user of a container.
      '--disable-dev-shm-usage', // A container's /dev/shm (64 MB) is too small for the workbench.
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
    // Playwright's own handlers would end this process before the VS Code server is stopped.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}
