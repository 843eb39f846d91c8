import type { Catalogue, Service } from './catalogue.ts';
import { globIncludes, hasWildcard, literalPrefix } from './glob.ts';

/** One string of an `Action` or `NotAction` element, taken apart. */
export interface ActionPattern {
  /** The service prefix as the author spelled it; `*` for the entries `*` and `*:…`. */
  readonly service: string;
  /** What the entry says about the action name, wildcards included; `*` for the entry `*`. */
  readonly action: string;
}

/**
 * Takes an entry apart. `undefined` when it is nothing that IAM could match to an action: no colon
 * (but for a bare `*`), or a wildcard in the service prefix (but for `*:…`), which IAM refuses.
 */
export function parseEntry(entry: string): ActionPattern | undefined {
  if (isOnlyStars(entry)) return { service: '*', action: '*' };
  const colon = entry.indexOf(':');
  if (colon < 0) return undefined;
  const service = entry.slice(0, colon);
  const action = entry.slice(colon + 1);
  if (isOnlyStars(service)) return { service: '*', action };
  return hasWildcard(service) || service === '' ? undefined : { service, action };
}

/** The catalogue services that a pattern can grant actions of: all for `*`, else its own if it is known. */
export function servicesOf(pattern: ActionPattern, catalogue: Catalogue): readonly Service[] {
  if (pattern.service !== '*') {
    const service = catalogue.service(pattern.service);
    return service ? [service] : [];
  }
  return catalogue.prefixes.map((prefix) => catalogue.service(prefix) as Service);
}

/** The names of `service` that the action pattern `action` matches, in catalogue order. */
export function matchingNames(service: Service, action: string): readonly string[] {
  if (!hasWildcard(action)) {
    const index = service.indexOf.get(action.toLowerCase());
    return index === undefined ? [] : [service.names[index] as string];
  }
  if (isOnlyStars(action)) return service.names;
  // Most names fall to the literal prefix, and comparing that is cheaper than matching.
  const prefix = literalPrefix(action).toLowerCase();
  return service.names.filter(
    (name, i) => (service.folded[i] as string).startsWith(prefix) && globIncludes(action, name),
  );
}

function isOnlyStars(text: string): boolean {
  return /^\*+$/.test(text);
}
