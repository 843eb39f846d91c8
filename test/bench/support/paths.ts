import { fileURLToPath } from 'node:url';

/** A path below the repository's root. */
export function atRoot(path: string): string {
  return fileURLToPath(new URL(`../../../${path}`, import.meta.url));
}

/** A program that we are compared with. */
export function programAt(name: string): string {
  return atRoot(`test/bench/programs/${name}`);
}
