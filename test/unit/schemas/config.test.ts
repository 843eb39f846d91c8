import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { getLanguageService, TextDocument } from 'vscode-json-languageservice';
import { renderConfigSchema } from '../../../scripts/configSchema.ts';
import { readConfig } from '../../../server/src/config/readConfig.ts';
import { CONFIG_NAME, DEFAULT_SETTINGS, type Settings } from '../../../server/src/protocol.ts';
import { SETTING_TYPES } from '../../../server/src/settingTypes.ts';

const read = (file: string) => readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8');

const text = read('schemas/config.schema.json');
const manifest = JSON.parse(read('package.json'));
const schema = JSON.parse(text) as object & {
  readonly properties: Readonly<Record<string, { readonly default: unknown; readonly enum?: readonly unknown[] }>>;
};
const { $schema: _, ...settings } = schema.properties;

/** What VS Code's own JSON service says of a configuration file. */
async function problemsOf(content: string): Promise<string[]> {
  const service = getLanguageService({});
  const document = TextDocument.create(`file:///${CONFIG_NAME}`, 'jsonc', 1, content);
  const options = { comments: 'ignore', trailingCommas: 'ignore' } as const;
  const diagnostics = await service.doValidation(
    document,
    service.parseJSONDocument(document),
    options,
    schema as object,
  );
  return diagnostics.map(({ message }) => String(message));
}

describe('The schema of configuration files', () => {
  test('is what `npm run readme` makes of package.json', () => {
    assert.equal(text, renderConfigSchema(manifest));
  });

  test('is contributed for their name, with comments', () => {
    const { jsonValidation, languages } = manifest.contributes;
    assert.deepEqual(jsonValidation.at(-1), { fileMatch: CONFIG_NAME, url: './schemas/config.schema.json' });
    const named = languages.filter(({ filenames = [] }: { filenames?: string[] }) => filenames.includes(CONFIG_NAME));
    assert.deepEqual(named, [{ id: 'jsonc', filenames: [CONFIG_NAME] }]);
  });

  test('knows the settings that such a file may say, and no others', () => {
    for (const [name, { isEditors }] of Object.entries(SETTING_TYPES))
      assert.equal(Object.hasOwn(settings, name), !isEditors, name);
    assert.equal(Object.keys(settings).length, 7);
  });

  test('has the defaults and choices that are really taken', () => {
    for (const [name, { default: usual, enum: choices = [] }] of Object.entries(settings)) {
      assert.deepEqual(usual, DEFAULT_SETTINGS[name as keyof Settings], name);
      for (const value of [usual, ...choices])
        assert.deepEqual(readConfig(JSON.stringify({ [name]: value })).problems, [], `${name}: ${value}`);
    }
  });

  test('finds nothing wrong with the example of the README', async () => {
    const example = /```json\n(\{\s+\/\/[^`]*)```/.exec(read('README.md'))?.[1] ?? '';
    assert.match(example, /"principals"/);
    assert.deepEqual(await problemsOf(example), []);
    assert.deepEqual(readConfig(example).problems, []);
  });

  const wrong: Readonly<Record<string, RegExp>> = {
    '{"keep": "s3:*"}': /"array"/,
    '{"severity": "bad"}': /"warning"/,
    '{"principals": {"a.json": 1}}': /Incorrect type/,
    '{"unusedAccessAge": -1}': /below the minimum/,
  };
  for (const [content, problem] of Object.entries(wrong))
    test(`says what is wrong with ${content}`, async () => {
      assert.match((await problemsOf(content)).join('\n'), problem);
    });
});
