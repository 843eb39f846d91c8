import picomatch from 'picomatch';
import type { Settings } from '../protocol.ts';
import type { PrincipalMapping } from '../service/findings/rules/outcome.ts';

/**
 * What the setting `iamPolicyRefiner.principals` says of a file, in the order of the settings, but what is said of the file
 * itself before what a glob says. A key is a file or a glob, relative to the workspace folder, and may name one policy of it:
 * `template.json#AppRole`. Without a `/` it means files of that name in every folder, as in VS Code's own `files.associations`.
 *
 * @param path the file's path, relative to the workspace folder
 */
export function mappingsFor(principals: Settings['principals'], path: string): PrincipalMapping[] {
  const found = Object.entries(principals).flatMap(([key, names]) => {
    const { glob, document } = splitKey(key);
    if (!matches(glob, path)) return [];
    const mapping: PrincipalMapping = {
      key,
      principals: typeof names === 'string' ? [names] : names,
      ...(document !== undefined && { document }),
    };
    return [{ mapping, isExact: glob.includes('/') && matchesLiterally(glob, path) }];
  });
  return [...found.filter(({ isExact }) => isExact), ...found.filter(({ isExact }) => !isExact)].map(
    ({ mapping }) => mapping,
  );
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

/** Whether a key says a path letter by letter: a file may be called `[id].json`, which as a glob means something else. */
function matchesLiterally(glob: string, path: string): boolean {
  return withoutRoot(glob) === path || glob === keyOf(path);
}

function matches(glob: string, path: string): boolean {
  const isName = !glob.includes('/');
  if (matchesLiterally(glob, path) || (isName && path.endsWith(`/${glob}`))) return true;
  try {
    return picomatch.isMatch(path, withoutRoot(glob), { dot: true, nocase: true, basename: isName });
  } catch {
    // Nothing that a user writes into the settings may stop the server; what is no glob matches nothing.
    return false;
  }
}
