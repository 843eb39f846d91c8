import type { Settings } from '../../protocol.ts';
import type { FileAnalysis, PolicyAnalysis } from '../../service/analysis.ts';
import type { Mark } from '../../service/diagnostics/marks.ts';
import type { NotGranted } from '../../service/reverse/reverseView.ts';

/** How `check` says what it found: file by file as they are looked at, so that nothing is held, and then the sum. */
export interface CheckFormat {
  /** What comes before the first file, where what is said of files are the items of a JSON list, divided by `,\n`. */
  readonly list?: string;
  /** What is said of the policies of a file, whatever is said of others; empty where nothing is. */
  file(policies: readonly CheckedPolicy[]): string;
  /** What comes behind the last file, be it that there was none. */
  end(summary: CheckSummary): Iterable<string>;
}

/** What formats are made with. */
export interface CheckFormatOptions {
  /** How bad the user calls what is unused. */
  readonly severity: Settings['severity'];
  /** Whether the text goes where people like colours. */
  readonly hasColours: boolean;
}

/** A policy that was looked at. */
export interface CheckedPolicy {
  /** The file as the user would name it; `-` for standard input. */
  readonly file: string;
  readonly analysis: FileAnalysis;
  readonly policy: PolicyAnalysis;
  /** What is wrong with it, in the order in which it stands there; empty for one with nothing unused. */
  readonly problems: readonly Problem[];
}

/** A mark of the editor, with its place as people count it. */
export interface Problem extends Mark, Place {}

/** A span as people count it, from 1; columns in UTF-16 units. The end is behind the last character. */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** What is to be said of all policies together. */
export interface CheckSummary {
  /** To be gone through once. */
  readonly notGranted: Iterable<NotGranted>;
  /** The names of the principals of whom something is reported, and to whom no policy belongs. */
  readonly withoutPolicy: readonly string[];
  readonly totals: Totals;
}

/** Only identity policies count: findings speak of no others. */
export interface Totals {
  readonly policies: number;
  /** The policies to which no findings apply, and those with a problem. */
  readonly unmatched: number;
  readonly flagged: number;
  readonly problems: number;
  /** The sums over the policies to which findings apply; an action counts once a policy. */
  readonly granted: number;
  readonly unused: number;
  /** The problems that a baseline accepts; nothing else counts them. */
  readonly known: number;
}
