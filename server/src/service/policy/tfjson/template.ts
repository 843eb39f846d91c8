import { type Expression, UNKNOWN } from '../terraform/expression.ts';

/** The longest string whose expressions are read, in UTF-16 units. */
const MAX_LENGTH = 20_000;

/** Expressions are read no deeper. */
const MAX_DEPTH = 64;

/**
 * What a string of Terraform in JSON means: a template, whose expressions stand between `${` and `}`. What is not understood of them
 * is unknown. One pass over the text, so that a module in JSON needs no parser of HCL.
 */
export function readTemplate(text: string): Expression {
  if (!/[$%]\{/.test(text)) return { kind: 'text', parts: text === '' ? [] : [text] };
  if (text.length > MAX_LENGTH) return UNKNOWN;
  const reading = new Reading(text);
  const read = reading.template(undefined, 0);
  return read && reading.isAtEnd ? read : UNKNOWN;
}

/** Between words: white space and comments. */
const SPACE = /(?:\s|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
const NAME = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
const NUMBER = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const OPERATOR = /(?:==|!=|<=|>=|&&|\|\||[-+*/%<>])/y;

class Reading {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#text.length;
  }

  /** A text up to a quote, or to the end; a lone expression in it is that expression. `undefined` where it is none. */
  template(end: '"' | undefined, depth: number): Expression | undefined {
    const parts: (string | Expression)[] = [];
    let literal = '';
    for (;;) {
      const letter = this.#text[this.#at];
      if (letter === end) break;
      if (letter === undefined) return undefined;
      // Names have neither directives nor what is written for a brace.
      if (this.#peek('%{') || this.#peek('$${') || this.#peek('%%{')) return undefined;
      if (this.#peek('${')) {
        this.#at += this.#peek('${~') ? 3 : 2;
        const inside = this.#expression(depth + 1);
        if (!inside || !(this.#take('~}') || this.#take('}'))) return undefined;
        if (literal) parts.push(literal);
        literal = '';
        parts.push(inside);
      } else if (letter === '\\' && end) return undefined;
      else {
        literal += letter;
        this.#at++;
      }
    }
    if (literal) parts.push(literal);
    const [only, ...others] = parts;
    return others.length === 0 && typeof only === 'object' ? only : { kind: 'text', parts };
  }

  #expression(depth: number): Expression | undefined {
    if (depth > MAX_DEPTH) return undefined;
    const operands: Expression[] = [];
    for (;;) {
      this.#skip(SPACE);
      while (this.#take('!') || this.#take('-')) operands.push(UNKNOWN);
      const operand = this.#operand(depth);
      if (!operand) return undefined;
      operands.push(operand);
      this.#skip(SPACE);
      if (this.#skip(OPERATOR) === undefined) break;
    }
    const [only, ...others] = operands;
    const read: Expression = only && others.length === 0 ? only : { kind: 'other', of: operands };
    if (!this.#take('?')) return read;
    const one = this.#expression(depth + 1);
    if (!one || !this.#take(':')) return undefined;
    const other = this.#expression(depth + 1);
    return other && { kind: 'choice', condition: read, of: [one, other] };
  }

  #operand(depth: number): Expression | undefined {
    const read = this.#primary(depth);
    if (!read || read.kind === 'reference') return read;
    let isItem = false;
    let isOther = false;
    for (;;) {
      this.#skip(SPACE);
      if (this.#take('[')) {
        const index = this.#take('*') ? UNKNOWN : this.#expression(depth + 1);
        if (!index || !this.#take(']')) return undefined;
        isOther = isItem || read.kind !== 'call';
        isItem = true;
      } else if (this.#peek('.') && !this.#peek('...')) {
        this.#at++;
        if (this.#skip(NAME) === undefined && this.#skip(NUMBER) === undefined && !this.#take('*')) return undefined;
        isOther = true;
      } else break;
    }
    if (isOther) return { kind: 'other', of: [read] };
    return isItem ? { kind: 'call', name: 'element', given: [read] } : read;
  }

  #primary(depth: number): Expression | undefined {
    if (this.#take('"')) {
      const read = this.template('"', depth);
      return this.#take('"') ? read : undefined;
    }
    if (this.#take('(')) {
      const read = this.#expression(depth + 1);
      return this.#take(')') ? read : undefined;
    }
    if (this.#take('[')) return this.#list(depth);
    if (this.#take('{')) return this.#object(depth);
    const number = this.#skip(NUMBER);
    if (number !== undefined) return { kind: 'literal', text: number };
    const name = this.#skip(NAME);
    if (name === undefined) return undefined;
    if (name === 'true' || name === 'false') return { kind: 'literal', text: name };
    if (name === 'null') return { kind: 'null' };
    if (!this.#take('(')) return this.#reference(name, depth);
    const given = this.#items(')', depth);
    if (!given) return undefined;
    return given.isSpread ? { kind: 'other', of: given.items } : { kind: 'call', name, given: given.items };
  }

  #reference(name: string, depth: number): Expression | undefined {
    const steps = [name];
    let path = name;
    for (;;) {
      this.#skip(SPACE);
      if (this.#peek('.') && !this.#peek('...')) {
        this.#at++;
        this.#skip(SPACE);
        const step = this.#skip(NAME);
        if (step !== undefined) {
          steps.push(step);
          path += `.${step}`;
        } else if (this.#skip(NUMBER) === undefined && !this.#take('*')) return undefined;
      } else if (this.#take('[')) {
        if (this.#take('*')) {
          if (!this.#take(']')) return undefined;
          continue;
        }
        const index = this.#expression(depth + 1);
        if (!index || !this.#take(']')) return undefined;
        const key = index.kind === 'text' && index.parts.length === 1 ? index.parts[0] : undefined;
        if (typeof key === 'string') {
          steps.push(key);
          path += `.${key}`;
        } else if (index.kind === 'reference' && /^each\.(?:key|value)$/.test(index.path)) path += `[${index.path}]`;
      } else return { kind: 'reference', steps, path };
    }
  }

  #list(depth: number): Expression | undefined {
    if (this.#isLoop()) return this.#loop(']');
    const given = this.#items(']', depth);
    return given && { kind: 'list', items: given.items };
  }

  /** What stands between commas, up to a bracket. */
  #items(end: ')' | ']', depth: number): { readonly items: Expression[]; readonly isSpread: boolean } | undefined {
    const items: Expression[] = [];
    let isSpread = false;
    for (;;) {
      this.#skip(SPACE);
      if (this.#take(end)) return { items, isSpread };
      const item = this.#expression(depth + 1);
      if (!item) return undefined;
      items.push(item);
      if (this.#take('...')) isSpread = true;
      this.#skip(SPACE);
      if (!this.#take(',') && !this.#peek(end)) return undefined;
    }
  }

  #object(depth: number): Expression | undefined {
    if (this.#isLoop()) return this.#loop('}');
    const members: { key: string; value: Expression }[] = [];
    let isWhole = true;
    for (;;) {
      this.#skip(SPACE);
      if (this.#take('}')) return { kind: 'object', members, isWhole };
      const name = this.#expression(depth + 1);
      const key = name && keyOf(name);
      if (!name || !(this.#take('=') || this.#take(':'))) return undefined;
      const value = this.#expression(depth + 1);
      if (!value) return undefined;
      if (key === undefined) isWhole = false;
      else members.push({ key, value });
      this.#skip(SPACE);
      this.#take(',');
    }
  }

  #isLoop(): boolean {
    this.#skip(SPACE);
    return /^for\s/.test(this.#text.slice(this.#at, this.#at + 4));
  }

  /** A loop is passed over: its brackets are counted, and its strings are read. */
  #loop(end: ']' | '}'): Expression | undefined {
    const open: string[] = [end];
    const of: Expression[] = [];
    while (open.length > 0) {
      const letter = this.#text[this.#at++];
      if (letter === undefined || open.length > MAX_DEPTH) return undefined;
      if (letter === '"') {
        const inside = this.template('"', open.length);
        if (!inside || !this.#take('"')) return undefined;
        of.push(inside);
      } else if (letter === '[' || letter === '{' || letter === '(')
        open.push({ '[': ']', '{': '}', '(': ')' }[letter]);
      else if (letter === open.at(-1)) open.pop();
      else if (letter === ']' || letter === '}' || letter === ')') return undefined;
    }
    return { kind: 'other', of };
  }

  #peek(text: string): boolean {
    return this.#text.startsWith(text, this.#at);
  }

  #take(text: string): boolean {
    if (text !== '"' && text !== '...') this.#skip(SPACE);
    if (!this.#peek(text)) return false;
    this.#at += text.length;
    return true;
  }

  #skip(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const [found] = pattern.exec(this.#text) ?? [];
    if (found !== undefined) this.#at += found.length;
    return found;
  }
}

/** The key that a member is given: a bare word, or a string. */
function keyOf(name: Expression): string | undefined {
  if (name.kind === 'reference') return name.steps.length === 1 && name.path === name.steps[0] ? name.path : undefined;
  if (name.kind === 'literal') return name.text;
  const [only, ...others] = name.kind === 'text' ? name.parts : [];
  return typeof only === 'string' && others.length === 0 ? only : undefined;
}
