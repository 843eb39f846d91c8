import { skipTrivia } from '../../json/lexical.ts';

/** How comments are written in a syntax. */
export interface Comments {
  /** The first offset from `at` on that is neither white space nor inside a comment. */
  skip(text: string, at: number): number;
  /** Whether a stretch without values has a comment in it. */
  isIn(text: string, start: number, end: number): boolean;
  /** Whether nothing but white space, or one comment, is left of a line. */
  isAllOf(rest: string): boolean;
}

/** The comments of JSONC. */
export const SLASH_COMMENTS: Comments = {
  skip: skipTrivia,
  isIn: (text, start, end) => /\/[/*]/.test(text.slice(start, end)),
  isAllOf: (rest) => /^\s*(?:\/\/.*|\/\*(?:(?!\*\/).)*\*\/\s*)?$/.test(rest),
};
