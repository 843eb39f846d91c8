import path from 'node:path';
import { toSlashes } from '../inputs.ts';

/** A file as GitHub names it: from the root of the repository, where a workflow has one, however the user named it. */
export function repositoryPath(file: string): string {
  const root = process.env.GITHUB_WORKSPACE ?? '';
  return toSlashes(path.relative(root, file));
}
