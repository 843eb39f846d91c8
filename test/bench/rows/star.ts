import assert from 'node:assert/strict';
import { planStatement } from '../../../server/src/service/refine/statementPlan.ts';
import { today } from '../../support/catalogues.ts';
import { random } from '../../support/corpus.ts';
import { contextOf } from '../../support/refine.ts';
import { compact } from '../support/floyd.ts';
import { medianTime, statementOf } from '../support/inProcess.ts';
import { milliseconds, type Result, type Row, times } from '../support/result.ts';

const UNUSED = 500;
const GOAL_MS = 10;
const GOAL_TIMES_FASTER = 50;
const SEED = 20_241_120;

/**
 * One entry `*` with 500 unused actions over all services: joined with the catalogue, refined and proven, nothing remembered.
 * The peer is `iam-floyd`, which shortens lists of actions too: it gets the actions in use of the services that lose some.
 */
export const star: Row = async () => {
  const unused = pickUnused();
  const statement = statementOf(['*']);
  // A new context each time, because outcomes are remembered by context.
  const refine = () => planStatement(statement, contextOf(today, unused));
  const { verdict, change } = refine();
  assert.equal(verdict, 'ok');
  assert.equal(change?.change.kind, 'replace');
  const ours = await medianTime('*', refine);

  const floyd = await compact(keptActions(unused));
  const services = Object.keys(unused).length;
  return [toGoal(ours), toFloyd(ours, floyd, services)];
};

function toGoal(ours: number): Result {
  return {
    work: `one entry \`*\`, ${UNUSED} unused actions over all services, refined and proven`,
    measured: milliseconds(ours),
    peer: '',
    ratio: '',
    goal: `≤ ${milliseconds(GOAL_MS)}`,
    reached: ours <= GOAL_MS,
  };
}

function toFloyd(ours: number, { time, services }: { time: number; services: number }, all: number): Result {
  return {
    work: `the same; peer: \`iam-floyd\`'s \`.compact()\` of the ${all} services that lose actions, of which it knows ${services}`,
    measured: milliseconds(ours),
    peer: milliseconds(time),
    ratio: `${times(time / ours)} faster`,
    goal: `≥ ${GOAL_TIMES_FASTER}× faster`,
    reached: time / ours >= GOAL_TIMES_FASTER,
  };
}

/** 500 actions of all that AWS has, by service. */
function pickUnused(): Record<string, string[]> {
  const next = random(SEED);
  const all = today.prefixes.flatMap((prefix) =>
    (today.service(prefix)?.names ?? []).map((name) => [prefix, name] as const),
  );
  const unused: Record<string, string[]> = {};
  for (let picked = 0; picked < UNUSED; picked++) {
    const [action] = all.splice(Math.floor(next() * all.length), 1);
    if (!action) break;
    const [prefix, name] = action;
    unused[prefix] = [...(unused[prefix] ?? []), name];
  }
  return unused;
}

/** The actions in use of each service that has unused ones. */
function keptActions(unused: Readonly<Record<string, readonly string[]>>): Map<string, readonly string[]> {
  const kept = Object.entries(unused).map(([prefix, names]) => {
    const gone = new Set(names);
    return [prefix, (today.service(prefix)?.names ?? []).filter((name) => !gone.has(name))] as const;
  });
  return new Map(kept.filter(([, names]) => names.length > 0));
}
