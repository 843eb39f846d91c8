import { runCommand, waitForDecoration, waitForText } from '../../../test/vscode/host/page.mjs';
import { openPolicy } from '../open.mjs';
import { allThemes } from '../themes.mjs';

/** A policy beside its refinement, with what speaks for it. */
export const preview = {
  themes: allThemes,
  readme: ['preview'],
  stage: {
    settings: { 'workbench.editor.editorActionsLocation': 'default', 'editor.fontSize': 14 },
    viewport: { width: 1360, height: 640 },
  },
  async play(page, take) {
    await openPolicy(page, 'article/MyRole.json');
    await runCommand(page, 'IAM: Preview Refined Policy');
    await waitForText(page, /s3:GetObject\*/);
    await waitForDecoration(page, 'proven');
    await page.locator('.tab.active', { hasText: 'refined' }).waitFor();
    await take('preview', { clip: 'editor' });
  },
};
