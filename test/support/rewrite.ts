import assert from 'node:assert/strict';
import type { Entry, PolicySyntax, StatementChange, TextChange } from '../../server/src/service/policy/model.ts';
import { writeProven } from '../../server/src/service/written/writeProven.ts';
import { applyDisjoint } from './disjoint.ts';

/**
 * What to do with a policy: entries by their value and what takes their place, the index of a statement to remove, or
 * entries to add to every `NotAction`.
 */
export type Wish = Readonly<Record<string, readonly string[]>> | number | readonly string[];

/** The text of a file after the wishes have come true in all its policies. Whatever the wishes, the result is sound. */
export function rewriteIn(syntax: PolicySyntax, text: string, ...wishes: readonly Wish[]): string {
  const result = applyDisjoint(text, editIn(syntax, text, ...wishes));
  assert.deepEqual(syntax.read(result).problems, [], `the rewritten text is sound:\n${result}`);
  return result;
}

/** The edits by which `rewriteIn` makes its wishes true. */
export function editIn(syntax: PolicySyntax, text: string, ...wishes: readonly Wish[]): TextChange[] {
  const file = syntax.read(text);
  const { documents, problems } = file;
  assert.deepEqual(problems, [], `the text to rewrite is sound:\n${text}`);
  assert.notEqual(documents.length, 0, 'the text to rewrite holds a policy');
  const added = wishes.flatMap((wish) => (isList(wish) ? wish : []));
  const gone = wishes.filter((wish) => typeof wish === 'number');
  const replaced = new Map(
    wishes.flatMap((wish) => (typeof wish === 'number' || isList(wish) ? [] : Object.entries(wish))),
  );
  const wanted = documents.map((document) => {
    const changes = document.statements.flatMap((statement, index): StatementChange[] => {
      if (gone.includes(index)) return [{ statement, change: { kind: 'remove' } }];
      if (added.length > 0 && statement.element === 'NotAction')
        return [{ statement, change: { kind: 'append', entries: added } }];
      const replacements = new Map<Entry, readonly string[]>();
      for (const entry of statement.entries) {
        const entries = replaced.get(entry.value);
        if (entries) replacements.set(entry, entries);
      }
      return replacements.size > 0 ? [{ statement, change: { kind: 'replace', replacements } }] : [];
    });
    return { document, changes };
  });
  const changed = wanted.filter(({ changes }) => changes.length > 0);
  for (const one of changed) assert.equal(writeProven({ syntax, text, file }, [one]).refusal, undefined);
  const { edits, refusal } = writeProven({ syntax, text, file }, changed);
  assert.equal(refusal, undefined);
  return [...edits];
}

function isList(wish: Wish): wish is readonly string[] {
  return Array.isArray(wish);
}

/** A rewrite as a table has it: the wishes, and what they do to the text. */
export interface RewriteCase {
  readonly wishes: readonly Wish[];
  /**
   * The whole text before and after as one: lines that begin with `-` are only in the text before, lines that begin
   * with `+` only in the text after, and the first column belongs to neither.
   */
  readonly diff: string;
  /** What to make of the two texts, such as to give them other line ends. */
  readonly as?: (text: string) => string;
}

/** Asserts that a rewrite does to the text what the diff says. */
export function assertRewriteIn(syntax: PolicySyntax, { wishes, diff, as = (text) => text }: RewriteCase): void {
  const lines = diff.replace(/^\n/, '').split('\n');
  const [before = '', after = ''] = ['+', '-'].map((other) =>
    as(
      lines
        .filter((line) => !line.startsWith(other))
        .map((line) => line.slice(1))
        .join('\n'),
    ),
  );
  assert.equal(rewriteIn(syntax, before, ...wishes), after);
}
