import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawCorpusSample, FINDINGS, withoutMark } from '../support/corpusSample.ts';
import { startClient } from './support/client.ts';
import { wholeOf } from './support/text.ts';

test('The server makes of the policies that AWS publishes the texts that the command line makes, to the byte', async (t) => {
  const { policies, findings, refined } = drawCorpusSample();
  const names = Object.keys(policies);
  assert.equal(names.length, 40);
  const changed = names.filter((name) => policies[name] !== refined[name]);
  assert.ok(changed.length >= 30, `only ${changed.length} of them have something unused`);

  const client = await startClient(t, { files: { ...policies, [FINDINGS]: findings } });
  for (const [name, text] of Object.entries(policies)) {
    const expected = withoutMark(refined[name] ?? '');
    const only = ['source.fixAll.iamPolicyRefiner'];
    const document = await client.open(name, { text: withoutMark(text) });
    const [fixAll] = await document.codeActions(wholeOf(document.text), { only });
    assert.equal(fixAll ? document.preview(fixAll.edit) : document.text, expected, `fix-all on ${name}`);
    const { edit } = await document.refine();
    assert.equal(edit ? await document.apply(edit) : document.text, expected, `refining ${name}`);
  }
});
