import type { FileAnalysis, PolicyAnalysis } from '../service/analysis.ts';
import { writeChanges } from '../service/codeActions/edits.ts';
import { applyChanges, type TextChange } from '../service/policy/model.ts';
import { countGranted } from '../service/refine/grant.ts';
import type { StatementPlan } from '../service/refine/statementPlan.ts';
import { measureChanges, type PolicySize } from '../service/size.ts';

/** What the command line tells of a policy in JSON. Others build on these names. */
export interface PolicyResult {
  readonly file: string;
  /** The principals whose findings apply, by ARN, or by name where findings tell no more; empty for findings that name nobody, or where none apply. */
  readonly principals: readonly string[];
  /** Why these findings apply, or why none do. */
  readonly why: string;
  /** The entries that grant something unused. */
  readonly entries: readonly EntryResult[];
  readonly totals: {
    readonly granted: number;
    readonly unused: number;
    readonly entriesChanged: number;
    readonly statementsRemoved: number;
  };
  /** Characters as IAM counts them, and the quota of this kind of policy. */
  readonly size: PolicySize;
  /** `ok`, or the reason why the proof refused the refinement. */
  readonly proof: string;
}

/** What `refine --json` prints for each policy. */
interface RefineResult extends PolicyResult {
  /** The text of the whole file with all its policies refined. */
  readonly text: string;
}

interface EntryResult {
  /** JSON pointer to the entry, or to a `NotAction` element, in the file as it was read. */
  readonly pointer: string;
  /** The entry; `NotAction` for such an element as a whole. */
  readonly entry: string;
  /** How many actions the entry grants, and how many of them are unused. */
  readonly grants: number;
  readonly unused: number;
  /** What takes its place: the entry itself where it is left alone. */
  readonly replacement: readonly string[];
}

/** A file with all its policies refined. */
export interface RefinedFile {
  readonly text: string;
  /** What makes that text of the old one, in ascending order. */
  readonly changes: readonly TextChange[];
  readonly results: readonly RefineResult[];
}

/** Refines all policies of a file. */
export function refineFile(file: string, analysis: FileAnalysis): RefinedFile {
  const changes = analysis.policies.flatMap((policy) => changesOf(analysis, policy));
  const text = applyChanges(analysis.text, changes);
  return { text, changes, results: analysis.policies.map((policy) => ({ ...describePolicy(file, policy), text })) };
}

/** What is to be told of one policy of a file. */
export function describePolicy(file: string, { document, match, refined }: PolicyAnalysis): PolicyResult {
  const refinement = refined?.refinement;
  return {
    file,
    principals: match.kind === 'matched' ? match.principals.map(({ label }) => label) : [],
    why: match.why,
    entries: (refinement?.statements ?? []).flatMap(describeStatement),
    totals: refinement?.totals ?? { granted: 0, unused: 0, entriesChanged: 0, statementsRemoved: 0 },
    size: measureChanges(document, refinement?.changes ?? []),
    proof: refinement?.proof ?? 'ok',
  };
}

function changesOf(analysis: FileAnalysis, { document, refined }: PolicyAnalysis): TextChange[] {
  const changes = refined?.refinement.changes ?? [];
  return changes.length > 0 ? writeChanges(analysis, document, changes) : [];
}

function describeStatement({ statement, entries, exclusions }: StatementPlan): EntryResult[] {
  if (exclusions) {
    if (exclusions.added.length === 0) return [];
    const replacement = [...statement.entries.map(({ value }) => value), ...exclusions.added];
    const grants = countGranted(exclusions.grants);
    return [
      { pointer: `${statement.pointer}/NotAction`, entry: 'NotAction', grants, unused: exclusions.unused, replacement },
    ];
  }
  return entries.flatMap(({ entry, grants, unused, replacement }, index): EntryResult[] => {
    if (unused === 0 && !replacement) return [];
    const pointer = statement.entries[index]?.pointer ?? '';
    return [{ pointer, entry, grants: countGranted(grants), unused, replacement: replacement ?? [entry] }];
  });
}
