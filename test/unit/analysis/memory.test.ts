import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { Analyzer } from '../../../server/src/service/analysis.ts';
import { policyDiagnostics } from '../../../server/src/service/diagnostics/policyDiagnostics.ts';
import { FindingsIndex } from '../../../server/src/service/findings/findingsIndex.ts';
import { readFindings } from '../../../server/src/service/findings/read.ts';
import { json } from '../../../server/src/service/policy/json/index.ts';
import { today } from '../../support/catalogues.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const EDITS = 60;

// A slice of a text keeps all of it alive, so each version of a file that anything is remembered of could stay in memory.
for (const [name, entry] of [
  ['wildcards', (index: number) => `s3:GetObjectTagging${index}*`],
  ['unknown actions', (index: number) => `s3:SomeUnknownAction${index}`],
  ['services', (index: number) => `some-unknown-service-${index}:Do*`],
] as const) {
  test(`Typing into ${name} keeps no old version of the file in memory`, () => {
    const findings = JSON.stringify([{ serviceNamespace: 's3', actions: ['GetObjectAcl'] }]);
    const index = new FindingsIndex([readFindings(findings, '/w/findings.json', today)]);
    const analyzer = new Analyzer(today, index, { generalization: 'prefix', keep: [] });
    const entries = Array.from({ length: EDITS }, (_, i) => entry(i));
    const policy = { Statement: [{ Effect: 'Allow', Action: [...entries, 's3:*'] }], Note: 'x'.repeat(1_000_000) };
    let document = TextDocument.create('file:///w/p.json', 'json', 1, JSON.stringify(policy));
    const analyze = () => {
      const analysis = analyzer.analyze(document.getText(), json, { path: '/w/p.json', root: '/w' });
      assert.equal(analysis.policies[0]?.match.kind, 'matched');
      return policyDiagnostics(document, analysis, { severity: 2, locate: () => undefined });
    };
    analyze();
    const before = heapUsed();
    for (const [i, text] of entries.entries()) {
      const at = document.positionAt(document.getText().indexOf(JSON.stringify(text)) + 8);
      document = TextDocument.update(document, [{ range: { start: at, end: at }, text: 'Q' }], i + 2);
      analyze();
    }
    // Each version has a million characters; a few may be on their way out.
    assert.ok(heapUsed() - before < (EDITS / 4) * 1_000_000, `${before} bytes before, ${heapUsed()} after`);
  });
}

function heapUsed(): number {
  collectGarbage();
  collectGarbage();
  return process.memoryUsage().heapUsed;
}
