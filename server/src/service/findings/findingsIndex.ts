import { DEFAULT_UNUSED_ACCESS_AGE } from './age.ts';
import { type CombinedFindings, combineFindings, intersect } from './combine.ts';
import type { Finding, FindingsFile } from './finding.ts';
import { type KnownPrincipal, namePrincipal, type Principal, parsePrincipal } from './principal.ts';

/** What of the user's settings decides what findings say. */
export interface FindingsOptions {
  /** The age in days from which on last-accessed reports call something unused. */
  readonly unusedAccessAge?: number;
}

/**
 * All findings that were read, by whom they are about. Combined only when asked for: an organisation has thousands.
 * Making an index costs little beside reading the files, so a change of settings makes another one of the same files.
 */
export class FindingsIndex {
  /** The files that hold findings, be it that they say nothing now. */
  readonly files: readonly FindingsFile[];
  /** The files that gave none, though they were found: broken ones, those of other tools, exports without actions. */
  readonly rejected: readonly FindingsFile[];
  readonly #byArn = new Map<string, Finding[]>();
  readonly #byName = new Map<string, KnownPrincipal[]>();
  /** Findings about somebody of whom only the name is known, by the name in lower case. */
  readonly #bare = new Map<string, Finding[]>();
  readonly #combined = new Map<string, CombinedFindings>();
  /** By the labels of the principals that share a policy. */
  readonly #shared = new Map<string, CombinedFindings>();
  readonly #unusedAccessAge: number;
  #byPath: ReadonlyMap<string, FindingsFile> | undefined;
  /** Findings that name no principal, a source a file. */
  readonly unnamed: readonly Finding[];

  constructor(files: readonly FindingsFile[], { unusedAccessAge = DEFAULT_UNUSED_ACCESS_AGE }: FindingsOptions = {}) {
    this.#unusedAccessAge = unusedAccessAge;
    this.files = files.filter((file) => file.recognised && !hasFailed(file));
    this.rejected = files.filter(
      (file) => !file.recognised || (file.findings.length === 0 && file.problems.length > 0),
    );
    const unnamed: Finding[] = [];
    for (const { findings } of this.files) {
      for (const finding of findings) {
        if (finding.principal === undefined) unnamed.push(finding);
        else this.#add(finding.principal, finding);
      }
    }
    this.unnamed = unnamed;
  }

  /** The principals that any finding is about. A bare name counts where no ARN bears it. */
  get principals(): Principal[] {
    const bare = [...this.#bare.keys()].filter((name) => !this.#byName.has(name));
    return [...[...this.#byName.values()].flat(), ...bare.flatMap((name) => this.find(name))];
  }

  /** The principals with this ARN, or of this name in any account and kind. Names compare without case, as IAM's must differ by more. */
  find(nameOrArn: string): readonly Principal[] {
    const principal = parsePrincipal(nameOrArn);
    const key = nameOrArn.toLowerCase();
    if (principal) return this.#byArn.has(key) ? [principal] : [];
    const known = this.#byName.get(key);
    if (known) return known;
    const [bare] = this.#bare.get(key) ?? [];
    const named = bare?.principal === undefined ? undefined : namePrincipal(bare.principal);
    return named ? [named] : [];
  }

  /**
   * What the findings of one principal say together; empty when nothing ACTIVE is left. A finding that tells the bare name
   * may be about any principal of that name, so all of those must agree with it.
   */
  findingsOf({ arn, name }: Principal): CombinedFindings {
    const bare = this.#bare.get(name.toLowerCase()) ?? [];
    const key = (arn ?? name).toLowerCase();
    return this.#combineOnce(key, arn === undefined ? bare : [...(this.#byArn.get(key) ?? []), ...bare]);
  }

  /** The file of a path, as findings and reports name it; `undefined` for one that holds no findings. */
  fileAt(path: string): FindingsFile | undefined {
    this.#byPath ??= new Map(this.files.map((file) => [file.file, file]));
    return this.#byPath.get(path);
  }

  /** What several principals that share a policy do not use, none of them. There must be one. */
  findingsOfAll(principals: readonly Principal[]): CombinedFindings {
    const [first, ...others] = principals;
    if (!first) return NOTHING;
    if (others.length === 0) return this.findingsOf(first);
    const key = principals.map(({ label }) => label.toLowerCase()).join('\n');
    let shared = this.#shared.get(key);
    if (!shared) {
      shared = others.reduce((all, other) => intersect(all, this.findingsOf(other)), this.findingsOf(first));
      this.#shared.set(key, shared);
    }
    return shared;
  }

  /** What findings without a principal, given as some of `unnamed`, say together. */
  combineUnnamed(findings: readonly Finding[]): CombinedFindings {
    return this.#combineOnce(findings.map(({ file }) => file).join('\n'), findings);
  }

  #combineOnce(key: string, findings: readonly Finding[]): CombinedFindings {
    const known = this.#combined.get(key);
    if (known) return known;
    const combined = combineFindings(findings, this.#unusedAccessAge) ?? NOTHING;
    this.#combined.set(key, combined);
    return combined;
  }

  #add(arnOrName: string, finding: Finding): void {
    const principal = parsePrincipal(arnOrName);
    const key = arnOrName.toLowerCase();
    if (principal) {
      if (!this.#byArn.has(key)) add(this.#byName, principal.name.toLowerCase(), principal);
      add(this.#byArn, key, finding);
    } else if (namePrincipal(arnOrName)) {
      // What is neither is a bucket, a key or another resource: of no use for an identity policy.
      add(this.#bare, key, finding);
    }
  }
}

const NOTHING: CombinedFindings = { services: new Map() };

/** Whether something stands in the way of all that a file could say. A report that is still being made says nothing and is sound. */
function hasFailed({ findings, problems }: FindingsFile): boolean {
  return findings.length === 0 && problems.some(({ isNotice }) => !isNotice);
}

function add<T>(map: Map<string, T[]>, key: string, item: T): void {
  const known = map.get(key);
  if (known) known.push(item);
  else map.set(key, [item]);
}
