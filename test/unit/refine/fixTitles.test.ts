import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { Analyzer } from '../../../server/src/service/analysis.ts';
import { codeActions } from '../../../server/src/service/codeActions/codeActions.ts';
import { FindingsIndex } from '../../../server/src/service/findings/findingsIndex.ts';
import { readFindings } from '../../../server/src/service/findings/read.ts';
import { json } from '../../../server/src/service/policy/json/index.ts';
import { today } from '../../support/catalogues.ts';

/** The titles of the quick fixes at the first occurrence of `at`. */
function titlesAt(entries: readonly string[], unused: readonly string[], at: string): string[] {
  const text = JSON.stringify({ Statement: [{ Effect: 'Allow', Action: entries }] });
  const findings = JSON.stringify([{ serviceNamespace: 's3', actions: unused }]);
  const analyzer = new Analyzer(today, new FindingsIndex([readFindings(findings, '/w/f.json', today)]), {
    generalization: 'prefix',
    keep: [],
  });
  const analysis = analyzer.analyze(text, json, { path: '/w/p.json', root: '/w' });
  const document = TextDocument.create('file:///w/p.json', 'json', 1, text);
  const position = document.positionAt(text.indexOf(at) + 1);
  const request = { range: { start: position, end: position }, diagnostics: [], only: ['quickfix'], versioned: true };
  return codeActions(document, analysis, request).map(({ title }) => title);
}

test('An entry whose used actions others grant is removed under a title that says so', () => {
  const entries = ['s3:GetBucketA*', 's3:GetBucketAb*', 's3:PutObject'];
  const [first] = titlesAt(entries, ['GetBucketAcl'], 's3:GetBucketA*');
  assert.equal(first, "Remove 's3:GetBucketA*': other entries grant what is in use");
});

test('An entry that grants only unused actions is removed as unused', () => {
  const [first] = titlesAt(['s3:GetBucketAcl', 's3:PutObject'], ['GetBucketAcl'], 's3:GetBucketAcl');
  assert.equal(first, "Remove unused action 's3:GetBucketAcl'");
});

test('Every fix that rewrites a wildcard says when the catalogue is too old for it', () => {
  const titles = titlesAt(['s3:Get*', 's3:List*', 's3:PutObject'], ['GetBucketAcl', 'PutObject', 'GetMoon'], 's3:Get*');
  const caution = /, with caution: 1 reported action unknown to the catalogue of \d{4}-\d\d-\d\d$/;
  assert.equal(titles.length, 4);
  for (const title of titles) assert.match(title, caution);
});

test('A fix that takes out a single action needs no caution', () => {
  const titles = titlesAt(['s3:PutObject', 's3:List*'], ['PutObject', 'GetMoon'], 's3:PutObject');
  assert.deepEqual(titles, ["Remove unused action 's3:PutObject'", 'Refine whole policy (1 unused action)']);
});
