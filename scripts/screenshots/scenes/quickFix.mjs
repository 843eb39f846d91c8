import { openQuickFixMenu } from '../../../test/vscode/host/page.mjs';
import { openPolicy } from '../open.mjs';
import { allThemes } from '../themes.mjs';

/** The fixes of a wildcard. */
export const quickFix = {
  themes: allThemes,
  stage: { viewport: { width: 1000, height: 690 } },
  async play(page, take) {
    await openPolicy(page, 'article/MyRole.json');
    await openQuickFixMenu(page, 's3:Get*');
    await take('quick-fix', { clip: 'editor' });
  },
};
