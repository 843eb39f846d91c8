import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import { Folder } from '../support/cli.ts';
import { entriesIn, FORMS, GRANTED, GRANTED_REFINED, readForms } from '../support/forms.ts';

// The examples hold one policy of one role in every form that is read.

const FINDINGS = 'ForecastRole.findings.json';

test('A role whose policy is written in every form is refined to the same permissions in each, and to nothing else', (t) => {
  const { [FINDINGS]: findings = '', ...before } = readForms();
  const names = Object.keys(FORMS);
  // Each form in a repository of its own, for a role that several places declare could be any of them.
  const folder = new Folder(t, { [FINDINGS]: findings });
  for (const [index, [name, form]] of Object.entries(FORMS).entries()) {
    assert.match(before[name] ?? '', form);
    assert.deepEqual(entriesIn(before[name] ?? ''), GRANTED, name);
    folder.write({ [`${index}/.git/HEAD`]: 'ref: refs/heads/main\n' });
    for (const [other, text] of Object.entries(before))
      if (other === name || (!(other in FORMS) && path.dirname(other) === path.dirname(name)))
        folder.write({ [`${index}/${other}`]: text });
  }

  const folders = names.map((_, index) => String(index));
  const { status, stderr } = folder.run(['refine', ...folders, '--findings', FINDINGS, '--write']);
  assert.equal(status, 0, stderr);

  for (const [index, name] of names.entries()) {
    assert.deepEqual(entriesIn(folder.read(`${index}/${name}`)), GRANTED_REFINED, name);
    for (const [other, text] of Object.entries(before))
      if (!(other in FORMS) && path.dirname(other) === path.dirname(name))
        assert.equal(folder.read(`${index}/${other}`), text, other);
  }
  const changed = stderr.match(/^\S+: 2 unused actions removed .* Proven/gm) ?? [];
  assert.equal(changed.length, Object.keys(FORMS).length, stderr);
});
