import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assertBaseScopesStay, coloured, readRepositoryFile } from './harness.ts';

const template = `Resources:
  Policy:
    Statement:
      - Effect: Allow
        Action:
          # "sqs:Commented"
          - s3:Get*   # "sqs:Commented"
          - 'sqs:Send?'
          - "*"
          - !Sub "\${x}:List*"
        NotAction: ec2:Run*
        Resource: a:B
      - Action: [ "kms:*", lambda:Invoke ] # x:y
        Other: [no:No]
      - {Action: s3:Put*, "NotAction": ["a:B"], Resource: c:D}
      - NotAction:
        - s3:Same
        Other:
        - no:No
      - 'Action':
          Fn::If:
            - Cond
            - s3:If
      - Action: |
          s3:Block
Action: {
    A: s3:In, "s3:Key": x
  }
Text: |
  Action: s3:No
  - s3:No
`;

test('Actions are coloured in every form in which YAML writes them, and nothing else is', async () => {
  const expected = [
    '[service s3][separator :][action Get][wildcard *]',
    '[service sqs][separator :][action Send][wildcard ?]',
    '[wildcard *]',
    '[service ec2][separator :][action Run][wildcard *]',
    '[service kms][separator :][wildcard *]',
    '[service lambda][separator :][action Invoke]',
    '[service s3][separator :][action Put][wildcard *]',
    '[service a][separator :][action B]',
    '[service s3][separator :][action Same]',
    '[service s3][separator :][action If]',
    '[service s3][separator :][action In]',
  ];
  assert.equal(await coloured(template, 'source.yaml'), expected.join(''));
});

describe('scalars', () => {
  const scalars: Record<string, string> = {
    's3:GetObject': '[service s3][separator :][action GetObject]',
    's3:*': '[service s3][separator :][wildcard *]',
    "'*:*'": '[wildcard *][separator :][wildcard *]',
    '"s3:"': '[service s3][separator :]',
    's3:': '',
    s3: '',
    's3:Get Object': '',
    's3:Get:Object': '',
    's3:Get#Object': '',
    '"s3:GetObject': '',
    "' s3:GetObject'": '',
    '*alias': '',
  };
  for (const [scalar, expected] of Object.entries(scalars)) {
    test(`action ${scalar}`, async () => {
      assert.equal(await coloured(`Action: ${scalar}`, 'source.yaml'), expected);
      assert.equal(await coloured(`Action:\n  - ${scalar}`, 'source.yaml'), expected);
      assert.equal(await coloured(`{Action: [${scalar}]}`, 'source.yaml'), expected);
    });
  }
});

test('A key that only ends like an element is none', async () => {
  for (const key of ['MyAction', 'My Action', 'action', 'Actions', 'x-Action', 'My-NotAction'])
    assert.equal(await coloured(`${key}: s3:Get\nX: {${key}: s3:Get}`, 'source.yaml'), '', key);
});

describe('scopes of YAML', () => {
  test('stay wherever typing stops, and when any one character is missing', async () => {
    for (let length = 0; length <= template.length; length++) {
      await assertBaseScopesStay(template.slice(0, length), 'source.yaml');
      await assertBaseScopesStay(template.slice(0, length) + template.slice(length + 1), 'source.yaml');
    }
  });

  test('stay when a sign too much opens something', async () => {
    const lines = template.split('\n');
    for (const [index, line] of lines.entries())
      for (const sign of ['"', '[', '{', '|', '- '])
        for (const changed of [sign + line, line + sign])
          await assertBaseScopesStay(lines.with(index, changed).join('\n'), 'source.yaml');
  });

  for (const file of ['cloudformation/template.yaml', 'serverless/sam.yaml', 'serverless/serverless.yml']) {
    test(`stay in ${file}, and its actions are coloured`, async () => {
      const text = readRepositoryFile(`examples/forms/${file}`);
      await assertBaseScopesStay(text, 'source.yaml');
      assert.match(await coloured(text, 'source.yaml'), /\[service sqs\]\[separator :\]\[action SendMessage\]/);
    });
  }
});
