import assert from 'node:assert/strict';
import type { FileFacts } from '../../server/src/service/whose/facts.ts';
import type { Holder } from '../../server/src/service/whose/holders.ts';
import { displayName } from '../../server/src/service/whose/names.ts';
import { Repository } from '../../server/src/service/whose/repository.ts';

/** The policy that is asked for where none is named. */
const APP = 'data.aws_iam_policy_document.app';

/**
 * Who holds a policy, by what the files of a repository say together: `role App + user Bob`, a name that is computed as a pattern
 * (`role *-app`), one that nobody knows as `role ?`; behind it what makes it no more than likely. Else `other: …` for a policy to
 * which findings do not speak, and `unknown: …`, each with its reason; or `nobody`.
 * @param files what files say, by their paths below the root
 * @param name the policy's name, or pointer
 */
export function whoHolds(files: Readonly<Record<string, FileFacts>>, name = APP): string {
  const { repository, path, pointer } = find(files, name);
  const policy = repository.policies.at(path, pointer);
  assert(policy);
  const { fact, ends } = policy;
  if (fact.kind === 'other') return 'other';
  if (ends.other !== undefined) return `other: ${ends.other}`;
  const unknown = ends.unknown ?? repository.unreadBeside(policy);
  if (unknown !== undefined) return `unknown: ${unknown}`;
  const holders = [...ends.holders].map(describe).sort();
  const awsManaged = new Set(repository.viewsOf(policy).flatMap((view) => view.awsManaged));
  const known = holders.length > 0 ? [holders.join(' + '), ...awsManaged].join(' ') : 'nobody';
  return [known, ...ends.doubts].join(', perhaps: ');
}

/** A policy's quota, by what the files of a repository say together. */
export function quotaOf(files: Readonly<Record<string, FileFacts>>, name = APP): number | undefined {
  const { repository, path, pointer } = find(files, name);
  return repository.standingOf(path, pointer)?.quota;
}

function find(files: Readonly<Record<string, FileFacts>>, name: string) {
  const all = Object.entries(files).map(([path, facts]) => [`/ws/${path}`, facts] as const);
  for (const [path, { policies }] of all)
    for (const policy of policies)
      if (policy.name === name || policy.pointer === name)
        return { repository: new Repository(all, { root: '/ws' }), path, pointer: policy.pointer };
  throw new Error(`there is no policy ${name}`);
}

function describe({ kind, known, provider }: Holder): string {
  switch (known.kind) {
    case 'literal':
      return `${kind} ${known.name}${known.isAssumed ? ' by default' : ''}${provider && ` of ${provider}`}`;
    case 'pattern':
      return `${kind} ${displayName(known.name)}`;
    case 'physical':
      return `${kind} ${displayName(known.stack)}-${known.logicalId}-…`;
    default:
      return `${kind} ?${known.why === undefined ? '' : ` (${known.why})`}`;
  }
}
