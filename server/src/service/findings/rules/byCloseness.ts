import type { Finding } from '../finding.ts';
import type { FindingsIndex } from '../findingsIndex.ts';
import { elsewhere, pinByAccount } from './account.ts';
import { type FindingsMatch, type MatchRule, matched } from './outcome.ts';

/** Rule 4: findings that name nobody apply in their own folder and below, the nearest first. */
export const byCloseness: MatchRule = (_, place, index, { anywhere, alone }) => {
  if (anywhere) {
    const [only, ...others] = index.principals;
    if (alone && only && others.length === 0 && index.unnamed.length === 0) {
      const isHere = pinByAccount([only], place).length > 0;
      return isHere ? matched(index, [only], 'the findings are about nobody else') : elsewhere(only.name, [only]);
    }
    return index.unnamed.length > 0 ? matchedUnnamed(index, index.unnamed) : undefined;
  }
  const above = index.unnamed.filter(({ file }) => place.path.startsWith(folderOf(file)));
  const nearest = Math.max(...above.map(({ file }) => folderOf(file).length));
  const near = above.filter(({ file }) => folderOf(file).length === nearest);
  return near.length > 0 ? matchedUnnamed(index, near) : undefined;
};

function folderOf(file: string): string {
  return file.slice(0, file.lastIndexOf('/') + 1);
}

function matchedUnnamed(index: FindingsIndex, findings: readonly Finding[]): FindingsMatch {
  const names = findings.map(({ file }) => `'${file.split('/').at(-1)}'`);
  return {
    kind: 'matched',
    findings: index.combineUnnamed(findings),
    principals: [],
    why: `${names.join(' and ')} ${names.length === 1 ? 'names' : 'name'} no principal`,
  };
}
