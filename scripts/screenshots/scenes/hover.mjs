import { openHover } from '../../../test/vscode/host/page.mjs';
import { openPolicy } from '../open.mjs';

/** The hover of a wildcard, and of a single action. */
export const hover = {
  themes: ['light', 'dark'],
  stage: { viewport: { width: 1000, height: 900 } },
  async play(page, take) {
    await openPolicy(page, 'article/MyRole.json');
    await openHover(page, 's3:Get*');
    await take('hover-wildcard', { clip: 'editor' });
    await page.keyboard.press('Escape');
    await page.mouse.move(0, 0);
    await openHover(page, 'lambda:AddPermission');
    await take('hover-action', { clip: 'editor' });
  },
};
