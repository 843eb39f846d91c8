import { type Command, type Part, tidyWord, type Word } from './words.ts';

/** So deep, substitutions are read; what is deeper is something of which nothing is known. */
const MAX_DEPTH = 20;

/** So many starts of texts that never end are looked for the ends of. */
const MAX_UNENDED = 20;

/**
 * The commands of a script, as a POSIX shell splits them, and as the workflows around such scripts put things in: `${{ matrix.stage }}`,
 * `{{.STAGE}}`. Whatever the text is, there is an answer. One pass over the text.
 */
export function readCommands(text: string): readonly Command[] {
  return new Lexer(text).commands('', 0);
}

/** What ends a command, a word or neither, at once. */
const PLAIN = /[^\s\\'"`$#;&|()<>{]+/y;
const NAME = /[A-Za-z_]\w*/y;
const EXPRESSION = /\{\{[^{}\n]{0,200}\}\}/y;
const HEREDOC = /<<(?<dash>-?)[ \t]*(?:'(?<single>[^'\n]+)'|"(?<double>[^"\n]+)"|\\?(?<word>[\w.-]+))/y;

class Lexer {
  readonly #text: string;
  #at = 0;
  #unended = 0;
  /** Words that end the texts which begin on the next line. */
  #heredocs: string[] = [];
  #noSingleQuote = false;

  constructor(text: string) {
    this.#text = text;
  }

