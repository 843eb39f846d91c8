import { json } from '../../server/src/service/policy/json/index.ts';
import { rewriting } from './rewrite.ts';

export type { RewriteCase, Wish } from './rewrite.ts';

/** Rewrites of JSON files. */
export const { rewrite, edit, assertRewrite } = rewriting(json);
