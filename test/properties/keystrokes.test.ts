import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import '../support/seed.ts';
import { json } from '../../server/src/service/policy/json/index.ts';
import type { Statement } from '../../server/src/service/policy/model.ts';
import { planStatement } from '../../server/src/service/refine/statementPlan.ts';
import { contextOf } from '../support/refine.ts';
import { cases } from './arbitraries.ts';

const edits = fc.array(
  fc.record({
    at: fc.nat(8),
    removed: fc.nat(3),
    added: fc.array(fc.constantFrom('s3:GetObject', 'svc:Get*', 'svc:*', 'iam:*Tag*', 's3:P*', 'svc:Li', '*'), {
      maxLength: 3,
    }),
  }),
  { maxLength: 6 },
);

test('A statement that is edited again and again is refined as if it were new each time', () => {
  fc.assert(
    fc.property(cases, edits, (given, changes) => {
      const context = contextOf(given.catalogue, given.unused, given);
      let entries = [...given.entries];
      for (const { at, removed, added } of [{ at: 0, removed: 0, added: [] }, ...changes]) {
        entries = entries.toSpliced(at, removed, ...added);
        const statement = statementOf(entries);
        const again = planStatement(statement, context);
        const anew = planStatement(statement, { ...context });
        assert.deepEqual(again, anew);
      }
    }),
    { numRuns: 1000 },
  );
});

function statementOf(entries: readonly string[]): Statement {
  const text = JSON.stringify({ Statement: [{ Effect: 'Allow', Action: entries, Resource: '*' }] });
  return json.read(text).documents[0]?.statements[0] as Statement;
}
