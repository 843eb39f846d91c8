import { openPolicy } from '../open.mjs';

/** The language status of a policy. */
export const status = {
  themes: ['light', 'dark'],
  stage: { settings: { 'workbench.statusBar.visible': true } },
  async play(page, take) {
    await openPolicy(page, 'ReportingRole/inline.json');
    await page.locator('[id="status.languageStatus"]').hover();
    await page.getByText(/reported actions is granted by no policy/).waitFor();
    await take('status');
  },
};
