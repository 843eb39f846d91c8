import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Analyzer } from '../../../server/src/service/analysis.ts';
import type { Finding } from '../../../server/src/service/findings/finding.ts';
import { FindingsIndex } from '../../../server/src/service/findings/findingsIndex.ts';
import { json } from '../../../server/src/service/policy/json/index.ts';
import { today } from '../../support/catalogues.ts';
import { finding } from '../../support/jsonFindings.ts';

// `MoveObjectTagging` is an action that AWS does not have on the day of the catalogue, and yet somebody speaks of it.
describe('An action that the catalogue lacks goes on being granted by the wildcard that is refined', () => {
  const one = finding({ s3: ['PutObjectTagging', 'MoveObjectTagging'] }, { id: '1' });
  const other = finding({ s3: ['PutObjectTagging'] }, { id: '2' });
  test('when the user keeps it by name', () => {
    assert.ok(refined([one], ['s3:moveobjecttagging']).includes('s3:moveobjecttagging'));
  });
  test('when only some of the sources call it unused', () => {
    assert.ok(refined([one, other], []).includes('s3:MoveObjectTagging'));
  });
  test('but not when all of them do', () => {
    assert.ok(!refined([one], []).some((entry) => /move/i.test(entry)));
  });
});

function refined(findings: readonly Finding[], keep: readonly string[]): readonly string[] {
  const index = new FindingsIndex([{ file: '/w/f.json', recognised: true, findings, problems: [] }]);
  const analyzer = new Analyzer(today, index, { generalization: 'prefix', keep });
  const text = '{"Statement": {"Effect": "Allow", "Action": "s3:*Tagging", "Resource": "*"}}';
  const analysis = analyzer.analyze(text, json, { path: '/w/p.json', root: '/w' }, { anywhere: true });
  const refinement = analysis.policies[0]?.refined?.refinement;
  assert.equal(refinement?.proof, 'ok');
  return refinement.statements[0]?.entries[0]?.replacement ?? [];
}
