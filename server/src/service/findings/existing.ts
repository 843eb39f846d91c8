import { parseEntry } from '../actions/entry.ts';
import { hasWildcard } from '../actions/glob.ts';
import type { CombinedFindings } from './combine.ts';

/**
 * Actions that exist and are to stay, whether or not the catalogue knows them, by service prefix in lower case: those that
 * last-accessed reports show as used, those that only some of the sources call unused, and those that the user keeps by name.
 * A wildcard that is refined must go on granting them.
 */
export function existingActions(findings: CombinedFindings, keep: readonly string[]): Map<string, readonly string[]> {
  const existing = new Map<string, readonly string[]>(findings.used);
  const add = (service: string, names: readonly string[]) => {
    if (names.length > 0) existing.set(service, [...(existing.get(service) ?? []), ...names]);
  };
  for (const [service, { parts, agreed }] of findings.services) {
    if (!agreed) continue;
    for (const { report } of parts) {
      if (report.actions !== 'whole')
        add(
          service,
          report.actions.names.unknown.filter((name) => !agreed.has(name.toLowerCase())),
        );
    }
  }
  for (const entry of keep) {
    const pattern = hasWildcard(entry) ? undefined : parseEntry(entry);
    if (pattern) add(pattern.service.toLowerCase(), [pattern.action]);
  }
  return existing;
}
