import type { HolderView } from '../../server/src/service/whose/match.ts';
import { Repository } from '../../server/src/service/whose/repository.ts';
import { factsOfText } from './factsTable.ts';

const PATH = '/ws/file';

/**
 * What the repository of one file says of a policy in it, JSON or YAML, as `kind quota holders`: `identity 10240 role 'App' (Id)`; of
 * one that others may hold as well, `unknown: why`, or `perhaps others: why` where that is no more than possible.
 * @param find tells which policy is meant, by what users call it; the only one where it is absent
 */
export function whoHolds(text: string, find?: (name: string | undefined) => boolean): string {
  const facts = factsOfText(text);
  const found = find ? facts.policies.filter(({ name }) => find(name)) : facts.policies;
  const [policy] = found;
  if (!policy || found.length > 1) throw new Error(`${found.length} policies in ${text}`);
  const repository = new Repository([[PATH, facts]], { root: '/ws' });
  const { kind, quota, holders } = repository.standingOf(PATH, policy.pointer) ?? {};
  if (kind === 'other') return `other ${quota}`;
  const { ends } = repository.policies.at(PATH, policy.pointer) ?? {};
  return [
    `${kind} ${quota}`,
    (holders ?? []).map(describeHolder).toSorted().join(' + '),
    ends?.unknown === undefined ? '' : `unknown: ${ends.unknown}`,
    ...(ends?.unknown === undefined ? [...(ends?.doubts ?? [])] : []).map((why) => `perhaps others: ${why}`),
  ]
    .filter(Boolean)
    .join(' ');
}

function describeHolder({ kind, name, address }: HolderView): string {
  return [kind, name !== undefined && `'${name}'`, address !== undefined && `(${address})`].filter(Boolean).join(' ');
}

/** The AWS managed policies that are attached to those who hold the only policy of a text. */
export function awsManagedBeside(text: string): readonly string[] {
  const facts = factsOfText(text);
  const repository = new Repository([[PATH, facts]], { root: '/ws' });
  const [policy] = facts.policies;
  const { holders = [] } = repository.standingOf(PATH, policy?.pointer ?? '') ?? {};
  return holders.flatMap(({ awsManaged }) => awsManaged);
}
