import type { MatchedFindings } from '../findings/rules/outcome.ts';
import type { EntryRefinement } from '../refine/entry.ts';
import { keptActions } from '../refine/grant.ts';

/**
 * `iam:PassRole` is an authorisation check and no API call, so that AWS never tracks it. Said where it is asked for by name, and
 * where it stays although all of its service is reported unused.
 */
export function describePassRole({ entry, grants }: EntryRefinement, { findings }: MatchedFindings): string[] {
  if (entry.toLowerCase() === PASS_ROLE) return ['AWS never tracks `iam:PassRole`, so it reports nothing of its use.'];
  const stays = keptActions(grants).some((action) => action.toLowerCase() === PASS_ROLE);
  const isWhole = findings.services.get('iam')?.whole ?? findings.services.get('*')?.whole;
  return stays && isWhole
    ? ['AWS never tracks `iam:PassRole`, so a report that all of `iam` is unused does not make it unused.']
    : [];
}

const PASS_ROLE = 'iam:passrole';
