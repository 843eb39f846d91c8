import assert from 'node:assert/strict';
import { Analyzer } from '../../../server/src/service/analysis.ts';
import { writeChanges } from '../../../server/src/service/codeActions/edits.ts';
import { FindingsIndex } from '../../../server/src/service/findings/findingsIndex.ts';
import { readFindings } from '../../../server/src/service/findings/read.ts';
import { json } from '../../../server/src/service/policy/json/index.ts';
import { applyChanges } from '../../../server/src/service/policy/model.ts';
import { plainFindings } from '../../protocol/support/samples.ts';
import { today } from '../../support/catalogues.ts';
import { random } from '../../support/corpus.ts';
import { policyText } from '../support/inProcess.ts';
import { median } from '../support/pairs.ts';
import { milliseconds, type Result, type Row, times } from '../support/result.ts';

const SIZES = [10, 100, 1000, 10_000] as const;
const ENTRIES = SIZES[3];
const PASSES = 9;
const GOAL = 12;
const SEED = 20_241_120;
const PLACE = { path: '/policy.json' };

/**
 * Analysing and rewriting policies of 10 to 10,000 entries. The same 10,000 entries are cut into policies of each size, so
 * that a small policy has no easier entries than a big one.
 */
export const growth: Row = async () => {
  const entries = pickEntries();
  const index = new FindingsIndex([readFindings(plainFindings(pickUnused()), '/findings.json', today)]);
  const cuts = SIZES.map((size) => cut(entries, size).map(policyText));
  const passes = Array.from({ length: PASSES + 2 }, () => cuts.map((texts) => timePerPolicy(texts, index)));
  // The first passes are warm-up.
  const measured = passes.slice(2);
  return SIZES.slice(1).map((size, step) => toResult(size, step, measured));
};

function toResult(size: number, step: number, passes: readonly (readonly number[])[]): Result {
  const at = (pass: readonly number[], column: number) => pass[column] ?? Number.NaN;
  const ratio = median(passes.map((pass) => at(pass, step + 1) / at(pass, step)));
  return {
    work: `a policy of ${size.toLocaleString('en')} entries, analysed and rewritten; peer: one of ${(size / 10).toLocaleString('en')}`,
    measured: milliseconds(median(passes.map((pass) => at(pass, step + 1)))),
    peer: milliseconds(median(passes.map((pass) => at(pass, step)))),
    ratio: times(ratio),
    goal: `≤ ${GOAL}×`,
    reached: ratio <= GOAL,
  };
}

/** How long a policy takes, in milliseconds, with findings that were joined with the catalogue before. */
function timePerPolicy(texts: readonly string[], index: FindingsIndex): number {
  // Outcomes are remembered by analyzer: a new one each time.
  const analyzer = new Analyzer(today, index, { generalization: 'prefix', keep: [] });
  const refine = (text: string) => {
    const analysis = analyzer.analyze(text, json, PLACE, { anywhere: true });
    const [policy] = analysis.policies;
    assert.equal(policy?.refined?.refinement.proof, 'ok');
    return applyChanges(text, writeChanges(analysis, policy.document, policy.refined.refinement.changes));
  };
  refine(policyText(['*']));
  const started = performance.now();
  for (const text of texts) refine(text);
  return (performance.now() - started) / texts.length;
}

/** Entries that differ from one another, in random order: names of actions, and one in ten a wildcard as people write them. */
function pickEntries(): string[] {
  const next = random(SEED);
  const names = shuffle(
    today.prefixes.flatMap((prefix) => (today.service(prefix)?.names ?? []).map((name) => `${prefix}:${name}`)),
    next,
  );
  // `s3:GetBucket*` of `s3:GetBucketAcl`: a wildcard after the second word, if there is one.
  const wildcards = new Set(
    names.map((name) => name.replace(/(:[A-Z][a-z]+[A-Z][a-z]+)[A-Z].*/, '$1*')).filter((name) => name.endsWith('*')),
  );
  const mixed = [...names.slice(0, ENTRIES * 0.9), ...[...wildcards].slice(0, ENTRIES * 0.1)];
  assert.equal(mixed.length, ENTRIES);
  return shuffle(mixed, next);
}

/** One action in five of all services. */
function pickUnused(): Record<string, string[]> {
  const next = random(SEED + 1);
  return Object.fromEntries(
    today.prefixes.map((prefix) => [prefix, (today.service(prefix)?.names ?? []).filter(() => next() < 0.2)]),
  );
}

function shuffle<T>(items: readonly T[], next: () => number): T[] {
  return items
    .map((item) => [next(), item] as const)
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item);
}

function cut(entries: readonly string[], size: number): string[][] {
  return Array.from({ length: entries.length / size }, (_, index) => entries.slice(index * size, (index + 1) * size));
}
