import type { ActionDetails } from '../actions/details.ts';

/** What a hover needs beside the analysis of its file. */
export interface HoverContext {
  /** What AWS says of a single action. */
  readonly details: ActionDetails;
  /** The time that the age of findings is counted to, in milliseconds since 1970. */
  readonly now: number;
}
