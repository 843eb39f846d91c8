import type { FileAnalysis } from './analysis.ts';
import { type Outcome, refineOutcome } from './outcome.ts';
import type { TextChange } from './policy/model.ts';
import { cautionOf, measureChanges } from './size.ts';
import type { TargetQuery } from './target.ts';
import { writeProven } from './written/writeProven.ts';

/** What comes of the wish to refine policies of a file, written out. */
export interface FileRefinement extends Outcome {
  /** The changes as they are to be made to the file's text, in ascending order; none unless `kind` is `refined`. */
  readonly edits: readonly TextChange[];
  /** Why the user is to be asked first. */
  readonly confirm?: string;
}

/** Refines what is asked for, as `refineOutcome` says, and writes the changes in the syntax of the file; `refused` where what is written is not what was proven. The file itself is not touched. */
export function refineFile(analysis: FileAnalysis, query: TargetQuery = {}): FileRefinement {
  const outcome = refineOutcome(analysis, query);
  const cautions = outcome.changes.map(({ policy, changes }) => cautionOf(measureChanges(policy.document, changes)));
  const written = outcome.changes.map(({ policy: { document }, changes }) => ({ document, changes }));
  const { edits, refusal } = writeProven(analysis, written);
  if (refusal !== undefined) return { kind: 'refused', message: refusal, changes: [], edits };
  const confirm = cautions.find((caution) => caution !== undefined);
  return {
    ...outcome,
    edits,
    ...(confirm !== undefined && { confirm }),
  };
}
