import { parsePrincipal } from '../principal.ts';
import type { JsonObject } from './shape.ts';

/**
 * Whom something is about by its own fields: an ARN, else a name, as it is written; `undefined` where no field says it. People
 * cut exports down and put together their own, and what one role does not use must not count for its neighbours.
 */
export function principalOf(object: JsonObject): string | undefined {
  let named: string | undefined;
  for (const key of Object.keys(object)) {
    const value = object[key] ?? undefined;
    if (value === undefined || !WHOSE.test(key)) continue;
    const given = typeof value === 'string' ? value : UNREADABLE;
    if (parsePrincipal(given)) return given;
    named ??= given;
  }
  return named;
}

/** The fields that say so: AWS's `resource`, and what others call it. */
const WHOSE = /^(?:iam_?)?(?:(?:role|user|group|principal|resource|entity|identity)_?(?:name|arn)?|arn)$/i;

/** Nobody is called so: what is about somebody of whom nothing can be read is about nobody whose policy is here. */
const UNREADABLE = 'an unreadable principal';
