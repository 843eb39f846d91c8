/** The kind of the actions that are offered for a mark. */
export const QUICK_FIX = 'quickfix';

/** The kind of the fix-all action, for `editor.codeActionsOnSave` and "Fix All". */
export const FIX_ALL_KIND = 'source.fixAll.iamPolicyRefiner';

/**
 * Whether a code action of `kind` was asked for. Kinds are hierarchical (LSP, CodeActionContext.only): asking for
 * `source` asks for `source.fixAll.iamPolicyRefiner` too, and the empty kind for everything.
 */
export function isRequested(kind: string, only: readonly string[] | undefined): boolean {
  return only === undefined || only.some((wanted) => wanted === '' || kind === wanted || kind.startsWith(`${wanted}.`));
}
