import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import '../support/seed.ts';
import { world } from '../support/deployed/arbitraries.ts';
import { type Judgement, judge } from '../support/deployed/judge.ts';

const runs = Number(process.env.FC_RUNS ?? 3_000);

/** What came of all repositories. */
const counts = { traced: newCounts(), untraced: newCounts() };

test('Nobody loses what they use by what is certain, wherever every deployment leaves its trace', () => {
  const property = fc.property(world, (made) => {
    const { isTraced, judgements } = judge(made);
    for (const judgement of judgements) count(judgement, isTraced ? counts.traced : counts.untraced);
    for (const judgement of judgements) if (isTraced) assert.equal(judgement.complaint, undefined, describe(judgement));
  });
  const { failed, seed, counterexamplePath, errorInstance } = fc.check(property, { numRuns: runs });
  const text = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
  assert(!failed, `seed ${seed}, path ${counterexamplePath}\n${text}`);
  console.log(JSON.stringify(counts));
});

function newCounts() {
  return {
    policies: 0,
    certain: 0,
    likely: 0,
    certainWrong: 0,
    likelyWrong: 0,
    open: 0,
    couldBe: 0,
    couldBeCertain: 0,
    couldBeLikely: 0,
  };
}

function count({ kind, isWrong, couldBe }: Judgement, own: ReturnType<typeof newCounts>): void {
  own.policies++;
  if (kind === 'certain') own.certain++;
  else if (kind === 'likely') own.likely++;
  else own.open++;
  if (isWrong && kind === 'certain') own.certainWrong++;
  if (isWrong && kind === 'likely') own.likelyWrong++;
  if (!couldBe) return;
  own.couldBe++;
  if (kind === 'certain') own.couldBeCertain++;
  if (kind === 'likely') own.couldBeLikely++;
}

function describe({ policy, complaint, files, about, holders }: Judgement): string {
  return [complaint, `of ${policy}, which ${holders.join(', ')} have`, 'findings:', ...about, ...files].join('\n');
}
