import { hasWildcard } from './glob.ts';

/** One string of an `Action` or `NotAction` element, taken apart. */
export interface ActionPattern {
  /** The service prefix as the author spelled it; `*` for the entries `*` and `*:…`. */
  readonly service: string;
  /** What the entry says about the action name, wildcards included; `*` for the entry `*`. Of stars in a row, one is left. */
  readonly action: string;
}

/**
 * Takes an entry apart. `undefined` when it is nothing that IAM could match to an action: no colon
 * (but for a bare `*`), or a wildcard in the service prefix (but for `*:…`), which IAM refuses.
 */
export function parseEntry(entry: string): ActionPattern | undefined {
  // To `toLowerCase` the Kelvin sign is a `k`; to IAM it is none.
  if (entry.includes('\u212A')) return undefined;
  const colon = entry.indexOf(':');
  if (colon < 0) return isOnlyStars(entry) ? { service: '*', action: '*' } : undefined;
  const service = entry.slice(0, colon);
  const action = entry.slice(colon + 1);
  if (isOnlyStars(service)) return { service: '*', action: joinStars(action) };
  return hasWildcard(service) || service === '' ? undefined : { service, action: joinStars(action) };
}

/** The first of the user's keep patterns that is no entry, such as `s3` or `GetObject`: it would keep nothing. */
export function findInvalidPattern(patterns: readonly string[]): string | undefined {
  return patterns.find((pattern) => parseEntry(pattern) === undefined);
}

function joinStars(action: string): string {
  return action.includes('**') ? action.replace(/\*+/g, '*') : action;
}

function isOnlyStars(text: string): boolean {
  return text.startsWith('*') && /^\*+$/.test(text);
}
