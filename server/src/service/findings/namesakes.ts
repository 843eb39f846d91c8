import type { Namesakes } from './rules/outcome.ts';

/**
 * Tells of each file which others have a logical id in common with it, all by path.
 * @param ids what `physicalIdsIn` gave for each file, at least for those where it gave something
 */
export function namesakesAmong(ids: ReadonlyMap<string, ReadonlySet<string>>): (path: string) => Namesakes {
  const paths = new Map<string, string[]>();
  for (const path of [...ids.keys()].sort()) {
    for (const id of ids.get(path) ?? []) {
      const known = paths.get(id);
      if (known) known.push(path);
      else paths.set(id, [path]);
    }
  }
  return (own) => {
    const found = new Map<string, readonly string[]>();
    for (const id of ids.get(own) ?? []) {
      const others = (paths.get(id) ?? []).filter((path) => path !== own);
      if (others.length > 0) found.set(id, others);
    }
    return found;
  };
}
