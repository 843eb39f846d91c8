import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import manifest from '../../../package.json' with { type: 'json' };
import { renderReadme } from '../../../scripts/readme.ts';
import { DEFAULT_SETTINGS, SECTION } from '../../../server/src/protocol.ts';

const { properties } = manifest.contributes.configuration;

test('The tables of the README say what package.json says; `npm run readme` writes them anew', () => {
  const readme = readFileSync('README.md', 'utf8');
  assert.equal(renderReadme(readme, manifest), readme);
});

test('The editor declares the settings that the server knows, with the same defaults', () => {
  const declared: Record<string, unknown> = {};
  for (const [name, { default: value }] of Object.entries(properties)) {
    const [section, key = '', below] = name.split('.');
    assert.equal(section, SECTION);
    if (key !== 'trace') declared[key] = below === undefined ? value : { [below]: value };
  }
  assert.deepEqual(declared, DEFAULT_SETTINGS);
});

test('Every setting is described and may differ by folder, but for the trace, which is about the one server', () => {
  for (const [name, setting] of Object.entries(properties)) {
    assert.match(setting.markdownDescription, /^[A-Z].*\.$/, name);
    assert.equal(setting.scope, name.endsWith('.trace.server') ? 'window' : 'resource', name);
    const { enum: values = [], markdownEnumDescriptions = [] } = setting as {
      enum?: [];
      markdownEnumDescriptions?: [];
    };
    if (markdownEnumDescriptions.length > 0) assert.equal(markdownEnumDescriptions.length, values.length, name);
  }
});
