import type { Principal } from '../findings/principal.ts';
import type { HolderAnswer } from './standing.ts';

/** They hold it, and nobody else can be meant. */
export function certain(principals: readonly Principal[], why: string): HolderAnswer {
  return { kind: 'certain', principals, why, rivals: [], trail: [] };
}

/** All that is known speaks for them. `rivals` are paths of what speaks of them as well. */
export function likely(principals: readonly Principal[], why: string, rivals: readonly string[] = []): HolderAnswer {
  return { kind: 'likely', principals, why, rivals, trail: [] };
}

/** They could be meant, and so could others. */
export function ambiguous(principals: readonly Principal[], why: string, rivals: readonly string[]): HolderAnswer {
  return { kind: 'ambiguous', principals, why, rivals, trail: [] };
}

/** Nobody's findings apply. */
export function none(why: string): HolderAnswer {
  return { kind: 'none', principals: [], why, rivals: [], trail: [] };
}
