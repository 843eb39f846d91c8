import type { FileAnalysis, PolicyAnalysis } from '../../service/analysis.ts';
import { statementFixes } from '../../service/codeActions/fixes.ts';
import type { Mark } from '../../service/diagnostics/marks.ts';
import type { Span } from '../../service/json/span.ts';
import type { TextChange } from '../../service/policy/model.ts';
import { measureChanges, outgrowsQuota } from '../../service/size.ts';
import { writeProven } from '../../service/written/writeProven.ts';

/**
 * A statement of more entries gets no fix an entry: each is planned and proven for itself, with all others beside it, which
 * takes seconds from here on. The policies that IAM takes have hardly as many.
 */
const MAX_ENTRIES = 500;

/** Nor do the marks of a policy that is longer, in UTF-16 units: all of it is read again for each of them. IAM takes a fifth of that. */
const MAX_LENGTH = 50_000;

/** A fix of one mark, for itself. */
export interface MarkFix {
  readonly title: string;
  readonly changes: readonly TextChange[];
}

/** The fix that the editor offers first for a mark; none where nothing is proven, or IAM would refuse the policy for its size. */
export function fixOfMark(analysis: FileAnalysis, policy: PolicyAnalysis, mark: Mark): MarkFix | undefined {
  const { plan, span, pointer } = mark;
  const { start, end } = policy.document;
  if (!plan || plan.statement.entries.length > MAX_ENTRIES || end - start > MAX_LENGTH) return undefined;
  const touches = (other: Span) => other.start <= span.end && span.start <= other.end;
  const fix = statementFixes(plan, policy, touches).find((candidate) => candidate.pointer === pointer);
  if (!fix) return undefined;
  if (outgrowsQuota(measureChanges(policy.document, fix.changes))) return undefined;
  const { edits, refusal } = writeProven(analysis, [{ document: policy.document, changes: fix.changes }]);
  return refusal === undefined ? { title: fix.title, changes: edits } : undefined;
}
