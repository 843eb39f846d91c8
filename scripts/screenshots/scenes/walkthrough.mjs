import { runCommand } from '../../../test/vscode/host/page.mjs';

/** A word of each step's picture, which comes later than the step. */
const words = ['get-finding-v2', 's3:Get*', 'safe prefixes', 'nothing lost'];

/** The steps of the walkthrough. */
export const walkthrough = {
  themes: ['light', 'contrast-dark'],
  stage: { viewport: { width: 1280, height: 800 } },
  async play(page, take) {
    await page.keyboard.press('Control+B');
    await runCommand(page, 'Welcome: Open Walkthrough...');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Refine your IAM policies' }).click();
    const steps = page.locator('.getting-started-step');
    for (const [index, word] of words.entries()) {
      const step = steps.nth(index);
      // The first one opens by itself, and a click would close it.
      if (index > 0) await step.click();
      await step.and(page.locator('.expanded')).waitFor();
      await untilFrameShows(page, word);
      await take(`walkthrough-${index + 1}`, { clip: 'editor' });
    }
  },
};

/** The picture is in a frame within a frame, which is made anew for each step. */
async function untilFrameShows(page, word) {
  const frame = page.frameLocator('.getting-started-media iframe').frameLocator('#active-frame');
  await frame.getByText(word).first().waitFor();
}
