import { type PolicyDocument, SIZE_QUOTAS, type StatementChange } from './policy/model.ts';
import { count, groupDigits } from './text.ts';

/** A policy's size as IAM counts it, in characters, before and after changes, and the quota that binds it. */
export interface PolicySize {
  readonly before: number;
  readonly after: number;
  readonly quota: number;
}

/** What changes of its statements do to a policy's size. IAM sees JSON, whatever the syntax of the file. */
export function measureChanges(document: PolicyDocument, changes: readonly StatementChange[]): PolicySize {
  const growth = changes.reduce((sum, change) => sum + growthBy(change), 0);
  return { before: document.size, after: document.size + growth, quota: document.quota };
}

const COMMA = 1;
const BRACKETS = 2;

/** What stays of a list has one item at least, so each that goes takes a comma with it, and each that comes brings one. */
function growthBy({ statement, change }: StatementChange): number {
  if (change.kind === 'remove') return -(statement.size + COMMA);
  const added = change.kind === 'append' ? change.entries : [...change.replacements.values()].flat();
  const gone = change.kind === 'append' ? [] : [...change.replacements.keys()];
  const becomesList = !statement.list && statement.entries.length - gone.length + added.length > 1;
  const growth =
    added.reduce((sum, entry) => sum + JSON.stringify(entry).length + COMMA, 0) -
    gone.reduce((sum, { size }) => sum + size + COMMA, 0) +
    (becomesList ? BRACKETS : 0);
  return growth * statement.uses;
}

/** Whether a policy that fitted its quota would no longer fit it: IAM would refuse to take it. */
export function outgrowsQuota({ before, after, quota }: PolicySize): boolean {
  return before <= quota && after > quota;
}

/** Why to think twice before changes are made, as a sentence without a full stop; `undefined` where IAM takes the policy. */
export function cautionOf(size: PolicySize): string | undefined {
  return outgrowsQuota(size)
    ? `Refined, the policy would have ${describeOutgrown(size)}. IAM would refuse it`
    : undefined;
}

/** The sizes in words, for titles and messages: `7,200 characters, more than the 6,144 of a managed policy`. */
export function describeOutgrown({ after, quota }: PolicySize): string {
  const kind = Object.entries(SIZE_QUOTAS).find(([, amount]) => amount === quota)?.[0];
  const owner = kind === 'managed' ? 'a managed policy' : `the inline policies of a ${kind}`;
  return `${count(after, 'character')}, more than the ${groupDigits(quota)} of ${owner}`;
}
