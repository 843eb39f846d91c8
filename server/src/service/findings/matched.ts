import type { FindingsMatch } from './match.ts';

/** The findings that apply to a policy. */
export type MatchedFindings = Extract<FindingsMatch, { readonly kind: 'matched' }>;
