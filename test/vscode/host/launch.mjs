import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { format } from 'node:util';
import { startChromium } from './chromium.mjs';
import { createCleanup } from './cleanup.mjs';
import { startServer } from './server.mjs';
import { quietSettings, writeUserSettings } from './settings.mjs';
import { workbenchUrl } from './workbench-url.mjs';

/** What `exited` gives when the window went away by itself. Any other code is the test suite's. */
const serverExited = 97;
const pageCrashed = 98;

/**
 * Starts the VS Code server and a headless Chromium and opens a window. Extensions run in the server, in VS Code's
 * Node.js extension host. Options:
 * - `folder`, `file`, `devPath`, `testsPath`: as in `workbenchUrl`;
 * - `extensionsDir`, `linkedExtension`, `testDriver`, `env`: as in `startServer`;
 * - `settings`: user settings, on top of the quiet ones;
 * - `context`: for Playwright's browser context (viewport, deviceScaleFactor);
 * - `log`: called with each line of the workbench's log, which carries the extension host's console;
 * - `debug`: called with each line of all else.
 *
 * Gives Playwright's `page`, `exited` (a promise of the suite's exit code), and `close()`, which leaves nothing behind.
 * Throws when the server or the browser does not start.
 */
export async function launch(options) {
  const { linkedExtension, testDriver, settings = {}, env, context = {}, log = () => {}, debug = () => {} } = options;
  const cleanup = createCleanup();
  try {
    const dataDir = mkdtempSync(path.join(tmpdir(), 'vscode-server-'));
    cleanup.add(() => rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 }));
    writeUserSettings(path.join(dataDir, 'data'), { ...quietSettings, ...settings });

    const extensionsDir = options.extensionsDir ?? path.join(dataDir, 'extensions');
    const server = await startServer({ dataDir, extensionsDir, linkedExtension, testDriver, cleanup, env, debug });
    const browser = await startChromium();
    cleanup.add(() => browser.close().catch(() => {})); // A crashed browser is closed already.

    const page = await browser.newPage({ viewport: { width: 1200, height: 800 }, ...context });
    await stayLocal(page, debug);
    // Only errors: `log` has all that comes after the workbench's start.
    page.on('console', (message) => message.type() === 'error' && debug(`[console] ${message.text()}`));
    page.on('pageerror', (error) => debug(`[page] ${error.message}`));

    // The workbench calls these two functions where its page has them. A killed extension host exits with 0.
    await page.exposeFunction('codeAutomationLog', (_level, args) => log(format(...args)));
    const exited = new Promise((resolve) => {
      page.exposeFunction('codeAutomationExit', resolve);
      page.on('crash', () => resolve(pageCrashed));
      server.exited.then(() => resolve(serverExited));
    });
    await page.goto(workbenchUrl(server.authority, options));
    return { page, exited, close: cleanup.run };
  } catch (error) {
    await cleanup.run();
    throw error;
  }
}

/** Refuses every request to another host: a test must not depend on one, and a refused network would hold it up. */
function stayLocal(page, debug) {
  const isForeign = (url) => /^https?:$/.test(url.protocol) && url.hostname !== 'localhost';
  return page.route(isForeign, (route) => {
    debug(`[blocked] ${route.request().url()}`);
    return route.abort();
  });
}
