import assert from 'node:assert/strict';
import { test } from 'node:test';
import { json } from '../../../server/src/service/policy/json/index.ts';
import { Syntaxes } from '../../../server/src/service/policy/syntaxes.ts';
import { tfjson } from '../../../server/src/service/policy/tfjson/index.ts';

/** With nothing to load: what is given is there from the start, HCL's parser not among it. */
const syntaxes = new Syntaxes(new Map());

test('Terraform in JSON is told by the name of its file, and needs nothing loaded', async () => {
  for (const path of ['/w/main.tf.json', '/w/main.tofu.json', '/w/cdk.TF.JSON']) {
    assert.equal(await syntaxes.ofFile(path, '{}'), tfjson);
    for (const language of ['json', 'jsonc', 'terraform'])
      assert.equal(await syntaxes.ofLanguage(language, path, '{}'), tfjson);
  }
});

test('Other files in JSON are none of Terraform', async () => {
  for (const path of ['/w/main.json', '/w/dev.auto.tfvars.json', '/w/main.tftest.json', '/w/tf.json']) {
    assert.equal(await syntaxes.ofFile(path, '{}'), json);
    assert.equal(await syntaxes.ofLanguage('json', path, '{}'), json);
  }
});

test('A language whose files hold no policies does not, whatever they are called', () => {
  assert.equal(syntaxes.ofLanguage('markdown', '/w/main.tf.json', '{}'), undefined);
});
