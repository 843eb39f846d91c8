import { json } from '../../server/src/service/policy/json/index.ts';
import type { TextChange } from '../../server/src/service/policy/model.ts';
import { assertRewriteIn, editIn, type RewriteCase, rewriteIn, type Wish } from './rewrite.ts';

export type { RewriteCase, Wish };

/** `rewriteIn` JSON. */
export function rewrite(text: string, ...wishes: readonly Wish[]): string {
  return rewriteIn(json, text, ...wishes);
}

/** `editIn` JSON. */
export function edit(text: string, ...wishes: readonly Wish[]): TextChange[] {
  return editIn(json, text, ...wishes);
}

/** `assertRewriteIn` JSON. */
export function assertRewrite(rewriteCase: RewriteCase): void {
  assertRewriteIn(json, rewriteCase);
}
