import { type CombinedFindings, combineFindings } from './combine.ts';
import type { Finding, FindingsFile } from './finding.ts';
import { type Principal, parsePrincipal } from './principal.ts';

/** All findings that were read, by whom they are about. Combined only when asked for: an organisation has thousands. */
export class FindingsIndex {
  /** The files that hold findings. */
  readonly files: readonly FindingsFile[];
  /** The files that hold none, though they were found: broken ones, and those of other tools. */
  readonly rejected: readonly FindingsFile[];
  readonly #byArn = new Map<string, Finding[]>();
  readonly #byName = new Map<string, Principal[]>();
  readonly #combined = new Map<string, CombinedFindings>();
  /** Findings that name no principal, a source a file. */
  readonly unnamed: readonly Finding[];

  constructor(files: readonly FindingsFile[]) {
    this.files = files.filter((file) => file.recognised);
    this.rejected = files.filter((file) => !file.recognised);
    const unnamed: Finding[] = [];
    for (const finding of this.files.flatMap((file) => file.findings)) {
      if (finding.principal === undefined) unnamed.push(finding);
      else this.#add(finding.principal, finding);
    }
    this.unnamed = unnamed;
  }

  /** The principals that any finding is about. */
  get principals(): Principal[] {
    return [...this.#byName.values()].flat();
  }

  /** The principals with this ARN, or of this name in any account and kind. Names compare without case, as IAM's must differ by more. */
  find(nameOrArn: string): readonly Principal[] {
    const principal = parsePrincipal(nameOrArn);
    if (principal) return this.#byArn.has(nameOrArn.toLowerCase()) ? [principal] : [];
    return this.#byName.get(nameOrArn.toLowerCase()) ?? [];
  }

  /** What the findings of one principal say together; empty when nothing ACTIVE is left. */
  findingsOf(principal: Principal): CombinedFindings {
    const key = principal.arn.toLowerCase();
    return this.#combineOnce(key, this.#byArn.get(key) ?? []);
  }

  /** What findings without a principal, given as some of `unnamed`, say together. */
  combineUnnamed(findings: readonly Finding[]): CombinedFindings {
    return this.#combineOnce(findings.map(({ file }) => file).join('\n'), findings);
  }

  #combineOnce(key: string, findings: readonly Finding[]): CombinedFindings {
    const known = this.#combined.get(key);
    if (known) return known;
    const combined = combineFindings(findings) ?? { services: new Map() };
    this.#combined.set(key, combined);
    return combined;
  }

  #add(arn: string, finding: Finding): void {
    const principal = parsePrincipal(arn);
    // Findings about buckets, keys and other resources are of no use for an identity policy.
    if (!principal) return;
    const key = arn.toLowerCase();
    const known = this.#byArn.get(key);
    if (known) {
      known.push(finding);
      return;
    }
    this.#byArn.set(key, [finding]);
    const name = principal.name.toLowerCase();
    this.#byName.set(name, [...(this.#byName.get(name) ?? []), principal]);
  }
}
