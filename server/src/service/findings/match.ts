import type { PolicyDocument } from '../policy/model.ts';
import type { FindingsIndex } from './findingsIndex.ts';
import { byCloseness } from './rules/byCloseness.ts';
import { byOwner } from './rules/byOwner.ts';
import { byPlace } from './rules/byPlace.ts';
import { byUser } from './rules/byUser.ts';
import type { FindingsMatch, MatchOptions, MatchRule, MatchRuleName, PolicyPlace } from './rules/outcome.ts';

/** The rules, one a file, in the order in which they are asked. */
const RULES: Readonly<Record<MatchRuleName, MatchRule>> = { byUser, byOwner, byPlace, byCloseness };

/**
 * Decides which findings apply to one policy. The first rule that has an answer wins:
 * the user's word; what the syntax tells; the names of file and folders; findings without a principal that lie near.
 *
 * Findings that name a principal never apply by mere closeness: a neighbour's policy would lose what it uses.
 */
export function matchFindings(
  document: PolicyDocument,
  place: PolicyPlace,
  index: FindingsIndex,
  options: MatchOptions = {},
): FindingsMatch {
  if (index.files.length === 0)
    return { kind: 'unmatched', why: `no findings file was found${describeRejected(index.rejected)}` };
  for (const [name, rule] of Object.entries(RULES)) {
    const match = rule(document, place, index, options);
    // No copy of it: to copy it would join its findings.
    if (match) return Object.assign(match, { rule: name as MatchRuleName });
  }
  return nothing(index);
}

function nothing(index: FindingsIndex): FindingsMatch {
  const count = index.principals.length;
  const whom = count === 1 ? index.principals[0]?.name : `${count} principals`;
  const about = count === 0 ? 'none of the findings is about a role or user' : `the findings are about ${whom}`;
  // Another tool's file is no reason to find nothing; a file that is broken may well be.
  const broken = describeRejected(
    index.rejected.filter(
      ({ recognised, problems }) => recognised || problems.some(({ at }) => typeof at === 'number'),
    ),
  );
  return {
    kind: 'unmatched',
    why: `no principal matches this policy: ${about}, and neither its file nor a folder above it has such a name${broken}`,
  };
}

/** A findings file that could not be used must not look like none. */
function describeRejected(rejected: FindingsIndex['rejected']): string {
  return rejected
    .slice(0, 3)
    .map(({ file, problems }) => `; '${file.split('/').at(-1)}' was not used: ${problems[0]?.message}`)
    .join('');
}
