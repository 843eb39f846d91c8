import path from 'node:path';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { obtainChromium } from './chromium.mjs';
import { obtainCodeServer } from './code-server.mjs';
import { missingLibraries } from './display.mjs';
import { cacheFolder, hostFolder } from './paths.mjs';

const patience = 10_000; // Milliseconds without an answer after which the download counts as refused.

/**
 * Gives a VS Code to run tests in: `executable`, for `runTests({ vscodeExecutablePath })`, and its `kind`:
 * - `desktop`: the one the environment variable VSCODE_EXECUTABLE names (the program itself, not the `code` script
 *   beside it, which does not wait for the tests), or else the newest stable one, downloaded into the cache folder;
 * - `substitute`: where that download is refused, the VS Code server of the npm package code-server, in Chromium.
 * Throws an error that names the ways out where there is neither.
 */
export async function obtainVSCode() {
  if (process.env.VSCODE_EXECUTABLE) return { kind: 'desktop', executable: process.env.VSCODE_EXECUTABLE };

  const { executable, refusal } = await downloadDesktop();
  if (executable) return { kind: 'desktop', executable };

  console.log(`No desktop VS Code (${refusal}): using its substitute, code-server in Chromium.`);
  try {
    obtainCodeServer();
    obtainChromium();
  } catch (error) {
    const waysOut = `Set VSCODE_EXECUTABLE to one, or let update.code.visualstudio.com be reached (${refusal}), or`;
    throw new Error(`There is no VS Code. ${waysOut} make the substitute possible: ${error.message}`, { cause: error });
  }
  return { kind: 'substitute', executable: path.join(hostFolder, 'shim.mjs') };
}

async function downloadDesktop() {
  try {
    // Offline it gives the newest one downloaded before, and fails at once when there is none.
    const executable = await downloadAndUnzipVSCode({ version: 'stable', cachePath: cacheFolder, timeout: patience });
    const missing = missingLibraries(executable);
    return missing.length ? { refusal: `the downloaded one lacks ${missing.join(', ')}` } : { executable };
  } catch (error) {
    return { refusal: error?.message ?? String(error) };
  }
}
