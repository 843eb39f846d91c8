import { count, quote } from '../text.ts';
import { testFolderOf } from './environments.ts';
import type { Holder } from './holders.ts';
import { displayName } from './names.ts';
import { folderOf, relativeTo } from './paths.ts';

/** Whether two declarations of one name are of two roles, as far as one deployment cannot have both. */
export function isOtherPlace(one: Holder, other: Holder, areDeclared: boolean): boolean {
  if (one === other) return false;
  const [root, otherRoot] = [one.instance.root, other.instance.root];
  if (root !== otherRoot && root.scope === otherRoot.scope && (root.isOpen || otherRoot.isOpen)) return false;
  if (root === otherRoot && one.provider === other.provider)
    return (
      areDeclared &&
      one.isDeclared &&
      other.isDeclared &&
      !(one.condition !== undefined && other.condition !== undefined)
    );
  if (root !== otherRoot && !areDeclared) return folderHolding(one) !== folderHolding(other);
  return true;
}

/** Whether two computed names are one role's: of one place and one text. */
export function isSameComputed(one: Holder, other: Holder): boolean {
  if (one === other) return true;
  if (one.instance.root !== other.instance.root || one.provider !== other.provider) return false;
  if (one.known.kind !== 'pattern' || other.known.kind !== 'pattern') return false;
  const isSameText = displayName(one.known.name) === displayName(other.known.name);
  return (
    isSameText &&
    (!one.isDeclared || !other.isDeclared || (one.condition !== undefined && other.condition !== undefined))
  );
}

/** The folder of the code that is deployed with a holder. */
export function folderHolding({ instance }: Holder): string {
  const { path, isFolder } = instance.root.scope;
  return isFolder ? path : folderOf(path);
}

/** Whether a place is for tests or examples, and that of the holder is not. */
export function isOnlyForTests(path: string, holder: Holder, root: string): boolean {
  return testFolderOf(path, root) !== undefined && testFolderOf(holder.instance.root.scope.path, root) === undefined;
}

/** Places in a sentence: `'prod/t.yaml' and 2 more places`. */
export function listPlaces(paths: readonly string[], root: string): string {
  const [first = '', ...others] = paths.map((path) => relativeTo(root, path));
  return others.length === 0 ? quote(first) : `${quote(first)} and ${count(others.length, 'more place')}`;
}
