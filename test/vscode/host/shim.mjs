#!/usr/bin/env node
// Stands in for the desktop VS Code: an executable that takes the arguments test-electron's runTests() passes to it, runs
// the suite in the substitute, prints the suite's output and exits with its exit code. Environment:
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

const {
  VSCODE_TEST_RESULT: resultFile,
  VSCODE_TEST_SCREENSHOT: screenshot,
  VSCODE_TEST_VERBOSE: verbose,
} = process.env;
const timeout = Number(process.env.VSCODE_TEST_TIMEOUT || 300);

// The workbench's log and the console of the extension host come through one channel, unmarked.
const workbenchChatter =
  /^(Resolv(ing|ed) connection token|Creating a socket|Ignoring fetching additional|Updating additional builtin|Canceled: |DialogService: Dialog requested|\[(reconnection-grace-time|Service Worker|AgentHost|AccountPolicyGate))/;
const heldBack = [];
const debug = (line) => {
  if (verbose) console.log(line);
  else if (heldBack.push(line.split('\n', 1)[0]) > 40) heldBack.shift();
};
const log = (line) => (workbenchChatter.test(line) ? debug(line) : console.log(line));

const { folder, devPath, testsPath, userDataDir, extensionsDir } = parseArguments(process.argv.slice(2));
const settingsFile = userDataDir && path.join(userDataDir, 'User/settings.json');
const settings = settingsFile && existsSync(settingsFile) ? JSON.parse(readFileSync(settingsFile, 'utf8')) : {};

const vscode = await launch({ folder, devPath, testsPath, extensionsDir, settings, log, debug });
let code = await Promise.race([vscode.exited, after(timeout, timedOut)]);
if (code === 0 && resultFile && !existsSync(resultFile)) code = endedEarly;

if (code !== 0) {
  if (resultFile && !existsSync(resultFile)) {
    const cause = code === timedOut ? `did not end within ${timeout} s` : `was cut off (code ${code})`;
    console.error(
      `${heldBack.join('\n')}\nThe test suite ${cause}; above are the last messages of the server and the page.`,
    );
  }
  if (screenshot)
    await vscode.page.screenshot({ path: screenshot, timeout: 5000 }).catch((error) => debug(String(error)));
}
await vscode.close();
process.exit(code);

/** Resolves with `value` after so many seconds. */
function after(seconds, value) {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000, value).unref());
}
