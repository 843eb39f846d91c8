import type { Match } from '../../../server/src/service/whose/match.ts';
import type { Reality, RealPrincipal } from './simulate.ts';

/** What is untrue of the reason for an answer; `undefined` for nothing. */
export function complaintAbout(
  { basis }: Match,
  _holders: readonly RealPrincipal[],
  _reality: Reality,
  path: string,
): string | undefined {
  for (const clause of basis.split(', and ')) {
    const file = /^the file is called '(.*)'$/.exec(clause);
    if (file && !path.endsWith(`/${file[1]}`)) return `not true: ${clause}`;
    const folder = /^it lies in the folder '(.*)'$/.exec(clause);
    if (folder && !path.split('/').includes(folder[1] ?? '')) return `not true: ${clause}`;
    if (file || folder) continue;
    if (/^the (?:role|user) '.*' holds this policy$/.test(clause)) continue;
    if (/^'findings-\d+\.json' names no principal$/.test(clause)) continue;
    return `unknown: ${clause}`;
  }
  return undefined;
}
