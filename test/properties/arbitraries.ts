import fc from 'fast-check';
import type { Catalogue } from '../../server/src/service/actions/catalogue.ts';
import { catalogueWith, today } from '../support/catalogues.ts';
import type { Reports } from '../support/refine.ts';

/** One case: AWS, the entries of a statement, what is reported of it, and what the user keeps. */
export interface Case {
  readonly catalogue: Catalogue;
  readonly entries: readonly string[];
  readonly unused: Reports;
  readonly keep: readonly string[];
}

/** Words that are prefixes of each other, or differ in case only: what makes prefixes dangerous. */
const WORDS = [
  'Get',
  'GET',
  'Put',
  'List',
  'Re',
  'Retire',
  'Encrypt',
  'Object',
  'Objects',
  'Label',
  'label',
  'Tag',
  'Tagging',
  'V2',
  'v',
  'ACL',
  'Acl',
  'A',
  '9',
];

const name = fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 4 }).map((words) => words.join(''));

const madeUp = fc
  .uniqueArray(fc.tuple(fc.constantFrom('svc', 'iam', 's3'), name), {
    minLength: 1,
    maxLength: 40,
    selector: (pair) => pair.join(':').toLowerCase(),
  })
  .map((pairs) => {
    const services: Record<string, string[]> = {};
    for (const [service, action] of pairs) services[service] = [...(services[service] ?? []), action];
    return catalogueWith(services);
  });

/** Services of AWS that hold most of the traps. The oracle enumerates, so ec2 with its 800 actions is left to the corpus. */
const SERVICES = ['s3', 'iam', 'kms', 'apigateway', 'sqs'];

const REAL = catalogueWith(Object.fromEntries(SERVICES.map((prefix) => [prefix, today.service(prefix)?.names ?? []])));

/** Cases on made-up catalogues and on today's AWS. */
export const cases: fc.Arbitrary<Case> = fc
  .oneof({ weight: 4, arbitrary: madeUp }, { weight: 1, arbitrary: fc.constant(REAL) })
  .chain((catalogue) => {
    const services = catalogue.prefixes;
    const service = fc.constantFrom(...services);
    const known = service.chain((prefix) =>
      fc.constantFrom(...(catalogue.service(prefix)?.names ?? [])).map((action) => ({ prefix, action })),
    );
    const entry = entryOf(known);
    return fc.record({
      catalogue: fc.constant(catalogue),
      entries: fc.array(entry, { minLength: 1, maxLength: 6 }),
      unused: unusedOf(catalogue, services),
      keep: fc.oneof(
        { weight: 3, arbitrary: fc.constant([]) },
        { weight: 1, arbitrary: fc.array(entry, { maxLength: 2 }) },
      ),
    });
  });

function entryOf(known: fc.Arbitrary<{ prefix: string; action: string }>): fc.Arbitrary<string> {
  const spelled = fc.tuple(known, fc.boolean()).map(([{ prefix, action }, odd]) => ({
    prefix: odd ? prefix.toUpperCase() : prefix,
    action: odd ? action.toLowerCase() : action,
  }));
  const holes = fc.array(fc.tuple(fc.nat(30), fc.nat(6), fc.constantFrom('*', '?', '**', '*?')), {
    minLength: 1,
    maxLength: 3,
  });
  return fc.oneof(
    { weight: 3, arbitrary: spelled.map(({ prefix, action }) => `${prefix}:${action}`) },
    {
      weight: 5,
      arbitrary: fc
        .tuple(spelled, fc.nat(20))
        .map(([{ prefix, action }, length]) => `${prefix}:${action.slice(0, length)}*`),
    },
    {
      weight: 5,
      arbitrary: fc.tuple(spelled, holes).map(([{ prefix, action }, cuts]) => `${prefix}:${punch(action, cuts)}`),
    },
    { weight: 1, arbitrary: spelled.map(({ action }) => `*:${action.slice(0, 3)}*`) },
    { weight: 2, arbitrary: spelled.map(({ prefix }) => `${prefix}:*`) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        '*',
        '*:*',
        '**',
        'svc:**',
        'new:*',
        'new:Do',
        'svc:GetNew',
        'svc:New*',
        's*:Get',
        'nonsense',
        '',
      ),
    },
  );
}

/** Replaces stretches of a name by wildcards. */
function punch(action: string, cuts: readonly (readonly [number, number, string])[]): string {
  return cuts.reduce((text, [at, length, wildcard]) => {
    const start = text.length === 0 ? 0 : at % (text.length + 1);
    return text.slice(0, start) + wildcard + text.slice(start + length);
  }, action);
}

function unusedOf(catalogue: Catalogue, services: readonly string[]): fc.Arbitrary<Reports> {
  const share = fc.constantFrom(0, 0.05, 0.2, 0.5, 0.8, 0.95, 1);
  const perService = fc
    .tuple(share, fc.nat(), fc.nat(19))
    .map(([part, seed, whole]) => ({ part, seed, whole: whole === 0 }));
  return fc.array(perService, { minLength: services.length, maxLength: services.length }).map((choices) => {
    const reports: Record<string, 'whole' | string[]> = { new: ['Do'] };
    for (const [i, prefix] of services.entries()) {
      const { part, seed, whole } = choices[i] as { part: number; seed: number; whole: boolean };
      const names = (catalogue.service(prefix)?.names ?? []).filter((_, index) => hash(seed, index) < part);
      // Findings also name actions that the catalogue lacks.
      reports[prefix] = whole ? 'whole' : seed % 5 === 0 ? [...names, 'GetNew', 'ReNew'] : names;
    }
    return reports;
  });
}

/** A number in [0, 1) that depends on seed and index only. */
function hash(seed: number, index: number): number {
  const mixed = Math.imul(seed ^ 0x9e3779b9, index + 0x85ebca6b);
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
}
