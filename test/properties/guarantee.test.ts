import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import '../support/seed.ts';
import { refineNotAction } from '../../server/src/service/refine/notAction.ts';
import { proveRefinement } from '../../server/src/service/refine/proof.ts';
import { refineStatement } from '../../server/src/service/refine/statement.ts';
import { grants, isIncluded } from '../support/oracle.ts';
import { contextOf, refined } from '../support/refine.ts';
import { type Case, cases } from './arbitraries.ts';

/** The actions that a case is about: the catalogue's, and reported ones that it lacks. */
function actionsOf({ catalogue, unused }: Case): { action: string; isKnown: boolean; isUnused: boolean }[] {
  const known = catalogue.prefixes.flatMap((prefix) =>
    (catalogue.service(prefix)?.names ?? []).map((name) => ({ prefix, name, isKnown: true })),
  );
  const seen = new Set(known.map(({ prefix, name }) => `${prefix}:${name}`.toLowerCase()));
  const reported = Object.entries(unused)
    .flatMap(([prefix, names]) => (names === 'whole' ? [] : names.map((name) => ({ prefix, name, isKnown: false }))))
    .filter(({ prefix, name }) => !seen.has(`${prefix}:${name}`.toLowerCase()));
  return [...known, ...reported].map(({ prefix, name, isKnown }) => ({
    action: `${prefix}:${name}`,
    isKnown,
    isUnused: false,
  }));
}

/** The same with what is unused, told from the reports alone. */
function judged(given: Case) {
  const lower = new Map(
    Object.entries(given.unused).map(([prefix, names]) => [
      prefix,
      names === 'whole' ? names : new Set(names.map((name) => name.toLowerCase())),
    ]),
  );
  return actionsOf(given).map(({ action, isKnown }) => {
    const [prefix = '', name = ''] = action.split(':');
    const reported = lower.get(prefix);
    const isReported =
      reported === 'whole' ? action.toLowerCase() !== 'iam:passrole' : (reported?.has(name.toLowerCase()) ?? false);
    return { action, isKnown, isUnused: isReported && !given.keep.some((entry) => grants(entry, action)) };
  });
}

const RUNS = 4000;

describe('refining any entries by any findings', () => {
  it('loses nothing, leaves nothing, and passes its own proof', () => {
    fc.assert(
      fc.property(cases, (given) => {
        const context = contextOf(given.catalogue, given.unused, given);
        const after = refined(given.entries, context);
        const actions = judged(given);
        for (const { action, isKnown, isUnused } of actions) {
          const before = given.entries.some((entry) => grants(entry, action));
          const stillGranted = after.filter((entry) => grants(entry, action));
          if (isKnown && before && !isUnused) assert.ok(stillGranted.length > 0, `${action} was lost`);
          // A wildcard of which the catalogue knows nothing stays, because nobody can say what else it grants.
          const understood = stillGranted.filter(
            (entry) => !/[*?]/.test(entry) || actions.some((other) => other.isKnown && grants(entry, other.action)),
          );
          if (isUnused) assert.deepEqual(understood, [], `${action} was left`);
          if (!before) assert.deepEqual(stillGranted, [], `${action} was gained`);
        }
        assert.equal(
          proveRefinement({ before: given.entries, after, chosen: given.entries }, context.catalogue, context.unused),
          'ok',
        );
      }),
      { numRuns: RUNS },
    );
  });

  it('gains nothing: every new entry lies, as a language, inside one old entry', () => {
    fc.assert(
      fc.property(cases, (given) => {
        const after = refined(given.entries, contextOf(given.catalogue, given.unused, given));
        for (const entry of after.filter((candidate) => !given.entries.includes(candidate))) {
          assert.ok(
            given.entries.some((old) => isIncluded(entry, old)),
            `'${entry}' lies in none of ${given.entries.join(', ')}`,
          );
        }
      }),
      { numRuns: RUNS / 4 },
    );
  });

  it('changes nothing more the second time', () => {
    fc.assert(
      fc.property(cases, (given) => {
        const context = contextOf(given.catalogue, given.unused, given);
        const once = refined(given.entries, context);
        assert.deepEqual(refined(once, context), once);
      }),
      { numRuns: RUNS },
    );
  });

  it('changes nothing when nothing is unused', () => {
    fc.assert(
      fc.property(cases, ({ catalogue, entries }) => {
        assert.deepEqual(refined(entries, contextOf(catalogue, {})), entries);
      }),
      { numRuns: RUNS / 4 },
    );
  });

  it('does not depend on the order of the findings', () => {
    fc.assert(
      fc.property(cases, (given) => {
        const reversed = Object.fromEntries(
          Object.entries(given.unused)
            .reverse()
            .map(([service, names]) => [service, names === 'whole' ? names : [...names].reverse()]),
        );
        const reverse = refined(given.entries, contextOf(given.catalogue, reversed, given));
        assert.deepEqual(reverse, refined(given.entries, contextOf(given.catalogue, given.unused, given)));
      }),
      { numRuns: RUNS / 4 },
    );
  });

  it('is succinct: no new entry is covered by another one, and there are never more than exact mode would give', () => {
    fc.assert(
      fc.property(cases, (given) => {
        const context = contextOf(given.catalogue, given.unused, given);
        const plan = refineStatement(given.entries, context);
        const fresh = plan.entries.flatMap(({ replacement }) => replacement ?? []);
        const stays = plan.entries.filter(({ replacement }) => !replacement).map(({ entry }) => entry);
        for (const [i, entry] of fresh.entries()) {
          const others = [...stays, ...fresh.filter((_, j) => j !== i)];
          const cover = others.find((other) => isIncluded(entry, other));
          assert.equal(cover, undefined, `'${entry}' is covered by '${cover}'`);
        }
        if (given.entries.some((entry) => entry.startsWith('*'))) return;
        const exact = refineStatement(given.entries, { ...context, generalization: 'exact' });
        const listed = exact.entries.flatMap(({ replacement }) => replacement ?? []);
        assert.ok(fresh.length <= listed.length, `${fresh.length} entries instead of ${listed.length} exact ones`);
      }),
      { numRuns: RUNS / 4 },
    );
  });
});

describe('refining NotAction', () => {
  it('excludes what is unused and nothing else, and keeps every old entry', () => {
    fc.assert(
      fc.property(cases, (given) => {
        const { added } = refineNotAction(given.entries, contextOf(given.catalogue, given.unused, given));
        const after = [...given.entries, ...added];
        for (const { action, isUnused } of judged(given)) {
          const before = !given.entries.some((entry) => grants(entry, action));
          const now = !after.some((entry) => grants(entry, action));
          assert.equal(
            now,
            before && !isUnused,
            `${action}: granted before ${before}, unused ${isUnused}, granted now ${now}`,
          );
        }
      }),
      { numRuns: RUNS / 4 },
    );
  });
});
