import picomatch from 'picomatch';
import type { Settings } from '../protocol.ts';
import type { PrincipalMapping } from '../service/findings/rules/outcome.ts';

/**
 * What the setting `iamPolicyRefiner.principals` says of a file: its own path goes before its mere name, and that before globs;
 * for the rest it is in the order of the settings. A key is a file or a glob, relative to the workspace folder, and may name
 * one policy of it: `template.json#AppRole`. Without a `/` it means files of that name in every folder, as in VS Code's own
 * `files.associations`.
 *
 * @param path the file's path, relative to the workspace folder
 */
export function mappingsFor(principals: Settings['principals'], path: string): PrincipalMapping[] {
  const found = Object.entries(principals).flatMap(([key, names]): RankedMapping[] => {
    const hash = key.lastIndexOf('#');
    const [glob, document] = hash < 0 ? [key, undefined] : [key.slice(0, hash), key.slice(hash + 1)];
    const rank = RANKS.findIndex((matches) => matches(glob.replace(/^\.?\//, ''), path));
    if (rank < 0) return [];
    const listed = typeof names === 'string' ? [names] : names;
    return [{ rank, mapping: { key, principals: listed, ...(document !== undefined && { document }) } }];
  });
  return found.sort((a, b) => a.rank - b.rank).map(({ mapping }) => mapping);
}

interface RankedMapping {
  /** How exactly the key means the file; 0 is exactest. */
  readonly rank: number;
  readonly mapping: PrincipalMapping;
}

/** The ways in which a key may mean a file, the exactest first. A file may be called `[id].json`, which as a glob means something else. */
const RANKS: readonly ((key: string, path: string) => boolean)[] = [
  (key, path) => key === path,
  (key, path) => !key.includes('/') && path.endsWith(`/${key}`),
  matchesGlob,
];

function matchesGlob(glob: string, path: string): boolean {
  try {
    return picomatch.isMatch(path, glob, { dot: true, nocase: true, basename: !glob.includes('/') });
  } catch {
    // Nothing that a user writes into the settings may stop the server; what is no glob matches nothing.
    return false;
  }
}
