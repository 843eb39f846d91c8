import fc from 'fast-check';

/** An entry of a list as it is written, and what is to take its place: nothing for one to remove, `undefined` to keep it. */
export interface RandomEntry {
  readonly value: string | object;
  readonly replacement: readonly string[] | undefined;
}

export interface RandomStatement {
  readonly entries: readonly RandomEntry[];
  readonly removed: boolean;
  /** Whether the element is one string without a list. */
  readonly single: boolean;
  /** Entries to add behind the last one; then the others stay as they are. */
  readonly added: readonly string[];
}

/** How a policy is laid out. The numbers that a layout consumes one by one decide what differs from place to place. */
export interface RandomLayout {
  readonly indent: string;
  readonly eol: string;
  readonly jsonc: boolean;
  readonly statements: 'lines' | 'joined' | 'inline' | 'single';
  readonly list: 'lines' | 'inline' | 'chunks' | 'hanging' | 'leading';
  readonly spaced: boolean;
  readonly minified: boolean;
  readonly endsWithLineBreak: boolean;
  readonly choices: readonly number[];
}

const name = fc
  .tuple(
    fc.constantFrom('s3', 'ec2', 'iam'),
    fc.string({ unit: fc.constantFrom(...'AaBb*?1é"\\'), minLength: 1, maxLength: 30 }),
  )
  .map(([service, action]) => `${service}:${action}`);

const entry: fc.Arbitrary<RandomEntry> = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.record({
      value: name,
      replacement: fc.option(fc.array(name, { maxLength: 3 }), { nil: undefined }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ value: { Ref: 'Other, "Action": [' }, replacement: undefined }) },
);

