import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Catalogue } from '../../server/src/service/actions/catalogue.ts';
import { writeChanges } from '../../server/src/service/codeActions/edits.ts';
import { policyFix } from '../../server/src/service/codeActions/fixes.ts';
import { json } from '../../server/src/service/policy/json/index.ts';
import { type PolicyRefinement, refinePolicy } from '../../server/src/service/refine/policy.ts';
import { in2024, today } from '../support/catalogues.ts';
import {
  listOf,
  type ManagedPolicy,
  managedPolicies,
  type PolicyJson,
  random,
  randomUnused,
  type StatementJson,
} from '../support/corpus.ts';
import { applyDisjoint } from '../support/disjoint.ts';
import { EntrySet } from '../support/entrySet.ts';
import { contextOf, type Reports } from '../support/refine.ts';

const policies = managedPolicies();
const SEED = Number(process.env.CORPUS_SEED ?? 20_241_120);

/** Refines a policy as the command line does: text in, text out. */
function refineText(document: PolicyJson, catalogue: Catalogue, unused: Reports) {
  const text = JSON.stringify(document, null, 4);
  const file = json.read(text);
  const [policy] = file.documents;
  assert.ok(policy);
  const context = contextOf(catalogue, unused);
  const refinement = refinePolicy(policy, context);
  const analysis = { place: { path: '/policy.json' }, text, syntax: json, file, policies: [], origins: {}, catalogue };
  const refined = applyDisjoint(text, writeChanges(analysis, policy, refinement.changes));
  const titles = policyFix({
    document: policy,
    match: { kind: 'unmatched', why: '' },
    refined: { context, refinement },
  });
  return { refinement, refined: JSON.parse(refined) as PolicyJson, title: titles[0]?.title ?? '' };
}

/** The part of AWS that a refinement is judged by. */
type Judge = Pick<Catalogue, 'prefixes' | 'service'>;

/** Finds what a refinement does wrong, action by action, by the test's own means. */
function findViolation(
  before: PolicyJson,
  after: PolicyJson,
  judge: Judge,
  unused: Reports,
  isKnown: (service: string, name: string) => boolean,
): string | undefined {
  const old = listOf(before.Statement).filter(isRefined);
  const now = listOf(after.Statement).filter(isRefined);
  const oldSets = old.map(setOf);
  const nowSets = now.map(setOf);
  const lists = new Map(Object.entries(unused).map(([service, names]) => [service, new Set(names)]));
  for (const prefix of judge.prefixes) {
    for (const name of judge.service(prefix)?.names ?? []) {
      const granted = oldSets.some((grants) => grants(prefix, name));
      const stays = nowSets.some((grants) => grants(prefix, name));
      const isUnused = lists.get(prefix)?.has(name) ?? false;
      if (stays && !granted) return `${prefix}:${name} was gained`;
      if (stays && isUnused) return `${prefix}:${name} was left`;
      if (granted && !isUnused && !stays && isKnown(prefix, name)) return `${prefix}:${name} was lost`;
    }
  }
  return undefined;
}

function isRefined(statement: StatementJson): boolean {
  return statement.Effect === 'Allow' && (statement.Action !== undefined || statement.NotAction !== undefined);
}

function setOf({ Action, NotAction }: StatementJson): (service: string, name: string) => boolean {
  const listed = new EntrySet(listOf(Action ?? NotAction));
  return Action === undefined
    ? (service, name) => !listed.grants(service, name)
    : (service, name) => listed.grants(service, name);
}

/** The services whose actions can differ: those reported. The rest of AWS is looked at for one policy in ten. */
function judgeOf(catalogue: Catalogue, unused: Reports, index: number): Judge {
  const prefixes = index % 10 === 0 ? catalogue.prefixes : Object.keys(unused);
  return { prefixes, service: (prefix) => catalogue.service(prefix) };
}

