import { foldCase } from './foldCase.ts';
import { hasWildcard } from './glob.ts';
import { NameList } from './nameList.ts';
import type { Service } from './service.ts';
import { compareText } from './words.ts';

/** The unused actions of one service. */
export interface UnusedService {
  /** Whether a finding reports the service without naming actions: then all of it is unused but the exceptions. */
  readonly whole: boolean;
  /** Whether the whole service is unused and nothing of it is excepted, be it an action that the catalogue lacks. */
  readonly withoutExceptions: boolean;
  /** Whether the catalogue's name of this index is unused. */
  hasIndex(index: number): boolean;
  /** Whether a name, in any case, is unused. Of a whole service, names that nobody knows are unused too. */
  has(name: string): boolean;
  /** The unused names in lower case, sorted as text. For a whole service: the catalogue's, but for the exceptions. */
  readonly names: readonly string[];
  /** Reported names that the catalogue lacks, as reported: a sign that the catalogue is out of date. */
  readonly unknown: readonly string[];
}

/** What the user keeps. Services in lower case, names in any case. */
export interface Keep {
  keeps(service: string, name: string): boolean;
  /** Whether a pattern speaks of any action of the service. */
  keepsSome(service: string): boolean;
}

/** What a user keeps who has set nothing. */
export const NOTHING_KEPT: Keep = { keeps: () => false, keepsSome: () => false };

const NO_NAMES: readonly string[] = [];

/** `iam:PassRole` is an authorisation check and no API call: AWS never tracks it, so silence about it proves nothing. */
const NEVER_TRACKED: ReadonlySet<string> = new Set(['iam:passrole']);

/** A service of which a finding names the unused actions. */
export class NamedActions implements UnusedService {
  readonly whole = false;
  readonly withoutExceptions = false;
  readonly unknown: readonly string[];
  readonly #service: Service | undefined;
  /** By catalogue index: 1 where unused. */
  readonly #flags: Uint8Array;
  /** By name in lower case. Absent for nearly every service. */
  #unknown: Map<string, string> | undefined;
  #names: readonly string[] | undefined;

  constructor(
    prefix: string,
    reports: readonly (NameList | readonly string[])[],
    service: Service | undefined,
    keep: Keep,
  ) {
    this.#service = service;
    this.#flags = new Uint8Array(service?.names.length ?? 0);
    const isKept = keep.keepsSome(prefix) ? (name: string) => keep.keeps(prefix, name) : () => false;
    for (const names of reports) {
      if (names instanceof NameList && names.service === service) this.#addList(names, isKept);
      else this.#addNames(names, isKept);
    }
    this.unknown = this.#unknown ? [...this.#unknown.values()] : NO_NAMES;
  }

  hasIndex(index: number): boolean {
    return this.#flags[index] === 1;
  }

  has(name: string): boolean {
    const index = this.#service?.indexOf(name) ?? -1;
    return index >= 0 ? this.hasIndex(index) : this.#unknown?.has(foldCase(name)) === true;
  }

  get names(): readonly string[] {
    this.#names ??= [
      ...(this.#service?.folded ?? []).filter((_, index) => this.hasIndex(index)),
      ...(this.#unknown?.keys() ?? []),
    ].sort(compareText);
    return this.#names;
  }

  /** Takes a list whose names were looked up in this very service. */
  #addList(list: NameList, isKept: (name: string) => boolean): void {
    for (const index of list.indexes) {
      if (index >= 0 && !isKept(this.#service?.names[index] as string)) this.#flags[index] = 1;
    }
    if (list.unknown.length > 0) this.#addNames(list.unknown, isKept);
  }

  #addNames(names: Iterable<string>, isKept: (name: string) => boolean): void {
    for (const name of names) {
      const index = this.#service?.indexOf(name) ?? -1;
      // A name with a wildcard is no name. Taking it for one would remove what nobody reported.
      if (isKept(name) || (index < 0 && hasWildcard(name))) continue;
      if (index >= 0) {
        this.#flags[index] = 1;
      } else {
        this.#unknown ??= new Map();
        this.#unknown.set(foldCase(name), name);
      }
    }
  }
}

/** A service that is unused as a whole, but for what is kept and what is never tracked. */
export class WholeService implements UnusedService {
  readonly whole = true;
  readonly unknown: readonly string[] = [];
  readonly #prefix: string;
  readonly #service: Service | undefined;
  readonly #keep: Keep;
  /** By catalogue index. */
  #flags: readonly boolean[] | undefined;
  #names: readonly string[] | undefined;

  constructor(prefix: string, service: Service | undefined, keep: Keep) {
    this.#prefix = prefix;
    this.#service = service;
    this.#keep = keep;
  }

  hasIndex(index: number): boolean {
    this.#flags ??= (this.#service?.names ?? []).map((name) => this.has(name));
    return this.#flags[index] === true;
  }

  get withoutExceptions(): boolean {
    const isTracked = ![...NEVER_TRACKED].some((action) => action.startsWith(`${this.#prefix}:`));
    return isTracked && !this.#keep.keepsSome(this.#prefix);
  }

  has(name: string): boolean {
    return !NEVER_TRACKED.has(`${this.#prefix}:${foldCase(name)}`) && !this.#keep.keeps(this.#prefix, name);
  }

  get names(): readonly string[] {
    this.#names ??= (this.#service?.folded ?? []).filter((name) => this.has(name)).sort(compareText);
    return this.#names;
  }
}
