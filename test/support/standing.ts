import type { PolicyStanding } from '../../server/src/service/whose/standing.ts';

/** What an identity policy is of which nothing else is known. */
export const STANDING: PolicyStanding = { kind: 'identity', quota: 6144, isMerged: false, holders: [] };
