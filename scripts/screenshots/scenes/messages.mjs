import { placeCaret, runCommand } from '../../../test/vscode/host/page.mjs';
import { openPolicy } from '../open.mjs';

/** What is said after a policy was refined, and after an action was kept. */
export const messages = {
  async play(page, take) {
    await openPolicy(page, 'article/MyRole.json');
    await placeCaret(page, 'lambda:GetFunction"');
    await runCommand(page, 'IAM: Keep Action…');
    const message = page.locator('.notification-toast');
    await message.first().waitFor();
    await take('message-keep');
    await page.locator('.codelens-decoration', { hasText: '29 of 92' }).waitFor();
    await runCommand(page, 'IAM: Refine Whole Policy');
    await message.getByText('removed').waitFor();
    await take('message-refined');
  },
};
