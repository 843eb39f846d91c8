import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { withWorkbench } from '../../test/vscode/host/page.mjs';
import { projectRoot } from '../../test/vscode/host/paths.mjs';

/** Nothing beside the editor but what a scene asks for. */
const settings = { 'workbench.activityBar.location': 'hidden', 'workbench.sideBar.location': 'right' };

/**
 * Opens a copy of the examples, because scenes change them, in a window with the extension, and calls `use` with Playwright's page.
 * Options: `theme`, `viewport` and `settings` as in `withWorkbench`.
 */
export async function onStage(options, use) {
  const folder = mkdtempSync(path.join(tmpdir(), 'iam-policies-'));
  try {
    cpSync(path.join(projectRoot, 'examples'), folder, { recursive: true });
    const own = { folder, devPath: projectRoot, viewport: { width: 1000, height: 640 } };
    await withWorkbench({ ...own, ...options, settings: { ...settings, ...options.settings } }, use);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
