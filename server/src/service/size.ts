import type { FileAnalysis } from './analysis.ts';
import { type PolicyDocument, SIZE_QUOTAS, type StatementChange, type TextChange } from './policy/model.ts';
import { count, groupDigits } from './text.ts';

/** A policy's size as IAM counts it, in characters, before and after changes, and the quota that binds it. */
export interface PolicySize {
  readonly before: number;
  readonly after: number;
  readonly quota: number;
}

/** What changes do to a policy's size. */
export function measureChanges(
  analysis: FileAnalysis,
  document: PolicyDocument,
  changes: readonly TextChange[],
): PolicySize {
  const { syntax, text } = analysis;
  const growth = changes.reduce(
    (sum, { start, end, text: written }) => sum + syntax.size(written) - syntax.size(text.slice(start, end)),
    0,
  );
  return { before: document.size, after: document.size + growth, quota: document.quota };
}

/** The same for changes of statements, which are written for this. */
export function measureRefinement(
  analysis: FileAnalysis,
  document: PolicyDocument,
  changes: readonly StatementChange[],
): PolicySize {
  return measureChanges(
    analysis,
    document,
    changes.length > 0 ? analysis.syntax.write(analysis.text, document, changes) : [],
  );
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
