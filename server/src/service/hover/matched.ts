import type { Catalogue } from '../actions/catalogue.ts';
import { parseEntry } from '../actions/entry.ts';
import { hasWildcard } from '../actions/glob.ts';
import { resolveUnused } from '../actions/unused.ts';
import { countGranted, grantsOf, keptActions } from '../refine/grant.ts';
import { count } from '../text.ts';
import { describeAction, describeUnknown } from './action.ts';
import type { HoverContext } from './context.ts';
import { countLevels } from './levels.ts';
import { codeSpan } from './markdown.ts';

/**
 * What an entry names, where nothing is known of its use: the description of a single action, the number of actions that match a
 * wildcard, by access level. Says nothing of what is granted, so that it is true of Deny and NotAction as well.
 */
export function describeMatched(entry: string, catalogue: Catalogue, { details }: HoverContext): string[] {
  if (!hasWildcard(entry)) return describeAction(entry, catalogue, details);
  const pattern = parseEntry(entry);
  if (!pattern) return [];
  const grants = grantsOf(pattern, catalogue, resolveUnused([], catalogue));
  const amount = countGranted(grants);
  if (amount === 0) return [describeUnknown(entry, catalogue)];
  return [`${codeSpan(entry)} matches ${count(amount, 'action')}: ${countLevels(keptActions(grants), details)}`];
}
