import picomatch from 'picomatch';
import type { Settings } from '../protocol.ts';
import type { PrincipalMapping } from '../service/findings/rules/outcome.ts';

/**
 * What the setting `iamPolicyRefiner.principals` says of a file, in the order of the settings. A key is a file or a glob,
 * relative to the workspace folder, and may name one policy of it: `template.json#AppRole`. Without a `/` it means files of
 * that name in every folder, as in VS Code's own `files.associations`.
 *
 * @param path the file's path, relative to the workspace folder
 */
export function mappingsFor(principals: Settings['principals'], path: string): PrincipalMapping[] {
  return Object.entries(principals).flatMap(([key, names]): PrincipalMapping[] => {
    const hash = key.lastIndexOf('#');
    const [glob, document] = hash < 0 ? [key, undefined] : [key.slice(0, hash), key.slice(hash + 1)];
    if (!matches(glob.replace(/^\.?\//, ''), path)) return [];
    return [
      { key, principals: typeof names === 'string' ? [names] : names, ...(document !== undefined && { document }) },
    ];
  });
}

function matches(glob: string, path: string): boolean {
  // A file may be called `[id].json`, which as a glob means something else.
  if (glob === path || (!glob.includes('/') && path.endsWith(`/${glob}`))) return true;
  try {
    return picomatch.isMatch(path, glob, { dot: true, nocase: true, basename: !glob.includes('/') });
  } catch {
    // Nothing that a user writes into the settings may stop the server; what is no glob matches nothing.
    return false;
  }
}
