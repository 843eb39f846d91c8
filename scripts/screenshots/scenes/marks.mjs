import { openPolicy } from '../open.mjs';
import { allThemes } from '../themes.mjs';

/** A policy with its marks and lenses. */
export const marks = {
  themes: allThemes,
  readme: ['marks'],
  stage: { viewport: { width: 1000, height: 690 } },
  async play(page, take) {
    await openPolicy(page, 'article/MyRole.json');
    await take('marks', { clip: 'editor' });
  },
};
