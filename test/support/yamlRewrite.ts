import type { TextChange } from '../../server/src/service/policy/model.ts';
import { yaml } from '../../server/src/service/policy/yaml/index.ts';
import { assertRewriteIn, editIn, type RewriteCase, rewriteIn, type Wish } from './rewrite.ts';

export type { RewriteCase, Wish };

/** `rewriteIn` YAML. */
export function rewrite(text: string, ...wishes: readonly Wish[]): string {
  return rewriteIn(yaml, text, ...wishes);
}

/** `editIn` YAML. */
export function edit(text: string, ...wishes: readonly Wish[]): TextChange[] {
  return editIn(yaml, text, ...wishes);
}

/** `assertRewriteIn` YAML. */
export function assertRewrite(rewriteCase: RewriteCase): void {
  assertRewriteIn(yaml, rewriteCase);
}
