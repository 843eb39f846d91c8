import { runCommand } from '../../../test/vscode/host/page.mjs';
import { openPolicy } from '../open.mjs';

/** Whose findings apply to a policy, and for what. */
export const choosePrincipal = {
  async play(page, take) {
    await openPolicy(page, 'ReportingRole/inline.json');
    await runCommand(page, 'IAM: Choose Principal…');
    const rows = page.locator('.quick-input-list .monaco-list-row');
    await page.locator('.quick-input-title', { hasText: 'Whose' }).waitFor();
    await rows.first().waitFor();
    await take('choose-principal');
    await page.keyboard.press('Enter');
    await page.locator('.quick-input-title', { hasText: 'Where' }).waitFor();
    await take('choose-principal-place');
  },
};
