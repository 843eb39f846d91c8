import type { CodeAction } from 'vscode-languageserver-types';
import { findInvalidPattern } from '../actions/entry.ts';
import { hasWildcard } from '../actions/glob.ts';
import type { Span } from '../json/span.ts';
import { type Grant, unusedActions } from '../refine/grant.ts';
import type { StatementPlan } from '../refine/statementPlan.ts';
import { count, cut, quote } from '../text.ts';
import { QUICK_FIX } from './kinds.ts';

/** What a request to keep actions is made of. */
interface KeepOptions {
  /** The client's command that writes actions into the setting `keep`; it takes `{uri, actions}`. */
  readonly command: string;
  readonly uri: string;
}

/** More names than these make no setting that anybody would read: there a pattern, which only the user can choose, is better. */
const MAX_KEPT = 100;

/**
 * For what a span touches in a statement: an action each that keeps what is unused of it, so that it is never reported again.
 * They bear no diagnostics, because VS Code would show them before the fixes that reach further than one mark.
 */
export function keepActions(
  { statement, entries, exclusions }: StatementPlan,
  touches: (span: Span) => boolean,
  options: KeepOptions,
): CodeAction[] {
  if (exclusions) return touches(statement.elementSpan) ? keepAction("'NotAction'", exclusions.grants, options) : [];
  return entries.flatMap(({ entry, grants }, index) => {
    const target = statement.entries[index];
    return target && touches(target) ? keepAction(quote(entry), grants, options) : [];
  });
}

function keepAction(granter: string, grants: readonly Grant[], { command, uri }: KeepOptions): CodeAction[] {
  // What is no sound setting would keep nothing, and stop all refining: such names come from findings that nobody checked.
  const actions = unusedActions(grants).filter(
    (name) => !hasWildcard(name) && findInvalidPattern([name]) === undefined,
  );
  const [first, ...others] = actions;
  if (first === undefined || actions.length > MAX_KEPT) return [];
  const title =
    others.length === 0
      ? `Keep ${cut(first)} (never report it)`
      : `Keep all ${count(actions.length, 'unused action')} of ${granter} (never report them)`;
  return [{ title, kind: QUICK_FIX, command: { title, command, arguments: [{ uri, actions }] } }];
}
