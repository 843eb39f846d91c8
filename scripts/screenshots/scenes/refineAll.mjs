import { runCommand, waitForText } from '../../../test/vscode/host/page.mjs';
import { openPolicy } from '../open.mjs';

/** All policies of a role, each in another language: which of them, and their diffs in one editor. */
export const refineAll = {
  themes: ['light', 'dark'],
  readme: ['refine-all'],
  stage: {
    part: 'forms',
    settings: {
      'editor.fontSize': 12,
      'editor.lineHeight': 16,
      'workbench.editor.editorActionsLocation': 'default',
    },
    viewport: { width: 1160, height: 1900 },
  },
  async play(page, take) {
    await openPolicy(page, 'ForecastRole.json');
    await runCommand(page, 'IAM: Refine All Policies in Workspace…');
    await page.locator('.quick-input-list .monaco-list-row').nth(8).waitFor();
    await take('refine-all-choice');
    await page.keyboard.press('Enter');
    await waitForText(page, /s3:GetObject\*Acl/);
    await page.locator('.multiDiffEntry').nth(8).waitFor();
    // YAML is the last to be coloured.
    const yaml = page.locator('.multiDiffEntry', { hasText: 'serverless.yml' });
    await yaml.locator('.view-line [class^="mtk"]:not(.mtk1)').first().waitFor();
    await take('refine-all', { clip: 'editor' });
  },
};
