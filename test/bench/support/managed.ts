import { findingV2 } from '../../protocol/support/samples.ts';
import { today } from '../../support/catalogues.ts';
import { type ManagedPolicy, managedPolicies, random, randomUnused } from '../../support/corpus.ts';

/** The share of actions that nobody uses, of each service that a policy names. */
const UNUSED_SHARE = 0.2;

const SEED = 20_241_120;

/** A policy that AWS publishes, as a file, and what AWS would say of a role of the same name. */
export interface ManagedFile {
  readonly name: string;
  readonly text: string;
  /** An answer of `aws accessanalyzer get-finding-v2`. */
  readonly finding: object;
}

let files: readonly ManagedFile[] | undefined;

/** All policies that AWS publishes, with findings that are the same in every run. */
export function managedFiles(): readonly ManagedFile[] {
  const next = random(SEED);
  files ??= managedPolicies().map((policy) => toFile(policy, next));
  return files;
}

/** The policy of this name. */
export function managedFile(name: string): ManagedFile {
  const found = managedFiles().find((file) => file.name === name);
  if (!found) throw new Error(`AWS publishes no policy ${name}`);
  return found;
}

function toFile(policy: ManagedPolicy, next: () => number): ManagedFile {
  const unused = randomUnused(policy, today, UNUSED_SHARE, next);
  return {
    name: policy.name,
    text: JSON.stringify(policy.document, null, 4),
    finding: findingV2(policy.name, unused as Readonly<Record<string, readonly string[]>>),
  };
}
