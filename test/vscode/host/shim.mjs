#!/usr/bin/env node
// Stands in for the desktop VS Code: an executable that takes the arguments test-electron's runTests() passes to it,
// runs the suite in the substitute, prints the suite's output and exits with its exit code. Environment:
//   VSCODE_TEST_RESULT      the file the suite writes at its end: without it the run has failed
//   VSCODE_TEST_SCREENSHOT  where to save a picture of the window when the run has failed
//   VSCODE_TEST_TIMEOUT     limit for the whole run, in seconds (300)
//   VSCODE_TEST_VERBOSE     print everything the server, the page and the workbench say
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArguments } from './arguments.mjs';
import { launch } from './launch.mjs';

// Exit codes of this program's own; those of launch.mjs are 97 and 98.
const endedEarly = 96;
const timedOut = 124; // As of timeout(1).

const resultFile = process.env.VSCODE_TEST_RESULT;
const screenshot = process.env.VSCODE_TEST_SCREENSHOT;
const verbose = Boolean(process.env.VSCODE_TEST_VERBOSE);
const timeout = Number(process.env.VSCODE_TEST_TIMEOUT || 300);

// The workbench's log and the console of the extension host come through one channel, unmarked.
const workbenchChatter = [
  'Canceled: ',
  'Creating a socket',
  'DialogService: ',
  'Ignoring fetching additional builtin extensions',
  'Resolved connection token',
  'Resolving connection token',
  'Updating additional builtin extensions',
  '[AccountPolicyGate]',
  '[AgentHost',
  '[Service Worker]',
  '[reconnection-grace-time]',
];
const isChatter = (line) => workbenchChatter.some((beginning) => line.startsWith(beginning));

const heldBack = [];
const debug = (line) => {
  if (verbose) console.log(line);
  else if (heldBack.push(line.split('\n', 1)[0]) > 40) heldBack.shift();
};
const log = (line) => (isChatter(line) ? debug(line) : console.log(line));

const { folder, devPath, testsPath, userDataDir, extensionsDir } = parseArguments(process.argv.slice(2));
const settingsFile = userDataDir && path.join(userDataDir, 'User/settings.json');
const settings = settingsFile && existsSync(settingsFile) ? JSON.parse(readFileSync(settingsFile, 'utf8')) : {};

const vscode = await launch({ folder, devPath, testsPath, extensionsDir, settings, log, debug });
let code = await Promise.race([vscode.exited, after(timeout, timedOut)]);
if (code === 0 && resultFile && !existsSync(resultFile)) code = endedEarly;

if (code !== 0) {
  if (resultFile && !existsSync(resultFile)) {
    const cause = code === timedOut ? `did not end within ${timeout} s` : `was cut off (code ${code})`;
    console.error(`${heldBack.join('\n')}\nThe test suite ${cause}. Above are the last messages of server and page.`);
  }
  const noPicture = (error) => console.error(`No screenshot: ${error.message}`);
  if (screenshot) await vscode.page.screenshot({ path: screenshot, timeout: 5000 }).catch(noPicture);
}
await vscode.close();
process.exit(code);

/** Resolves with `value` after so many seconds. */
function after(seconds, value) {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000, value).unref());
}
