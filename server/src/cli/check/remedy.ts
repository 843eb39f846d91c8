import type { PolicyAnalysis } from '../../service/analysis.ts';
import { cautionFor } from '../../service/codeActions/fixes.ts';
import type { Mark } from '../../service/diagnostics/marks.ts';
import { count } from '../../service/text.ts';

/** Of more entries nobody wants to read, and `refine` writes them. */
const MAX_ENTRIES = 100;

/**
 * What to do about a mark, to be copied into the file: `replace it with "s3:GetObject*"`. All that is said of a statement is
 * proven together. Nothing where the proof refused it, or where no edit of the file is the answer.
 */
export function describeRemedy({ code, plan, index }: Mark, policy: PolicyAnalysis): string | undefined {
  if (!plan?.change) return undefined;
  if (code === 'unused-statement') return 'remove this statement';
  const { exclusions } = plan;
  if (exclusions) return `add ${list(exclusions.added)}${cautionFor([plan], policy)}`;
  const entry = index === undefined ? undefined : plan.entries[index];
  if (!entry?.replacement) return undefined;
  if (entry.replacement.length === 0) return 'remove it';
  return `replace it with ${list(entry.replacement)}${cautionFor([{ entries: [entry] }], policy)}`;
}

/** Entries as JSON has them: a part of them, copied, would take away what is in use. */
function list(entries: readonly string[]): string {
  return entries.length > MAX_ENTRIES
    ? `${count(entries.length, 'entry', 'entries')}, as 'refine --diff' shows`
    : entries.map((entry) => JSON.stringify(entry)).join(', ');
}
