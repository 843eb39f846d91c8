import { templatesOf } from './cloudFormationText.ts';
import { evidenceOf, inventoryOf, matrix, policyFile } from './otherTexts.ts';
import type { Reality } from './simulate.ts';
import { modulesOf } from './terraformText.ts';
import type { World } from './world.ts';

/** The files of a repository, by their paths. */
export function textsOf(world: World, reality: Reality): Map<string, string> {
  const files = new Map<string, string>();
  for (const root of world.roots) {
    for (const [path, text] of root.family === 'cfn' ? templatesOf(root, world) : modulesOf(root, world))
      files.set(path, text);
    for (const { path, text } of evidenceOf(root)) files.set(path, text);
  }
  for (const { path, text } of world.files.map((file) => policyFile(file.path))) files.set(path, text);
  for (const { path, text } of inventoryOf(world, reality)) files.set(path, text);
  if (world.hasMatrix) files.set(matrix().path, matrix().text);
  return files;
}
