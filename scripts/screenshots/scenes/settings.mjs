import { runCommand } from '../../../test/vscode/host/page.mjs';

/** The settings as VS Code's own page shows them. */
export const settings = {
  themes: ['light', 'dark'],
  stage: { viewport: { width: 1000, height: 1100 } },
  async play(page, take) {
    await page.keyboard.press('Control+B');
    await runCommand(page, 'Preferences: Open Settings (UI)');
    await page.locator('.settings-header .monaco-editor').first().waitFor();
    await page.keyboard.type('@ext:iam-policy-refiner.iam-policy-refiner');
    await page.locator('.setting-item-contents', { hasText: 'Mark unused permissions' }).first().waitFor();
    await take('settings');
  },
};