  /** Reads up to a character that ends what is read, or to the end. */
  commands(end: '' | ')' | '`', level: number): Command[] {
    const commands: Command[] = [];
    let words: Word[] = [];
    let word: Part[] | undefined;
    let depth = 0;
    let target: Word | undefined;
    let isTarget = false;
    const endWord = () => {
      if (word && isTarget) target = tidyWord(word);
      else if (word) words.push(tidyWord(word));
      if (word) isTarget = false;
      word = undefined;
    };
    const endCommand = () => {
      endWord();
      isTarget = false;
      if (words.length > 0) commands.push({ words, depth, ...(target && { target }) });
      words = [];
      target = undefined;
    };
    const add = (...parts: readonly Part[]) => {
      word ??= [];
      word.push(...parts);
    };
    while (this.#at < this.#text.length) {
      const plain = this.#match(PLAIN);
      if (plain !== undefined) {
        add(plain);
        continue;
      }
      const char = this.#text[this.#at] ?? '';
      if (char === end) break;
      this.#at++;
      switch (char) {
        case '\n':
          endCommand();
          this.#skipHeredocs();
          break;
        case ';':
        case '|':
          endCommand();
          break;
        case '&':
          // `&>` leads both outputs elsewhere.
          if (this.#text[this.#at] === '>') break;
          endCommand();
          break;
        case '(':
          endCommand();
          depth++;
          break;
        case ')':
          endCommand();
          depth = Math.max(0, depth - 1);
          break;
        case '<':
        case '>':
          this.#at--;
          if (this.#isSubstitution()) {
            this.#at += 2;
            add(this.#substitution(')', level));
            break;
          }
          // The number of an output before `>` is no word.
          if (word && /^\d$/.test(word.join(''))) word = undefined;
          endWord();
          // What is read counts as an operand; what is written is none.
          isTarget = !this.#heredoc() && char === '>';
          break;
        case '#':
          if (word === undefined) this.#skipLine();
          else add('#');
          break;
        case '\\':
          this.#escape(add);
          break;
        case "'":
          add(this.#single());
          break;
        case '"':
          add('', ...this.#double(level));
          break;
        case '`':
          add(this.#substitution('`', level));
          break;
        case '$':
          add(this.#dollar(level, false));
          break;
        case '{':
          this.#at--;
          add(this.#brace());
          break;
        default:
          endWord();
      }
    }
    endCommand();
    return commands;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #skipLine(): void {
    const end = this.#text.indexOf('\n', this.#at);
    this.#at = end < 0 ? this.#text.length : end;
  }

  /** Outside of double quotes: a line goes on, or a character means itself. */
  #escape(add: (part: Part) => void): void {
    const next = this.#text[this.#at] ?? '';
    const isWindows = next === '\r' && this.#text[this.#at + 1] === '\n';
    this.#at += isWindows ? 2 : 1;
    if (next !== '\n' && !isWindows) add(next);
  }

  #single(): string {
    const end = this.#noSingleQuote ? -1 : this.#text.indexOf("'", this.#at);
    if (end < 0) {
      this.#noSingleQuote = true;
      return "'";
    }
    const inside = this.#text.slice(this.#at, end);
    this.#at = end + 1;
    return inside;
  }

  #double(level: number): Part[] {
    const parts: Part[] = [];
    while (this.#at < this.#text.length) {
      const char = this.#text[this.#at++] ?? '';
      if (char === '"') break;
      if (char === '$') parts.push(this.#dollar(level, true));
      else if (char === '`') parts.push(this.#substitution('`', level));
      else if (char === '{') {
        this.#at--;
        parts.push(this.#brace());
      } else if (char === '\\') {
        const next = this.#text[this.#at++] ?? '';
        if (next !== '\n') parts.push(/["$`\\]/.test(next) ? next : `\\${next}`);
      } else {
        this.#at--;
        parts.push(this.#match(/[^"$`\\{]+/y) ?? '');
      }
    }
    return parts;
  }

  /** A brace, or an expression between two, which something puts in before the shell sees it. */
  #brace(): Part {
    const expression = this.#match(EXPRESSION);
    if (expression !== undefined) return { variable: nameIn(expression), isQuoted: true };
    this.#at++;
    return '{';
  }

  /** What follows a `$`. */
  #dollar(level: number, isQuoted: boolean): Part {
    const expression = this.#match(EXPRESSION);
    if (expression !== undefined) return { variable: nameIn(expression), isQuoted: true };
    const name = this.#match(NAME);
    if (name !== undefined) return { variable: name, isQuoted };
    const next = this.#text[this.#at] ?? '';
    if (next === "'" && !isQuoted) {
      this.#at++;
      return this.#single();
    }
    if (next === '(') {
      this.#at++;
      return this.#substitution(')', level);
    }
    if (next === '{') {
      this.#at++;
      return { variable: this.#braced(), isQuoted };
    }
    if (!/[\d@*#?$!-]/.test(next)) return '$';
    this.#at++;
    return { variable: next, isQuoted };
  }

  /** The name in `${…}`, whatever is done with its value. Nothing that is hidden in there is read. */
  #braced(): string {
    this.#match(/[#!]/y);
    const name = this.#match(NAME) ?? '';
    for (let depth = 1; this.#at < this.#text.length; this.#at++) {
      const char = this.#text[this.#at];
      if (char === '\n') break;
      if (char === '{') depth++;
      if (char === '}' && --depth === 0) {
        this.#at++;
        break;
      }
    }
    return name;
  }

  #isSubstitution(): boolean {
    return this.#text[this.#at + 1] === '(';
  }

  /** Commands whose output is put in, behind the opening bracket. */
  #substitution(end: ')' | '`', level: number): Part {
    if (level >= MAX_DEPTH) return { variable: '', isQuoted: true };
    const commands = this.commands(end, level + 1);
    if (this.#text[this.#at] === end) this.#at++;
    return { commands };
  }

  /** Whether a text of its own follows from the next line on; else passes over `<`, `>` and what belongs to them. */
  #heredoc(): boolean {
    HEREDOC.lastIndex = this.#at;
    const found = HEREDOC.exec(this.#text);
    if (found && this.#text[this.#at + 2] !== '<') {
      const { single, double, word } = found.groups ?? {};
      this.#at = HEREDOC.lastIndex;
      this.#heredocs.push(single ?? double ?? word ?? '');
      return true;
    }
    this.#match(/[<>]+&?-?/y);
    return false;
  }

  /** Passes over the texts that were announced on the line before. */
  #skipHeredocs(): void {
    for (const word of this.#heredocs) {
      const end = this.#unended < MAX_UNENDED ? endOfText(this.#text, this.#at, word) : undefined;
      if (end === undefined) this.#unended++;
      else this.#at = end;
    }
    this.#heredocs = [];
  }
}

/** Where the line behind a text starts that a line with nothing but `word` ends; `undefined` where none does. */
function endOfText(text: string, start: number, word: string): number | undefined {
  for (let at = start; at < text.length; ) {
    const end = text.indexOf('\n', at);
    if (text.slice(at, end < 0 ? undefined : end).trim() === word) return end < 0 ? text.length : end + 1;
    if (end < 0) return undefined;
    at = end + 1;
  }
  return undefined;
}

/** What an expression refers to, where it is nothing but a name: `matrix.stage` of `{{ matrix.stage }}`. */
function nameIn(expression: string): string {
  const inside = expression.slice(2, -2).trim().replace(/^\./, '');
  return /^[\w.-]+$/.test(inside) ? inside : '';
}
