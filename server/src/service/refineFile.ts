import type { FileAnalysis } from './analysis.ts';
import { writeChanges } from './codeActions/edits.ts';
import { type Outcome, refineOutcome } from './outcome.ts';
import type { TextChange } from './policy/model.ts';
import { cautionOf, measureChanges } from './size.ts';
import type { TargetQuery } from './target.ts';

/** What comes of the wish to refine policies of a file, written out. */
export interface FileRefinement extends Outcome {
  /** The changes as they are to be made to the file's text, in ascending order; none unless `kind` is `refined`. */
  readonly edits: readonly TextChange[];
  /** Why the user is to be asked first. */
  readonly confirm?: string;
}

/** Refines what is asked for, as `refineOutcome` says, and writes the changes in the syntax of the file. The file itself is not touched. */
export function refineFile(analysis: FileAnalysis, query: TargetQuery = {}): FileRefinement {
  const outcome = refineOutcome(analysis, query);
  const cautions = outcome.changes.map(({ policy, changes }) => cautionOf(measureChanges(policy.document, changes)));
  const confirm = cautions.find((caution) => caution !== undefined);
  return {
    ...outcome,
    edits: outcome.changes.flatMap(({ policy, changes }) => writeChanges(analysis, policy.document, changes)),
    ...(confirm !== undefined && { confirm }),
  };
}
