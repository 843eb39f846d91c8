import type { Span } from '../json/span.ts';

/**
 * Is told all that a text says, in order: what holds something is opened and closed, and what does not is a leaf. White space,
 * comments and what only divides, such as commas, are left out. Two texts of which the same is told say the same.
 */
export interface Outline {
  /**
   * @param type what kind of thing it is; `LIST` for all lists, so that a list that takes the place of one looks like it
   * @param label what it is called, such as the key of a property
   */
  open(type: string, span: Span, label?: string): void;
  /** @param text how it is written */
  leaf(type: string, span: Span, text: string): void;
  close(): void;
}

/** The type of all lists. */
export const LIST = 'list';

/** A part of a text that reads by itself as it does in its place. */
export interface Excerpt extends Span {
  /** What is to stand before it, such as the indentation that its first line has; on one line. */
  readonly before: string;
}
