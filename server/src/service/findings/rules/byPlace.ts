import { elsewhere, pinByAccount } from './account.ts';
import { ambiguous, type MatchRule, matched } from './outcome.ts';

/**
 * Rule 3: the file's base name, else the nearest folder above it and inside the root, is a principal's name. It is no word
 * on a policy whose owner the syntax tells: that is somebody else than the principal of that name.
 */
export const byPlace: MatchRule = ({ owner }, place, index) => {
  if (owner) return undefined;
  const { path, root } = place;
  const file = path.split('/').at(-1) ?? '';
  const bases = baseNames(file).map((name) => [name, `the file is called '${file}'`] as const);
  const folders = foldersBetween(path, root).map((name) => [name, `it lies in the folder '${name}'`] as const);
  for (const [name, because] of [...bases, ...folders]) {
    const named = name === '' ? [] : index.find(name);
    const found = pinByAccount(named, place);
    if (named.length > 0 && found.length === 0) return elsewhere(name, named);
    if (found.length > 1) return ambiguous(name, found);
    if (found.length === 1) return matched(index, found, because);
  }
  return undefined;
};

/** A file's name up to each of its dots, the last first, because `ann.smith` may be a user's name; and without `-policy`. */
function baseNames(file: string): string[] {
  const words = file.split('.');
  const names = words.map((_, index) => words.slice(0, words.length - index).join('.')).slice(words.length > 1 ? 1 : 0);
  return names.flatMap((name) => [name, name.replace(/[-_]policy$/i, '')]);
}

/** The names of the folders above `path` and below `root`, nearest first. */
function foldersBetween(path: string, root: string | undefined): string[] {
  const prefix = root === undefined ? undefined : root.replace(/\/*$/, '/');
  if (prefix === undefined || !path.startsWith(prefix)) return [];
  return path.slice(prefix.length).split('/').slice(0, -1).reverse();
}
