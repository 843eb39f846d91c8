import { folderOf, isInside, relativeTo } from './paths.ts';

/** Names that files of any role's policy have. */
const EMPTY_NAMES = /^(?:policy|policies|inline|permissions?|role|main|template|serverless|iam|index|document)$/i;

/** Names of files that are another kind of policy. */
const OTHER_KINDS =
  /(?:^|[._-])(?:boundary|permissions?-?boundary|scp|rcp|trust|assume-?role)(?:[._-]|$)|^trust|^assume/i;

/** A name that a policy file gives whoever holds its policy. */
export interface FileName {
  readonly name: string;
  /** As a clause: `the file is called 'AppRole.json'`. */
  readonly because: string;
  /** Whether it stands far enough from the policy to be no more than likely. */
  readonly isFar: boolean;
}

/**
 * The names that a file and the folders above it give, the nearest first: its base name; where that says nothing, the folder that it
 * lies in; and any other folder, which says little.
 */
export function fileNames(path: string, root: string): readonly FileName[] {
  const file = path.slice(path.lastIndexOf('/') + 1);
  if (OTHER_KINDS.test(file.replace(/\.[^.]*$/, ''))) return [];
  const bases = baseNames(file);
  const because = `the file is called '${file}'`;
  const folders = relativeTo(root, folderOf(path)).split('/').reverse();
  // Outside the root, folders are the user's own machine and say nothing.
  const own = isInside(path, root) && relativeTo(root, path).includes('/') ? folders : [];
  const isEmpty = bases.every((name) => EMPTY_NAMES.test(name));
  return [
    ...bases.filter((name) => !EMPTY_NAMES.test(name)).map((name) => ({ name, because, isFar: false })),
    ...own
      .filter((name) => name !== '')
      .map((name, index) => ({ name, because: `it lies in the folder '${name}'`, isFar: index > 0 || !isEmpty })),
  ];
}

/** Whether a file's own name tells more than that it holds a policy. */
export function hasTellingName(path: string): boolean {
  return baseNames(path.slice(path.lastIndexOf('/') + 1)).some((name) => !EMPTY_NAMES.test(name));
}

/** Whether a file is called like a policy of another kind, such as a boundary. */
export function isOtherKind(path: string): boolean {
  return OTHER_KINDS.test(path.slice(path.lastIndexOf('/') + 1).replace(/\.[^.]*$/, ''));
}

/** A file's name up to each of its dots, the last first, because `ann.smith` may be a user's name; and without `-policy`. */
function baseNames(file: string): string[] {
  const words = file.split('.');
  const names = words.map((_, index) => words.slice(0, words.length - index).join('.')).slice(words.length > 1 ? 1 : 0);
  return [...new Set(names.flatMap((name) => [name, name.replace(/[-_]policy$/i, '')]))].filter((name) => name !== '');
}
