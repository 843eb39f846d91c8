/**
 * Takes the README's pictures of the extension in a real VS Code: `npm run screenshots`.
 * They are written to `images/`, and pictures for review only to `out/screenshots/`.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as workbench from '../test/vscode/host/page.mjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');
const images = path.join(root, 'images');
const review = path.join(root, 'out', 'screenshots');
const viewport = { width: 1000, height: 640 };
const hidden = { 'workbench.activityBar.location': 'hidden', 'workbench.sideBar.location': 'right' };

execFileSync('npm', ['run', 'build'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
mkdirSync(review, { recursive: true });

for (const theme of ['light', 'dark']) {
  // The pictures change the policy, so they are taken in a copy.
  const folder = mkdtempSync(path.join(tmpdir(), 'iam-policies-'));
  cpSync(path.join(root, 'examples'), folder, { recursive: true });
  const target = theme === 'light' ? images : review;
  const file = (name) => path.join(target, `${name}.png`);
  await workbench.withWorkbench({ folder, devPath: root, theme, viewport, settings: hidden }, async (page) => {
    await workbench.openFile(page, 'article/policy.json');
    await page.keyboard.press('Control+B');
    await workbench.waitForSquiggle(page, 'warning');
    await workbench.screenshot(page, file('marks'), { clip: 'editor' });

    await workbench.openHover(page, 's3:Get*');
    await workbench.screenshot(page, path.join(review, `hover-${theme}.png`), { clip: 'editor' });
    await page.keyboard.press('Escape');
    await page.mouse.move(0, 0);

    const titles = await workbench.openQuickFixMenu(page, 's3:Get*');
    console.log(`${theme}: ${titles.join(' | ')}`);
    await workbench.screenshot(page, file('quick-fix'), { clip: 'editor' });
    await page.keyboard.press('Escape');

    await workbench.runCommand(page, 'IAM: Refine Whole Policy');
    await workbench.waitForText(page, /s3:GetObject\*/);
    await page.locator('.monaco-editor .squiggly-warning').first().waitFor({ state: 'detached' });
    await page.waitForFunction(
      () => !/\d/.test(getComputedStyle(document.querySelector('.tab.active .label-name'), '::after').content),
    );
    await workbench.screenshot(page, file('refined'), { clip: 'editor' });
  });
  rmSync(folder, { recursive: true, force: true });
}
