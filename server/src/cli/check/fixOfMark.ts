import type { FileAnalysis, PolicyAnalysis } from '../../service/analysis.ts';
import { writeChanges } from '../../service/codeActions/edits.ts';
import { statementFixes } from '../../service/codeActions/fixes.ts';
import type { Mark } from '../../service/diagnostics/marks.ts';
import type { Span } from '../../service/json/span.ts';
import type { TextChange } from '../../service/policy/model.ts';
import { measureChanges, outgrowsQuota } from '../../service/size.ts';

/**
 * A statement of more entries gets no fix an entry: each is planned and proven for itself, with all others beside it, which
 * takes seconds from here on. The policies that IAM takes have hardly as many.
 */
const MAX_ENTRIES = 500;

/** A fix of one mark, for itself. */
export interface MarkFix {
  readonly title: string;
  readonly changes: readonly TextChange[];
}

/** The fix that the editor offers first for a mark; none where nothing is proven, or IAM would refuse the policy for its size. */
export function fixOfMark(analysis: FileAnalysis, policy: PolicyAnalysis, mark: Mark): MarkFix | undefined {
  const { plan, span, pointer } = mark;
  if (!plan || plan.statement.entries.length > MAX_ENTRIES) return undefined;
  const touches = ({ start, end }: Span) => start <= span.end && span.start <= end;
  const fix = statementFixes(plan, policy, touches).find((candidate) => candidate.pointer === pointer);
  if (!fix) return undefined;
  if (outgrowsQuota(measureChanges(policy.document, fix.changes))) return undefined;
  return { title: fix.title, changes: writeChanges(analysis, policy.document, fix.changes) };
}
