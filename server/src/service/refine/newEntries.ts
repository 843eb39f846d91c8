import type { Service } from '../actions/service.ts';
import { compareText } from '../actions/words.ts';
import type { SafeAction } from './prefixes.ts';

/**
 * Writes the actions of one service as entries, sorted as text, ignoring case first, so that a list reads the same whoever
 * wrote its prefix. Of actions that are equal ignoring case the first is left, and none that begins as another with a final
 * star does.
 *
 * @param prefix the service prefix as the author spells it
 */
export function writeEntries(prefix: string, actions: readonly SafeAction[], service: Service | undefined): string[] {
  const written = actions.map((action) => writeEntry(prefix, action, service));
  if (written.length < 2) return written.map(({ entry }) => entry);
  written.sort((a, b) => compareText(a.folded, b.folded) || compareText(a.entry, b.entry));
  return withoutCovered(written).map(({ entry }) => entry);
}

interface NewEntry {
  readonly entry: string;
  /** The action in lower case. */
  readonly folded: string;
}

function writeEntry(prefix: string, action: SafeAction, service: Service | undefined): NewEntry {
  if (typeof action === 'string') return { entry: `${prefix}:${action}`, folded: action.toLowerCase() };
  const entry = prefix === service?.prefix ? service.entry(action) : `${prefix}:${service?.names[action]}`;
  return { entry, folded: service?.folded[action] as string };
}

/** Leaves out what an entry before it covers: sorted, what begins with a text stands right behind the text itself. */
function withoutCovered(sorted: readonly NewEntry[]): NewEntry[] {
  const left: NewEntry[] = [];
  let prefix: string | undefined;
  for (const entry of sorted) {
    const { folded } = entry;
    if (prefix !== undefined && folded.startsWith(prefix)) continue;
    if (folded === left.at(-1)?.folded) continue;
    if (folded.indexOf('*') === folded.length - 1 && !folded.includes('?')) {
      prefix = folded.slice(0, -1);
      // Only a name that ends where the star stands is sorted before it.
      if (left.at(-1)?.folded === prefix) left.pop();
    }
    left.push(entry);
  }
  return left;
}
