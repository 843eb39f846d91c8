import picomatch from 'picomatch';
import type { Settings } from './protocol.ts';
import type { PrincipalMapping } from './service/findings/rules/outcome.ts';
import type { SettingOrigins } from './service/settingOrigins.ts';

/**
 * What the setting `iamPolicyRefiner.principals` says of a file: its own path goes before its mere name, and that before globs;
 * for the rest it is in the order of the settings. A key is a file or a glob, relative to the workspace folder, and may name
 * one policy of it: `template.json#AppRole`. Without a `/` it means files of that name in every folder, as in VS Code's own
 * `files.associations`; `./app.json` is a file of the workspace folder itself.
 *
 * @param path the file's path, relative to the workspace folder, or to the folder of the configuration file that says it
 */
export function mappingsFor(
  principals: Settings['principals'],
  path: string,
  origins?: SettingOrigins,
): PrincipalMapping[] {
  const found = Object.entries(principals).flatMap(([key, names]): RankedMapping[] => {
    const { glob, document } = splitKey(key);
    const rank = RANKS.findIndex((matches) => matches(glob, path));
    if (rank < 0) return [];
    const listed = typeof names === 'string' ? [names] : names;
    return [
      {
        rank,
        mapping: { key, principals: listed, ...(document !== undefined && { document }), ...(origins && { origins }) },
      },
    ];
  });
  return found.sort((a, b) => a.rank - b.rank).map(({ mapping }) => mapping);
}

/** The key that means a file and no other, whatever it is called; or one policy of it, by its address or pointer. */
export function keyOf(path: string, document?: string): string {
  const file = escapeGlob(path.includes('/') ? path : `./${path}`);
  return document === undefined ? file : `${file}#${document.replaceAll('#', '\\#')}`;
}

/** The key that means all files of a folder. */
export function folderKeyOf(folder: string): string {
  return `${escapeGlob(folder)}/**`;
}

/** Takes a key apart at its last `#`, but for those that a backslash says are part of a name. */
function splitKey(key: string): { glob: string; document: string | undefined } {
  let hash = key.lastIndexOf('#');
  while (hash > 0 && key[hash - 1] === '\\') hash = key.lastIndexOf('#', hash - 1);
  if (hash < 0 || key[hash - 1] === '\\') return { glob: key, document: undefined };
  return { glob: key.slice(0, hash), document: key.slice(hash + 1).replaceAll('\\#', '#') };
}

/** A `/` at the front, or `./`, only says that the workspace folder is meant. */
function withoutRoot(glob: string): string {
  return glob.replace(/^\.?\//, '');
}

function escapeGlob(text: string): string {
  return text.replace(/[\\*?[\]{}()!+@|^$#]/g, '\\$&');
}

interface RankedMapping {
  /** How exactly the key means the file; 0 is exactest. */
  readonly rank: number;
  readonly mapping: PrincipalMapping;
}

/** The ways in which a key may mean a file, the exactest first. A file may be called `[id].json`, which as a glob means something else. */
const RANKS: readonly ((key: string, path: string) => boolean)[] = [
  (key, path) => key.includes('/') && (withoutRoot(key) === path || key === keyOf(path)),
  (key, path) => !key.includes('/') && (key === path || path.endsWith(`/${key}`)),
  matchesGlob,
];

function matchesGlob(glob: string, path: string): boolean {
  try {
    return picomatch.isMatch(path, withoutRoot(glob), { dot: true, nocase: true, basename: !glob.includes('/') });
  } catch {
    // Nothing that a user writes into the settings may stop the server; what is no glob matches nothing.
    return false;
  }
}
