import type { Principal } from '../findings/principal.ts';
import type { HolderView } from './match.ts';

/** Whose findings are a holder's, and how surely: the answer for one holder of perhaps several. */
export interface HolderAnswer {
  readonly kind: 'certain' | 'likely' | 'ambiguous' | 'none';
  /** Those whose findings are the holder's; of an answer that leaves it open, those that could be it. */
  readonly principals: readonly Principal[];
  /** Why, as a clause. */
  readonly why: string;
  /** Other places that could be the same principal's, by their paths; the files that stand in the way. */
  readonly rivals: readonly string[];
  /** What was looked at and why it was kept or dropped, a line each. */
  readonly trail: readonly string[];
  /** Whether nobody is known who could be it: of a deployment that there may be, this is no trace. */
  readonly isNobody?: true;
}

/** What a policy is, by all that the repository says of it. */
export interface PolicyStanding {
  readonly kind: 'identity' | 'other';
  /** Characters, as IAM counts. */
  readonly quota: number;
  /** Whether its statements are put together with those of others: then one may take the place of another one of its `Sid`. */
  readonly isMerged: boolean;
  readonly holders: readonly HolderView[];
}
