import { foldCase } from './foldCase.ts';
import { globIncludes, hasWildcard, literalPrefix } from './glob.ts';
import { wordEnds } from './words.ts';

/** Indexes into a service's names, ascending. */
export type NameIndexes = readonly number[];

const NOTHING: NameIndexes = [];

/** How many patterns a service remembers the matches of. Policies repeat a few (`Get*`, `Describe*`); hostile text must not fill the memory. */
const MAX_REMEMBERED = 500;

/** The actions of one service. Its look-up tables are made when they are first needed. */
export class Service {
  /** The service prefix in lower case, such as `s3`. */
  readonly prefix: string;
  /** The action names, spelled as AWS spells them, ordered word by word (see `sortByWords`). */
  readonly names: readonly string[];
  #bySpelling: Map<string, number> | undefined;
  #byFolded: Map<string, number> | undefined;
  #folded: readonly string[] | undefined;
  readonly #matches = new Map<string, NameIndexes>();
  /** By index; the first of each is made when it is asked for. */
  readonly #singles: NameIndexes[] = [];
  readonly #entries: string[] = [];
  readonly #wordEnds: (readonly number[])[] = [];

  constructor(prefix: string, names: readonly string[]) {
    this.prefix = prefix;
    this.names = names;
  }

  /** `names` in lower case, index by index. */
  get folded(): readonly string[] {
    this.#folded ??= this.names.map(foldCase);
    return this.#folded;
  }

  /** The index of a name in any case; -1 when the service had no such action on the catalogue's date. */
  indexOf(name: string): number {
    // Nearly every name comes as AWS spells it, and looking that up makes no new string.
    this.#bySpelling ??= indexes(this.names);
    const index = this.#bySpelling.get(name);
    if (index !== undefined) return index;
    this.#byFolded ??= indexes(this.folded);
    return this.#byFolded.get(foldCase(name)) ?? -1;
  }

  /** The indexes of the names that an action pattern matches. */
  matching(action: string): NameIndexes {
    if (!hasWildcard(action)) {
      const index = this.indexOf(action);
      return index < 0 ? NOTHING : this.only(index);
    }
    const known = this.#matches.get(action);
    if (known) return known;
    const matches = this.#findMatching(action);
    if (this.#matches.size >= MAX_REMEMBERED) this.#matches.clear();
    this.#matches.set(action, matches);
    return matches;
  }

  /** The entry that names an action as AWS spells it, such as `s3:GetObject`: always the same string. */
  entry(index: number): string {
    let entry = this.#entries[index];
    if (entry === undefined) {
      entry = `${this.prefix}:${this.names[index]}`;
      this.#entries[index] = entry;
    }
    return entry;
  }

  /** Where the words of a name end, ascending; the last is the name's length. */
  wordEnds(index: number): readonly number[] {
    let ends = this.#wordEnds[index];
    if (!ends) {
      ends = wordEnds(this.names[index] as string);
      this.#wordEnds[index] = ends;
    }
    return ends;
  }

  /** The list of just this index: the same list for all the policies that name the action. */
  only(index: number): NameIndexes {
    let single = this.#singles[index];
    if (!single) {
      single = [index];
      this.#singles[index] = single;
    }
    return single;
  }

  #findMatching(action: string): NameIndexes {
    // Most names fall to the literal prefix, and comparing that is cheaper than matching.
    const prefix = literalPrefix(action).toLowerCase();
    const { folded } = this;
    const found: number[] = [];
    for (let index = 0; index < folded.length; index++) {
      const name = folded[index] as string;
      if (name.startsWith(prefix) && globIncludes(action, name)) found.push(index);
    }
    return found;
  }
}

function indexes(names: readonly string[]): Map<string, number> {
  return new Map(names.map((name, index) => [name, index]));
}
