import { existsSync } from 'node:fs';
import path from 'node:path';

/** The name under which a configuration file is found. */
export const CONFIG_NAME = 'iam-policy-refiner.json';

/** The configuration file that holds for the working folder: the nearest of its folder and those above; relative where it is inside. */
export function findConfig(): string | undefined {
  for (let folder = process.cwd(); ; folder = path.dirname(folder)) {
    const file = path.join(folder, CONFIG_NAME);
    if (existsSync(file)) return folder === process.cwd() ? CONFIG_NAME : file;
    if (path.dirname(folder) === folder) return undefined;
  }
}