describe(`all ${policies.length} policies that AWS publishes (seed ${SEED})`, () => {
  it('are more than 1,500, with wildcards and NotAction among them', () => {
    const statements = policies.flatMap(({ document }) => listOf(document.Statement));
    assert.ok(policies.length > 1500);
    assert.ok(statements.filter(({ NotAction }) => NotAction !== undefined).length >= 14);
    assert.ok(statements.flatMap(({ Action }) => listOf(Action)).filter((entry) => entry.includes('*')).length > 3000);
  });

  for (const share of [0.05, 0.2, 0.5, 0.95]) {
    it(`are refined without violation and without a refused proof when ${share * 100} % of their services' actions are unused`, () => {
      const next = random(SEED + share * 100);
      for (const [index, policy] of policies.entries()) {
        const unused = randomUnused(policy, today, share, next);
        const { refinement, refined } = refineText(policy.document, today, unused);
        assert.equal(refinement.proof, 'ok', policy.name);
        if (refinement.emptied) continue;
        const violation = findViolation(policy.document, refined, judgeOf(today, unused, index), unused, () => true);
        assert.equal(violation, undefined, policy.name);
      }
    });
  }

  it('stay byte for byte when nothing is unused', () => {
    for (const { name, document } of policies) {
      const { refinement } = refineText(document, today, {});
      assert.deepEqual(refinement.changes, [], name);
    }
  });

  it('lose nothing that an old catalogue knew, and gain and leave nothing, when they are refined with the catalogue of 2024', () => {
    const next = random(SEED);
    let cautious = 0;
    for (const [index, policy] of policies.entries()) {
      // Findings of today name what AWS has today; some of it the old catalogue lacks.
      const unused = randomUnused(policy, today, 0.2, next);
      const { refinement, refined, title } = refineText(policy.document, in2024, unused);
      assert.equal(refinement.proof, 'ok', policy.name);
      if (refinement.emptied) continue;
      const isKnown = (service: string, name: string) => (in2024.service(service)?.indexOf(name) ?? -1) >= 0;
      const violation = findStaleViolation(policy, refined, judgeOf(today, unused, index), unused, isKnown);
      assert.equal(violation, undefined, policy.name);
      const isDoubtful = rewrittenServices(refinement).some((prefix) =>
        unused[prefix] === 'whole' ? false : unused[prefix]?.some((name) => !isKnown(prefix, name)),
      );
      assert.equal(title.includes('with caution'), isDoubtful, policy.name);
      cautious += Number(isDoubtful);
    }
    assert.ok(cautious > 0, 'the old catalogue lacks reported actions, so that some fixes carry a caution');
  });
});

/** The services of the wildcards, and of the `NotAction` elements, that a refinement rewrites. */
function rewrittenServices({ statements }: PolicyRefinement): string[] {
  return statements.flatMap(({ entries, exclusions }) => [
    ...entries
      .filter(({ entry, replacement }) => replacement && /[*?]/.test(entry))
      .flatMap(({ grants }) => grants.map(({ prefix }) => prefix)),
    ...(exclusions?.grants ?? []).map(({ prefix }) => prefix),
  ]);
}

/** With a stale catalogue, a wildcard of which it knows nothing may be left as it is: that is a rule, and no violation. */
function findStaleViolation(
  { document }: ManagedPolicy,
  refined: PolicyJson,
  judge: Judge,
  unused: Reports,
  isKnown: (service: string, name: string) => boolean,
): string | undefined {
  const untouched = listOf(refined.Statement)
    .flatMap(({ Action }) => listOf(Action))
    .filter((entry) => /[*?]/.test(entry) && !grantsKnown(entry, isKnown));
  const known: Record<string, readonly string[]> = {};
  const left = new EntrySet(untouched);
  for (const [service, names] of Object.entries(unused))
    known[service] = [...names].filter((name) => !left.grants(service, name));
  return findViolation(document, refined, judge, known, isKnown);
}

function grantsKnown(entry: string, isKnown: (service: string, name: string) => boolean): boolean {
  const set = new EntrySet([entry]);
  const prefix = entry.split(':')[0]?.toLowerCase() ?? '';
  const names = prefix === '*' ? ['*'] : (today.service(prefix)?.names ?? []);
  return names.some((name) => name === '*' || (isKnown(prefix, name) && set.grants(prefix, name)));
}
