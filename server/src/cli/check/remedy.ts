import type { PolicyAnalysis } from '../../service/analysis.ts';
import { cautionFor } from '../../service/codeActions/fixes.ts';
import type { Mark } from '../../service/diagnostics/marks.ts';
import { count } from '../../service/text.ts';

/** What to do about a mark. */
interface Remedy {
  /** What to do, and where it needs entries, what to do with them: `replace it with`. */
  readonly lead: string;
  /** The entries in quotes, as every syntax takes them. */
  readonly entries: readonly string[];
  /** What speaks against it; may be empty. */
  readonly caution: string;
}

/** Of more entries nobody wants to read, and `refine` writes them: a part of them, copied, would take away what is in use. */
const MAX_ENTRIES = 100;

/**
 * What to do about a mark, to be copied into the file. All that is said of a statement is proven together. Nothing where the
 * proof refused it, or where no edit of the file is the answer.
 */
export function remedyOf({ code, plan, index }: Mark, policy: PolicyAnalysis): Remedy | undefined {
  if (!plan?.change) return undefined;
  if (code === 'unused-statement') return without('remove this statement');
  const { exclusions } = plan;
  if (exclusions) return withEntries('add', exclusions.added, cautionFor([plan], policy));
  const entry = index === undefined ? undefined : plan.entries[index];
  if (!entry?.replacement) return undefined;
  if (entry.replacement.length === 0) return without('remove it');
  return withEntries('replace it with', entry.replacement, cautionFor([{ entries: [entry] }], policy));
}

/** The same in a line: `replace it with "s3:GetObject*", "s3:ListBucket"`. */
export function describeRemedy(mark: Mark, policy: PolicyAnalysis): string | undefined {
  const remedy = remedyOf(mark, policy);
  return remedy && [remedy.lead, remedy.entries.join(', ')].filter(Boolean).join(' ') + remedy.caution;
}

function withEntries(lead: string, entries: readonly string[], caution: string): Remedy {
  if (entries.length > MAX_ENTRIES)
    return without(`${lead} ${count(entries.length, 'entry', 'entries')}, as 'refine --diff' shows${caution}`);
  return { lead, entries: entries.map((entry) => JSON.stringify(entry)), caution };
}

function without(lead: string): Remedy {
  return { lead, entries: [], caution: '' };
}
