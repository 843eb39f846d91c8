import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import '../support/seed.ts';
import type { Catalogue } from '../../server/src/service/actions/catalogue.ts';
import { today } from '../support/catalogues.ts';
import { random } from '../support/corpus.ts';
import { contextOf, refined } from '../support/refine.ts';
import { cases } from './arbitraries.ts';

const RUNS = 2000;

/** An entry with one star, at its end, and what is unused. */
interface StarCase {
  readonly catalogue: Catalogue;
  readonly service: string;
  /** The action pattern's text before its star. */
  readonly prefix: string;
  readonly unused: readonly string[];
}

/** Entries on made-up catalogues whose words are prefixes of each other, or differ in case only. */
const madeUp: fc.Arbitrary<StarCase> = cases.chain(({ catalogue, unused }) =>
  fc.constantFrom(...catalogue.prefixes).chain((service) => {
    const reported = unused[service];
    return starCase(catalogue, service, fc.constant(reported === 'whole' || !reported ? [] : reported));
  }),
);

/** Entries on services of AWS, with unused sets of any density. */
const real: fc.Arbitrary<StarCase> = fc
  .constantFrom('s3', 'iam', 'ec2', 'kms', 'apigateway')
  .chain((service) => starCase(today, service, someOf(namesOf(today, service))));

describe('an entry with one star, at its end, becomes its shortest safe prefixes', () => {
  for (const [where, arbitrary] of Object.entries({ 'on made-up catalogues': madeUp, 'on services of AWS': real })) {
    it(where, () => {
      fc.assert(
        fc.property(arbitrary, (given) => {
          const { catalogue, service, prefix, unused } = given;
          const after = refined([`${service}:${prefix}*`], contextOf(catalogue, { [service]: unused }));
          assert.deepEqual(toSet(after), toSet(defined(given).map((action) => `${service}:${action}`)));
        }),
        { numRuns: RUNS },
      );
    });
  }
});

/** What the entry becomes by definition, name by name: no trie, no order, no search. */
function defined({ catalogue, service, prefix, unused }: StarCase): string[] {
  const gone = unused.map(lower).filter((name) => name.startsWith(lower(prefix)));
  const granted = namesOf(catalogue, service).filter((name) => lower(name).startsWith(lower(prefix)));
  if (gone.length === 0 || granted.length === 0) return [`${prefix}*`];
  const kept = granted.filter((name) => !gone.includes(lower(name)));
  return uncovered(kept.map((name) => shortest(name, prefix, kept, gone)));
}

/** The first of a name's prefixes, from the shortest on, that may stand for it. */
function shortest(name: string, prefix: string, kept: readonly string[], gone: readonly string[]): string {
  for (const candidate of prefixesOf(name).filter(({ length }) => length > prefix.length)) {
    const below = kept.filter((other) => prefixesOf(other).includes(candidate));
    if (below.length === 1) return name;
    if (!gone.some((other) => other.startsWith(lower(candidate)))) return `${candidate}*`;
  }
  return name;
}

/** The beginnings of a name that end where a word ends, the name itself included. */
function prefixesOf(name: string): readonly string[] {
  let known = prefixes.get(name);
  if (!known) {
    const words = name.match(/[A-Z]+(?![a-z])[0-9]*|[A-Z]?[a-z]+[0-9]*|[0-9]+|[^A-Za-z0-9]+/g) ?? [];
    known = words.map((_, index) => words.slice(0, index + 1).join(''));
    prefixes.set(name, known);
  }
  return known;
}

const prefixes = new Map<string, readonly string[]>();

/** Without what equals another ignoring case, and then without what another one grants. */
function uncovered(actions: readonly string[]): string[] {
  const distinct = [...new Set(actions.map(lower))];
  return distinct.filter(
    (action) =>
      !distinct.some((other) => other !== action && other.endsWith('*') && action.startsWith(other.slice(0, -1))),
  );
}

function starCase(
  catalogue: Catalogue,
  service: string,
  unused: fc.Arbitrary<readonly string[]>,
): fc.Arbitrary<StarCase> {
  return fc
    .record({
      name: fc.constantFrom(...namesOf(catalogue, service)),
      length: fc.oneof(fc.constant(0), fc.nat(12), fc.nat(40)),
      odd: fc.boolean(),
      unused,
    })
    .map(({ name, length, odd, unused }) => {
      const prefix = name.slice(0, length);
      return { catalogue, service, prefix: odd ? lower(prefix) : prefix, unused };
    });
}

/** Some of these names: few, half or most. */
function someOf(names: readonly string[]): fc.Arbitrary<readonly string[]> {
  return fc.tuple(fc.constantFrom(0.01, 0.05, 0.2, 0.5, 0.8, 0.95), fc.nat()).map(([share, seed]) => {
    const next = random(seed);
    return names.filter(() => next() < share);
  });
}

function namesOf(catalogue: Catalogue, service: string): readonly string[] {
  return catalogue.service(service)?.names ?? [];
}

function toSet(entries: readonly string[]): string[] {
  return [...new Set(entries.map(lower))].sort();
}

function lower(text: string): string {
  return text.toLowerCase();
}
