import { runCommand, waitForText } from '../../../test/vscode/host/page.mjs';
import { openPolicy } from '../open.mjs';

/** All policies of the workspace: which of them, and their diffs in one editor. */
export const refineAll = {
  themes: ['light', 'dark'],
  readme: ['refine-all'],
  stage: { settings: { 'workbench.editor.editorActionsLocation': 'default' }, viewport: { width: 1280, height: 800 } },
  async play(page, take) {
    await openPolicy(page, 'article/MyRole.json');
    await runCommand(page, 'IAM: Refine All Policies in Workspace…');
    await page.locator('.quick-input-list .monaco-list-row').nth(1).waitFor();
    await take('refine-all-choice');
    await page.keyboard.press('Enter');
    await waitForText(page, /s3:GetObject\*/);
    await page.locator('.multiDiffEntry').nth(1).waitFor();
    await take('refine-all', { clip: 'editor' });
  },
};
