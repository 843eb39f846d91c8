import { type ComputedText, HOLE } from '../../computedText.ts';

/** A word of a command: what is written out, and what is put in when it runs. */
export type Word = readonly Part[];

/** Something in a word. */
export type Part = string | Variable | Substitution;

/** A variable, by its name: `1` for the first argument, `''` for what is computed without a name. */
export interface Variable {
  readonly variable: string;
  /** Whether it stands in quotes: if not, what it holds may be several words. */
  readonly isQuoted: boolean;
}

/** What commands write out. */
export interface Substitution {
  readonly commands: readonly Command[];
}

/** A command as it is written. */
export interface Command {
  readonly words: readonly Word[];
  /** The file that its output is written to. */
  readonly target?: Word;
  /** In how many pairs of brackets it stands: where such a pair ends, so does what was said in it of the folder. */
  readonly depth: number;
}

/** A word with what is written out side by side put together; an empty one says nothing, and is one all the same. */
export function tidyWord(parts: readonly Part[]): Word {
  const word: Part[] = [];
  for (const part of parts) {
    const last = word.at(-1);
    if (typeof part !== 'string') word.push(part);
    else if (typeof last === 'string') word.splice(-1, 1, last + part);
    else if (part !== '') word.push(part);
  }
  return word.length === 0 ? [''] : word;
}

/** What a word says where nothing is put in; else `undefined`. */
export function literalWord(word: Word | undefined): string | undefined {
  if (word === undefined || !word.every((part) => typeof part === 'string')) return undefined;
  return word.join('');
}

/** A word as facts have it: what is put in are holes, several side by side one. */
export function computedWord(word: Word): ComputedText {
  const holes = word.map((part) => (typeof part === 'string' ? part : HOLE));
  return holes.filter((part, index) => part !== '' && (part !== HOLE || holes[index - 1] !== HOLE));
}

/** Whether anything is put in that nobody can say. */
export function isComputed(word: Word): boolean {
  return word.some((part) => typeof part !== 'string');
}

/** What a word begins with, as far as it is written out. */
export function startOfWord([first]: Word): string {
  return typeof first === 'string' ? first : '';
}

/** A word without its first characters, which are written out. */
export function afterStart(word: Word, length: number): Word {
  const [first, ...rest] = word;
  return typeof first === 'string' ? tidyWord([first.slice(length), ...rest]) : word;
}

/** A word as people write it: `$STAGE-app`, `$(…)-app`. */
export function shownWord(word: Word): string {
  return word
    .map((part) => (typeof part === 'string' ? part : 'variable' in part ? `$${part.variable || '{…}'}` : '$(…)'))
    .join('');
}

/** The names of all variables in a word, those in substitutions among them. */
export function* variablesIn(word: Word): Iterable<string> {
  for (const part of word) {
    if (typeof part === 'string') continue;
    if ('variable' in part) yield part.variable;
    else for (const { words } of part.commands) for (const inner of words) yield* variablesIn(inner);
  }
}
