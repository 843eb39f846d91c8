import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Folder } from '../support/cli.ts';
import { entriesIn, FORMS, GRANTED, GRANTED_REFINED, readForms } from '../support/forms.ts';

// The examples hold one policy of one role in every form that is read.

const FINDINGS = 'ForecastRole.findings.json';

test('A role whose policy is written in every form is refined to the same permissions in each, and to nothing else', (t) => {
  const before = readForms();
  const folder = new Folder(t, before);
  for (const [name, form] of Object.entries(FORMS)) {
    assert.match(before[name] ?? '', form);
    assert.deepEqual(entriesIn(before[name] ?? ''), GRANTED, name);
  }

  const { status, stderr } = folder.run(['refine', ...topLevel(before), '--findings', FINDINGS, '--write']);
  assert.equal(status, 0, stderr);

  for (const [name, text] of Object.entries(before)) {
    const after = folder.read(name);
    if (name in FORMS) assert.deepEqual(entriesIn(after), GRANTED_REFINED, name);
    else assert.equal(after, text, name);
  }
  const changed = stderr.match(/^\S+: 2 unused actions removed .* Proven/gm) ?? [];
  assert.equal(changed.length, Object.keys(FORMS).length, stderr);
});

/** What one names to have all of them refined: the folders, and the files beside them. */
function topLevel(files: Readonly<Record<string, string>>): string[] {
  return [...new Set(Object.keys(files).map((name) => name.split('/')[0] ?? name))].filter((name) => name !== FINDINGS);
}
