import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'node:test';
import { Analyzer } from '../../../server/src/service/analysis.ts';
import { writeChanges } from '../../../server/src/service/codeActions/edits.ts';
import { FindingsIndex } from '../../../server/src/service/findings/findingsIndex.ts';
import { readFindings } from '../../../server/src/service/findings/read.ts';
import { json } from '../../../server/src/service/policy/json/index.ts';
import { applyChanges } from '../../../server/src/service/policy/model.ts';
import { countGranted } from '../../../server/src/service/refine/grant.ts';
import { in2024, today } from '../../support/catalogues.ts';

const read = (name: string) => readFileSync(path.join('test/fixtures/article', name), 'utf8');

/** Refines the article's policy by the article's findings, both as text. */
function refineArticle(catalogue: typeof today) {
  const index = new FindingsIndex([readFindings(read('unused-permissions.json'), '/w/findings.json', today)]);
  const analyzer = new Analyzer(catalogue, index, { generalization: 'prefix', keep: [] });
  const analysis = analyzer.analyze(read('policy.original.json'), json, { path: '/w/policy.json', root: '/w' });
  const [policy] = analysis.policies;
  assert.ok(policy?.refined);
  const { refinement } = policy.refined;
  return { refinement, text: applyChanges(analysis.text, writeChanges(analysis, policy.document, refinement.changes)) };
}

describe("the article's policy", () => {
  it('becomes, byte for byte, what AWS recommended, with the catalogue of that time', () => {
    const { refinement, text } = refineArticle(in2024);
    assert.equal(text, read('policy.recommended.json'));
    assert.equal(refinement.proof, 'ok');
    const [getAll] = refinement.statements[1]?.entries ?? [];
    assert.deepEqual([getAll?.entry, getAll?.unused, countGranted(getAll?.grants ?? [])], ['s3:Get*', 22, 58]);
  });

  it("keeps the actions that AWS added since, with today's catalogue", () => {
    const { refinement, text } = refineArticle(today);
    const added = ['s3:GetBucketAbac', 's3:GetBucketMetadataTableConfiguration'];
    const indent = ' '.repeat(8);
    const expected = read('policy.recommended.json').replace(
      `${indent}"s3:GetDataAccess"`,
      `${added.map((entry) => `${indent}"${entry}",\n`).join('')}${indent}"s3:GetDataAccess"`,
    );
    assert.equal(text, expected);
    assert.deepEqual(refinement.totals, { granted: 92, unused: 30, entriesChanged: 9, statementsRemoved: 0 });
  });
});