/** Statements with what is to become of them; at least one stays, and those that stay keep an entry. */
export const randomStatements: fc.Arbitrary<RandomStatement[]> = fc
  .array(
    fc.record({
      entries: fc.array(entry, { minLength: 1, maxLength: 7 }),
      removed: fc.integer({ min: 0, max: 3 }).map((n) => n === 0),
      single: fc.integer({ min: 0, max: 4 }).map((n) => n === 0),
      added: fc.oneof(
        { weight: 3, arbitrary: fc.constant([]) },
        { weight: 1, arbitrary: fc.array(name, { maxLength: 3 }) },
      ),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((statements) => statements.map(soundStatement).map(keepOne));

function soundStatement({ entries, removed, single, added }: RandomStatement): RandomStatement {
  const written = single ? entries.slice(0, 1) : entries;
  const gone = (removed || written.every(isGone)) && written.every(({ value }) => typeof value === 'string');
  return {
    entries: added.length > 0 && !gone ? written.map(({ value }) => ({ value, replacement: undefined })) : written,
    removed: gone,
    single: single && typeof written[0]?.value === 'string',
    added: gone ? [] : added,
  };
}

function keepOne(statement: RandomStatement, index: number, all: readonly RandomStatement[]): RandomStatement {
  if (index > 0 || !all.every(({ removed }) => removed)) return statement;
  const [first, ...others] = statement.entries;
  return { ...statement, removed: false, entries: [{ value: first?.value ?? '', replacement: undefined }, ...others] };
}

export function isGone({ replacement }: RandomEntry): boolean {
  return replacement?.length === 0;
}

export const randomLayout: fc.Arbitrary<RandomLayout> = fc.record({
  indent: fc.constantFrom('  ', '    ', '   ', '\t'),
  eol: fc.constantFrom('\n', '\r\n'),
  jsonc: fc.boolean(),
  statements: fc.constantFrom('lines', 'joined', 'inline', 'single'),
  list: fc.constantFrom('lines', 'inline', 'chunks', 'hanging', 'leading'),
  spaced: fc.boolean(),
  minified: fc.integer({ min: 0, max: 5 }).map((n) => n === 0),
  endsWithLineBreak: fc.boolean(),
  choices: fc.infiniteStream(fc.nat(11)).map((stream) => [...stream.take(200)]),
});

/** The marks in comments: one that an edit must keep, and one that may go with what it stands beside. */
export const STAYS = 'stays';
const MAY_GO = 'may go';

/** The policy as text. */
export function render(statements: readonly RandomStatement[], layout: RandomLayout): string {
  return new Renderer(layout).policy(statements);
}

class Renderer {
  readonly #layout: RandomLayout;
  #choice = 0;
  #comments = 0;

  constructor(layout: RandomLayout) {
    this.#layout = layout;
  }

  policy(statements: readonly RandomStatement[]): string {
    const { eol, indent, endsWithLineBreak, minified } = this.#layout;
    if (minified) return this.#minified(statements) + (endsWithLineBreak ? eol : '');
    const lines = [
      '{',
      ...this.#above(indent),
      `${indent}${this.#key('Version')}"2012-10-17",`,
      ...this.#statements(statements),
      '}',
    ];
    return lines.join(eol) + (endsWithLineBreak ? eol : '');
  }

  #minified(statements: readonly RandomStatement[]): string {
    const inline = statements.map((statement) => this.#inlineStatement(statement));
    const comma = this.#layout.spaced ? ', ' : ',';
    const value = this.#layout.statements === 'single' && inline.length === 1 ? inline[0] : `[${inline.join(comma)}]`;
    return `{${this.#key('Statement')}${value}}`;
  }

  #statements(statements: readonly RandomStatement[]): string[] {
    const { indent } = this.#layout;
    const style = this.#layout.statements;
    const [first] = statements;
    if (style === 'single' && statements.length === 1 && first) {
      const [opening, ...body] = this.#statement(first, indent);
      return [`${indent}${this.#key('Statement')}${opening}`, ...body];
    }
    const blocks = statements.map((statement, index) => {
      const inner = style === 'joined' ? indent : indent + indent;
      const [opening = '', ...body] =
        style === 'inline' ? [this.#inlineStatement(statement)] : this.#statement(statement, inner);
      const last = index === statements.length - 1;
      return { statement, opening, body, comma: last ? this.#trailingComma() : ',' };
    });
    if (style === 'joined') {
      const lines = [`${indent}${this.#key('Statement')}[`];
      for (const { opening, body, comma } of blocks) {
        lines.push(`${lines.pop()}${lines.length > 0 && lines.at(-1)?.endsWith(',') ? ' ' : ''}${opening}`, ...body);
        lines.push(`${lines.pop()}${comma}${comma ? ' ' : ''}`);
      }
      return [...lines.slice(0, -1), `${lines.at(-1)?.trimEnd()}]`];
    }
    const lines = blocks.flatMap(({ statement, opening, body, comma }) => {
      const all = [indent + indent + opening, ...body];
      const end = `${all.pop()}${comma}${this.#behind(statement.removed)}`;
      return [...this.#above(indent + indent), ...all, end];
    });
    return [`${indent}${this.#key('Statement')}[`, ...lines, `${indent}]`];
  }

  /** The lines of a statement; the first is not indented. */
  #statement(statement: RandomStatement, outer: string): string[] {
    const inner = outer + this.#layout.indent;
    const value = this.#element(statement, inner);
    const element = [`${inner}${this.#key('Action')}${value[0]}`, ...value.slice(1)];
    const after = this.#oneIn(2)
      ? []
      : [`${inner}${this.#key('Resource')}"arn:aws:s3:::a//b/*"${this.#trailingComma()}`];
    if (after.length > 0) element.push(`${element.pop()},`);
    return [
      '{',
      `${inner}${this.#key('Effect')}"Allow",${this.#behind(statement.removed)}`,
      ...(statement.removed ? [] : this.#above(inner)),
      ...element,
      ...after,
      `${outer}}`,
    ];
  }

  #inlineStatement(statement: RandomStatement): string {
    const { spaced } = this.#layout;
    const comma = spaced ? ', ' : ',';
    const pad = spaced ? ' ' : '';
    const [value] = statement.single ? this.#element(statement, '') : [this.#inlineList(statement)];
    return `{${pad}${this.#key('Effect')}"Allow"${comma}${this.#key('Action')}${value}${pad}}`;
  }

  #element(statement: RandomStatement, indent: string): string[] {
    const [first] = statement.entries;
    if (statement.single && first) return [this.#value(first)];
    const style = this.#layout.list;
    if (style === 'inline') return [this.#inlineList(statement)];
    const rows = this.#rows(statement.entries);
    const inner = indent + this.#layout.indent;
    const lines = rows.flatMap((row, index) => {
      const last = index === rows.length - 1;
      const text = row.map((entry) => this.#value(entry)).join(this.#layout.spaced ? ', ' : ',');
      const goes = statement.removed || row.every(isGone);
      if (style === 'leading') return [`${inner}${index > 0 ? ', ' : '  '}${text}${this.#behind(goes)}`];
      const comma = last ? this.#trailingComma() : ',';
      const behind = last && style === 'hanging' ? '' : this.#behind(goes);
      return [
        ...(statement.removed || (style === 'hanging' && index === 0) ? [] : this.#above(inner)),
        `${inner}${text}${comma}${behind}`,
      ];
    });
    if (style !== 'hanging') return ['[', ...lines, `${indent}]`];
    const [head = '', ...rest] = lines;
    const hanging = [`[${head.trimStart()}`, ...rest];
    return [...hanging.slice(0, -1), `${hanging.at(-1)}]`];
  }

  #rows(entries: readonly RandomEntry[]): RandomEntry[][] {
    if (this.#layout.list !== 'chunks') return entries.map((entry) => [entry]);
    const rows: RandomEntry[][] = [];
    for (const entry of entries) {
      const row = rows.at(-1);
      if (row && !this.#oneIn(3)) row.push(entry);
      else rows.push([entry]);
    }
    return rows;
  }

  #inlineList({ entries }: RandomStatement): string {
    const comma = this.#layout.spaced ? ', ' : ',';
    return `[${entries.map((entry) => this.#value(entry)).join(comma)}${this.#trailingComma()}]`;
  }

  #value({ value }: RandomEntry): string {
    const text = JSON.stringify(value);
    return this.#oneIn(4) ? text.replaceAll('é', '\\u00e9') : text;
  }

  #key(key: string): string {
    return `"${key}"${this.#oneIn(5) ? ' ' : ''}:${this.#layout.spaced ? ' ' : ''}`;
  }

  #trailingComma(): string {
    return this.#layout.jsonc && this.#oneIn(3) ? ',' : '';
  }

  /** Lines that may stand above something: a comment, an empty line, mostly nothing. */
  #above(indent: string): string[] {
    if (this.#oneIn(10)) return [''];
    return this.#layout.jsonc && this.#oneIn(4) ? [`${indent}${this.#comment(STAYS)}`] : [];
  }

  #behind(mayGo: boolean): string {
    return this.#layout.jsonc && this.#oneIn(3) ? ` ${this.#comment(mayGo ? MAY_GO : STAYS)}` : '';
  }

  #comment(fate: string): string {
    const text = `${fate} "${this.#comments++}", [`;
    return this.#oneIn(2) ? `// ${text}` : `/* ${text} */`;
  }

  #oneIn(n: number): boolean {
    const { choices } = this.#layout;
    return (choices[this.#choice++ % choices.length] as number) % n === n - 1;
  }
}
