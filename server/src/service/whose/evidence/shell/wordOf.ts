import { readCommands } from './lexer.ts';
import type { Word } from './words.ts';

/** A value as a word of a shell: one, whatever spaces and quotes there are in it. */
export function wordOf(value: string): Word {
  return readCommands(quoted(value))[0]?.words[0] ?? [''];
}

/** A value as it is written in a shell, with what is put in left as it is. */
export function quoted(value: string): string {
  return `"${value.replace(/["\\`]/g, '\\$&')}"`;
}
