import type { FileAnalysis, PolicyAnalysis } from '../service/analysis.ts';
import { writeChanges } from '../service/codeActions/edits.ts';
import { type NotRead, notReadOf } from '../service/notRead.ts';
import { applyChanges, type TextChange } from '../service/policy/model.ts';
import { countGranted } from '../service/refine/grant.ts';
import type { StatementPlan } from '../service/refine/statementPlan.ts';
import { measureChanges, type PolicySize } from '../service/size.ts';
import type { Match, MatchKind } from '../service/whose/match.ts';

/** What the command line tells of a policy in JSON. Others build on these names. */
export interface PolicyResult {
  /** JSON pointer of the policy inside its file; empty where the file is the policy. */
  readonly pointer: string;
  /** What users call it inside its file. */
  readonly address?: string;
  readonly match: MatchResult;
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
  /** The statements of which not all was read, and why. */
  readonly notRead: readonly NotRead[];
  /** `ok`, or the reason why the proof refused the refinement. */
  readonly proof: string;
}

/** Whose findings apply to a policy, how surely, and why. */
export interface MatchResult {
  readonly kind: MatchKind;
  readonly basis: string;
  /** Whose findings apply, or could, by ARN, or by name where findings tell no more; empty for findings that name nobody. */
  readonly principals: readonly string[];
  /** The lines that settle it. */
  readonly settle?: readonly string[];
}

/** What `refine --json` prints for each file. */
export interface FileResult {
  readonly file: string;
  /** The text of the whole file with all its policies refined. */
  readonly text: string;
  readonly policies: readonly PolicyResult[];
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
  /** What makes the refined text of the old one, in ascending order. */
  readonly changes: readonly TextChange[];
  readonly result: FileResult;
}

/** Refines all policies of a file. */
export function refineFile(file: string, analysis: FileAnalysis): RefinedFile {
  const changes = analysis.policies.flatMap((policy) => changesOf(analysis, policy));
  const text = applyChanges(analysis.text, changes);
  return { changes, result: { file, text, policies: analysis.policies.map(describePolicy) } };
}

/** What is to be told of one policy of a file. */
export function describePolicy(policy: PolicyAnalysis): PolicyResult {
  const { document, match, refined } = policy;
  const { pointer, address } = document;
  const refinement = refined?.refinement;
  return {
    pointer,
    ...(address !== undefined && { address }),
    match: describeMatch(match),
    entries: (refinement?.statements ?? []).flatMap(describeStatement),
    totals: refinement?.totals ?? { granted: 0, unused: 0, entriesChanged: 0, statementsRemoved: 0 },
    size: measureChanges(policy, refinement?.changes ?? []),
    notRead: notReadOf(document),
    proof: refinement?.proof ?? 'ok',
  };
}

/** A match without what only the service needs. */
export function describeMatch({ kind, basis, principals, settle }: Match): MatchResult {
  return {
    kind,
    basis,
    principals: principals.map(({ label }) => label),
    ...(settle && { settle: settle.map(({ line }) => line) }),
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
