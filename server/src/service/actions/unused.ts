import type { Catalogue } from './catalogue.ts';
import { parseEntry } from './entry.ts';
import { foldCase } from './foldCase.ts';
import { globIncludes } from './glob.ts';
import type { NameList } from './nameList.ts';
import { type Keep, NamedActions, NOTHING_KEPT, type UnusedService, WholeService } from './unusedService.ts';
import { compareText } from './words.ts';

/**
 * What findings say of one service of one principal: the whole service is unused, or these action names are.
 * The service `*` stands for every service: a principal that uses nothing.
 */
export interface ReportedService {
  /** The service prefix, in any case. */
  readonly service: string;
  /** Names without their service prefix, in any case; `whole` when the finding names none. */
  readonly actions: 'whole' | NameList | readonly string[];
}

/** The actions that may go from a policy: reported unused, and not in the user's keep list. */
export interface UnusedActions {
  /** The unused actions of one service prefix (any case); `undefined` when nobody reports it. */
  service(prefix: string): UnusedService | undefined;
  /** The reported service prefixes in lower case, sorted. */
  readonly prefixes: readonly string[];
  /** Whether the action is kept by the user's `keep` patterns. */
  isKept(service: string, name: string): boolean;
}

/**
 * Joins reports with the catalogue and the user's `keep` patterns (entries such as `s3:Get*`).
 * Several reports of one service are united. Services are prepared when they are first asked for.
 */
export function resolveUnused(
  reports: Iterable<ReportedService>,
  catalogue: Catalogue,
  keep: readonly string[] = [],
): UnusedActions {
  return new JoinedReports(reports, catalogue, readKeep(keep));
}

class JoinedReports implements UnusedActions {
  readonly #catalogue: Catalogue;
  readonly #keep: Keep;
  readonly #reported = new Map<string, ReportedService['actions'][]>();
  /** By prefix in lower case; null for a service that nobody reports. */
  readonly #resolved = new Map<string, UnusedService | null>();
  #prefixes: readonly string[] | undefined;
  #lastPrefix = '';
  #last: UnusedService | undefined;

  constructor(reports: Iterable<ReportedService>, catalogue: Catalogue, keep: Keep) {
    this.#catalogue = catalogue;
    this.#keep = keep;
    for (const { service, actions } of reports) {
      const key = foldCase(service);
      const known = this.#reported.get(key);
      if (known) known.push(actions);
      else this.#reported.set(key, [actions]);
    }
  }

  get prefixes(): readonly string[] {
    if (!this.#prefixes) {
      const all = new Set(this.#reported.keys());
      if (all.delete('*')) for (const prefix of this.#catalogue.prefixes) all.add(prefix);
      this.#prefixes = [...all].sort(compareText);
    }
    return this.#prefixes;
  }

  isKept(service: string, name: string): boolean {
    return this.#keep.keeps(service, name);
  }

  service(prefix: string): UnusedService | undefined {
    // Entries of one service stand side by side.
    if (prefix !== this.#lastPrefix) {
      const key = foldCase(prefix);
      let resolved = this.#resolved.get(key);
      if (resolved === undefined) {
        resolved = this.#resolve(key);
        this.#resolved.set(key, resolved);
      }
      this.#lastPrefix = prefix;
      this.#last = resolved ?? undefined;
    }
    return this.#last;
  }

  #resolve(prefix: string): UnusedService | null {
    const actions = this.#reported.get(prefix);
    const service = this.#catalogue.service(prefix);
    if (this.#reported.has('*') || actions?.includes('whole')) return new WholeService(prefix, service, this.#keep);
    return actions
      ? new NamedActions(prefix, actions as Exclude<ReportedService['actions'], 'whole'>[], service, this.#keep)
      : null;
  }
}

/** The user's keep patterns, ready to be asked. */
function readKeep(keep: readonly string[]): Keep {
  const patterns = keep.flatMap((entry) => parseEntry(entry) ?? []);
  const ofService = (service: string) => patterns.filter((pattern) => globIncludes(pattern.service, service));
  if (patterns.length === 0) return NOTHING_KEPT;
  return {
    keeps: (service, name) => ofService(service).some(({ action }) => globIncludes(action, name)),
    keepsSome: (service) => ofService(service).length > 0,
  };
}
