import type { FindingsMatch } from './rules/outcome.ts';

/** The findings that apply to a policy. */
export type MatchedFindings = Extract<FindingsMatch, { readonly kind: 'matched' }>;
