import { afterStart, type Command, literalWord, startOfWord, tidyWord, variablesIn, type Word } from './words.ts';

/** What a variable may hold, as far as a script says it. */
interface Known {
  readonly words: Word[];
  /** Whether who runs the script has a say: it is used before it is set, or read from somewhere. */
  isOpen: boolean;
}

/** So many commands are made of one that stands in loops. */
const MAX_CHOICES = 32;
const MAX_DEPTH = 8;

/** A word is put together of no more parts. */
const MAX_PARTS = 200;

/** Words before a command that are none. */
const KEYWORDS = new Set([
  'then',
  'do',
  'else',
  'elif',
  'if',
  'while',
  'until',
  '!',
  '{',
  'time',
  'exec',
  'eval',
  'sudo',
  'command',
]);

/** Commands that set variables by `NAME=value` behind them. */
const DECLARATIONS = new Set(['export', 'local', 'readonly', 'declare', 'typeset', 'env', 'set']);

const ASSIGNMENT = /^([A-Za-z_]\w*)\+?=/;

/** A command without the words before it that are none, and the variables that are set for it. */
export interface PlainCommand {
  readonly words: readonly Word[];
  readonly assignments: readonly (readonly [name: string, value: Word])[];
}

/** Takes a command apart. */
export function plainCommand(words: readonly Word[]): PlainCommand {
  let start = 0;
  const assignments: [string, Word][] = [];
  for (; start < words.length; start++) {
    const word = words[start] ?? [];
    const name = ASSIGNMENT.exec(startOfWord(word))?.[1];
    if (name !== undefined) assignments.push([name, assignedBy(word)]);
    else if (DECLARATIONS.has(literalWord(word) ?? '')) continue;
    else if (!KEYWORDS.has(literalWord(word) ?? '') && !(assignments.length === 0 && isOption(words, start))) break;
  }
  return { words: words.slice(start), assignments };
}

/** Options of what declares variables. */
function isOption(words: readonly Word[], index: number): boolean {
  return index > 0 && DECLARATIONS.has(literalWord(words[0]) ?? '') && startOfWord(words[index] ?? []).startsWith('-');
}

function assignedBy(word: Word): Word {
  return afterStart(word, startOfWord(word).indexOf('=') + 1);
}

/** The variables of a script. */
export class Variables {
  readonly #known = new Map<string, Known>();
  readonly #used = new Set<string>();

  /** @param given what is set from without, such as by a workflow: each value that it may have */
  constructor(commands: readonly Command[], given: ReadonlyMap<string, readonly Word[]> = new Map()) {
    for (const [name, words] of given) this.#known.set(name, { words: [...words], isOpen: false });
    for (const { words } of commands) this.#read(words);
  }

  /** A command in all ways in which its variables may be set; what nobody says stays a variable. */
  *expand(words: readonly Word[]): Iterable<readonly Word[]> {
    let choices: ReadonlyMap<string, Word>[] = [new Map()];
    for (const name of this.#choosable(words)) {
      const values = this.#values(name) ?? [];
      if (choices.length * values.length > MAX_CHOICES) continue;
      choices = choices.flatMap((choice) => values.map((value) => new Map([...choice, [name, value]])));
    }
    for (const choice of choices) yield words.flatMap((word) => this.#resolveWord(word, choice));
  }

  /** Whether what a word says follows from what a variable holds, by whatever detour. */
  followsFrom(word: Word, variables: ReadonlySet<string>, depth = 0): boolean {
    return [...variablesIn(word)].some(
      (name) =>
        variables.has(name) ||
        (depth < MAX_DEPTH &&
          (this.#known.get(name)?.words ?? []).some((value) => this.followsFrom(value, variables, depth + 1))),
    );
  }

  /** What a variable is set to, once and for all. */
  valueOf(name: string): Word | undefined {
    const [only, ...others] = this.#values(name) ?? [];
    return others.length === 0 ? only : undefined;
  }

  #values(name: string): readonly Word[] | undefined {
    const known = this.#known.get(name);
    return known && !known.isOpen ? known.words : undefined;
  }

  #read(words: readonly Word[]): void {
    const [first, name, keyword] = words.map(literalWord);
    if (first === 'for' && name !== undefined && keyword === 'in') {
      for (const word of words.slice(3)) this.#set(name, word);
      return;
    }
    const plain = plainCommand(words);
    for (const [variable, value] of plain.assignments) {
      this.#use(value);
      this.#set(variable, value);
    }
    for (const word of plain.words) this.#use(word);
    if (literalWord(plain.words[0]) === 'read' || literalWord(plain.words[0]) === 'getopts')
      for (const word of plain.words.slice(1)) this.#open(literalWord(word) ?? '');
  }

  #use(word: Word): void {
    for (const name of variablesIn(word)) this.#used.add(name);
  }

  #set(name: string, value: Word): void {
    const known = this.#known.get(name) ?? { words: [], isOpen: this.#used.has(name) };
    this.#known.set(name, known);
    if (known.words.length < MAX_CHOICES) known.words.push(value);
    else known.isOpen = true;
  }

  #open(name: string): void {
    this.#known.set(name, { words: this.#known.get(name)?.words ?? [], isOpen: true });
  }

  /** The variables of a command, and of what they hold, that have several values. */
  #choosable(words: readonly Word[]): ReadonlySet<string> {
    const seen = new Set<string>();
    const found = new Set<string>();
    const rest = [...words];
    for (let word = rest.pop(); word; word = rest.pop())
      for (const name of variablesIn(word)) {
        if (seen.has(name)) continue;
        seen.add(name);
        const values = this.#values(name) ?? [];
        if (values.length > 1) found.add(name);
        rest.push(...values);
      }
    return found;
  }

  /** A word of which a variable without quotes makes several is split. */
  #resolveWord(word: Word, choice: ReadonlyMap<string, Word>): readonly Word[] {
    const resolved = tidyWord(this.#resolve(word, choice, { left: MAX_PARTS }, 0));
    const [only, ...others] = word;
    const isSplit = others.length === 0 && typeof only === 'object' && 'variable' in only && !only.isQuoted;
    const text = isSplit ? literalWord(resolved) : undefined;
    return text !== undefined && /\s/.test(text)
      ? text
          .split(/\s+/)
          .filter(Boolean)
          .map((own) => [own])
      : [resolved];
  }

  #resolve(word: Word, choice: ReadonlyMap<string, Word>, parts: { left: number }, depth: number): Word {
    return word.flatMap((part): Word => {
      if (typeof part === 'string' || !('variable' in part) || depth >= MAX_DEPTH || parts.left-- <= 0) return [part];
      const value = choice.get(part.variable) ?? this.valueOf(part.variable);
      return value === undefined ? [part] : this.#resolve(value, choice, parts, depth + 1);
    });
  }
}
