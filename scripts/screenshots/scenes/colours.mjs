import { openFile } from '../../../test/vscode/host/page.mjs';

/** Actions of a policy in YAML, in their colours. */
export const colours = {
  themes: ['light', 'dark'],
  stage: { part: 'forms', viewport: { width: 900, height: 620 } },
  async play(page, take) {
    await openFile(page, 'cloudformation/template.yaml');
    await page.keyboard.press('Control+B');
    await page.mouse.move(0, 0);
    await page.locator('.codelens-decoration', { hasText: 'Preview' }).first().waitFor();
    await take('colours', { clip: 'editor' });
  },
};
