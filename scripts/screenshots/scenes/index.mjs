import { choosePrincipal } from './choosePrincipal.mjs';
import { colours } from './colours.mjs';
import { hover } from './hover.mjs';
import { marks } from './marks.mjs';
import { messages } from './messages.mjs';
import { preview } from './preview.mjs';
import { quickFix } from './quickFix.mjs';
import { refineAll } from './refineAll.mjs';
import { settings } from './settings.mjs';
import { status } from './status.mjs';
import { walkthrough } from './walkthrough.mjs';

/**
 * What there are pictures of, by name. Of each:
 * - `play(page, take)` brings it about and takes pictures, `take(name, options)`, with options as in `screenshot`;
 * - `themes`: light alone, when absent; `stage`: options for `onStage`;
 * - `readme`: names of the pictures that the README shows, in light colours.
 */
export const scenes = {
  marks,
  'quick-fix': quickFix,
  colours,
  hover,
  preview,
  'refine-all': refineAll,
  'choose-principal': choosePrincipal,
  status,
  messages,
  walkthrough,
  settings,
};
