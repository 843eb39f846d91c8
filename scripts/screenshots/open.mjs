import { openFile, waitForSquiggle } from '../../test/vscode/host/page.mjs';

/** Opens a policy of the examples, and waits for its marks and lenses. The explorer goes. */
export async function openPolicy(page, name) {
  await openFile(page, name);
  await page.keyboard.press('Control+B');
  await waitForSquiggle(page, 'warning');
  await page.mouse.move(0, 0);
  await page.locator('.codelens-decoration', { hasText: 'Preview' }).first().waitFor();
}
