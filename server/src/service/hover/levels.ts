import type { ActionDetails } from '../actions/details.ts';
import { groupDigits } from '../text.ts';

/** AWS's access levels, the ones that matter most to who decides first. */
const LEVELS = ['Permissions management', 'Write', 'Tagging', 'Read', 'List'];

/**
 * How many actions there are of each access level: `1 Permissions management, 3 Write, 12 Read`. Of an action with two levels, as
 * `Tagging, Write`, the first one says what is special about it.
 *
 * @param actions as `service:Name`
 */
export function countLevels(actions: readonly string[], details: ActionDetails): string {
  const counts = new Map<string, number>();
  for (const action of actions) {
    const colon = action.indexOf(':');
    const [level = ''] = details.of(action.slice(0, colon), action.slice(colon + 1))?.accessLevel.split(', ') ?? [];
    const known = LEVELS.includes(level) ? level : UNKNOWN;
    counts.set(known, (counts.get(known) ?? 0) + 1);
  }
  return [...LEVELS, UNKNOWN]
    .flatMap((level) => (counts.has(level) ? `${groupDigits(counts.get(level) ?? 0)} ${level}` : []))
    .join(', ');
}

/** For names that are newer than the catalogue, and others of which AWS says nothing. */
const UNKNOWN = 'of unknown level';
