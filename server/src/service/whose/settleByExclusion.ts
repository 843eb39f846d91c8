import { testFolderOf } from './environments.ts';
import { folderKeyOf } from './mappingKeys.ts';
import type { Settlement } from './match.ts';
import { isInside, relativeTo } from './paths.ts';
import type { RuleContext } from './rules.ts';
import { baseOf, lineOf } from './settlementLine.ts';
import type { HolderAnswer } from './standing.ts';

/** Takes folders for tests out of the repository by "exclude", where it is these alone that stand in the way. */
export function settleByExclusion({ rivals }: HolderAnswer, context: RuleContext): Settlement[] {
  const { policy, repository } = context;
  const { root } = repository;
  // A name that is computed is no more than likely in any case.
  const isComputed = [...policy.ends.holders].some(({ known }) => known.kind === 'pattern');
  if (isComputed || testFolderOf(policy.path, root) !== undefined) return [];
  const folders = new Set<string>();
  for (const rival of rivals) {
    const folder = testFolderOf(rival, root);
    if (folder === undefined) return [];
    folders.add(`${root.replace(/\/$/, '')}/${folder}`);
  }
  const base = baseOf('exclude', context);
  const paths = [...folders];
  if (paths.length === 0 || !paths.every((path) => path !== base && isInside(path, base))) return [];
  const value = paths.map((path) => folderKeyOf(relativeTo(base, path)));
  return [{ setting: 'exclude', line: lineOf('exclude', value), value }];
}
