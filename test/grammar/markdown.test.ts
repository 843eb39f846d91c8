import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assertBaseScopesStay, coloured } from './harness.ts';

/** What stands between the fences, and what is coloured of it. */
const fences = {
  json: [
    '{ "Action": ["s3:Get*"], "Resource": "*", "Other": "no:No" }',
    '[service s3][separator :][action Get][wildcard *][wildcard *]',
  ],
  jsonc: ['{ "Action": "s3:Get", "Other": "no:No" } // "a:B"', '[service s3][separator :][action Get]'],
  yaml: [
    `- Effect: Allow
  Action:
    - s3:Get*   # "sqs:Commented"

    # sqs:Commented
    - 'sqs:Send'
  Resource: a:B
  Other:
    - no:No
- Action: "*"
  Other: [no:No]
- Action: [a:B,
    "c:D"]
  Other:
  - no:No
- NotAction:
  - e:F
- Effect: no:No
- {Action: g:H, Resource: c:D}`,
    '[service s3][separator :][action Get][wildcard *][service sqs][separator :][action Send][wildcard *]' +
      '[service a][separator :][action B][service c][separator :][action D][service e][separator :][action F]' +
      '[service g][separator :][action H]',
  ],
  hcl: ['statement {\n  actions = ["s3:Get"]\n  resources = ["a:B"]\n}', '[service s3][separator :][action Get]'],
  terraform: [
    'x = jsonencode({\n  Action = ["s3:Get"]\n  Resource = "a:B"\n})',
    '[service s3][separator :][action Get]',
  ],
} as const;

for (const [language, [text, expected]] of Object.entries(fences)) {
  describe(`a fenced block of ${language}`, () => {
    test('has its actions coloured, also inside a list', async () => {
      assert.equal(await coloured(fenced(language, text), 'text.html.markdown'), expected);
      const inList = `1. Item\n\n${fenced(language, text).replace(/^/gm, '   ')}`;
      assert.equal(await coloured(inList, 'text.html.markdown'), expected);
    });

    test('has the scopes that it had, wherever typing stops', async () => {
      for (let length = 0; length <= text.length; length++)
        await assertBaseScopesStay(fenced(language, text.slice(0, length)), 'text.html.markdown');
    });
  });
}

test('A fenced block of YAML has the scopes that it had when any one character is missing, or a sign too much', async () => {
  const [text] = fences.yaml;
  for (let index = 0; index < text.length; index++)
    for (const changed of ['', '"', '|'])
      await assertBaseScopesStay(
        fenced('yaml', text.slice(0, index) + changed + text.slice(index + 1)),
        'text.html.markdown',
      );
});

test('What a fenced block leaves open ends with it', async () => {
  const open = `${fenced('yaml', 'Action:\n  - "s3:Get')}\n${fenced('json', '{"Action": [')}`;
  assert.equal(await coloured(`${open}\n"s3:Get"\n- s3:Get\n`, 'text.html.markdown'), '');
});

test('Outside of fenced blocks, and in those of other languages, nothing is coloured', async () => {
  const text = `Action: s3:Get\n\n- "Action": "s3:Get"\n\n    Action: s3:Get\n\n${fenced('text', 'Action: s3:Get')}`;
  assert.equal(await coloured(text, 'text.html.markdown'), '');
});

function fenced(language: string, text: string): string {
  return `# Title\n\n\`\`\`${language}\n${text}\n\`\`\`\n\nText\n`;
}
