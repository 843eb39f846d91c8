import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ClientOptions, startClient } from './support/client.ts';
import type { OpenDocument } from './support/openDocument.ts';
import { findingV2, jsonOf, plainFindings } from './support/samples.ts';
import { textIn, wholeOf } from './support/text.ts';

const TEMPLATE = `Resources:
  App:
    Type: AWS::IAM::Role
    Properties:
      RoleName: App
      Policies:
        - PolicyName: main
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action:
                  - s3:GetBucketAcl # to be sure
                  - s3:GetObject
                  - 's3:Put*'
                Resource: !Sub '\${Bucket.Arn}/*'
              - !If
                - Debug
                - {Effect: Allow, Action: [sqs:SendMessage], Resource: '*'}
                - !Ref AWS::NoValue
`;

const FILES = {
  'template.yaml': TEMPLATE,
  'findings.json': jsonOf(findingV2('App', { s3: ['GetBucketAcl', 'PutObject'], sqs: null })),
};

test('A template in YAML gets marks, on entries and where a condition chooses', async (t) => {
  const document = await openYaml(t, { files: FILES });
  const marks = (await document.diagnostics()).map(({ code, range }) => [code, textIn(TEMPLATE, range)]);
  assert.deepEqual(marks, [
    ['unused-action', 's3:GetBucketAcl'],
    ['overbroad-wildcard', "'s3:Put*'"],
    ['unused-action', 'sqs:SendMessage'],
  ]);
});

test('Fix-all refines a template in YAML, and leaves in place what a condition chooses', async (t) => {
  const document = await openYaml(t, { files: FILES });
  const actions = await document.codeActions(wholeOf(TEMPLATE), { only: ['source.fixAll'] });
  assert.equal(actions.length, 1);
  const after = await document.apply(actions[0]?.edit);
  assert.match(after, /Action:\n {18}- s3:GetObject\n {18}- 's3:PutAccelerateConfiguration'\n/);
  assert.match(after, /Action: \[sqs:SendMessage\]/);
  assert.doesNotMatch(after, /s3:GetBucketAcl|'s3:PutObject'|'s3:Put\*'/);
});

test('A quick fix in YAML removes one entry with its comment', async (t) => {
  const document = await openYaml(t, { files: FILES });
  const actions = await document.codeActions('s3:GetBucketAcl');
  const fix = actions.find(({ title }) => title === "Remove unused action 's3:GetBucketAcl'");
  assert.equal(await document.apply(fix?.edit), TEMPLATE.replace(/ *- s3:GetBucketAcl # to be sure\n/, ''));
});

test('A hover over an entry in YAML says what is unused', async (t) => {
  const document = await openYaml(t, { files: FILES });
  assert.match((await document.hover('s3:Put*')) ?? '', /`s3:Put\\?\*` grants \d+ actions: 1 unused/);
});

test('The status of what a condition chooses says why nothing is refined', async (t) => {
  const files = { ...FILES, 'findings.json': jsonOf(findingV2('App', { sqs: null })) };
  const document = await openYaml(t, { files });
  const { kind, message } = await document.refine('sqs:SendMessage');
  assert.equal(kind, 'nothing');
  assert.match(message, /in a statement that cannot be removed from where it stands$/);
});

test('A file of the language cloudformation may be YAML or JSON', async (t) => {
  const files = {
    'a.template': 'Statement:\n  - Effect: Allow\n    Action: [s3:GetObject, s3:PutObject]\n',
    'b.template': '{"Statement": [{"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"]}]}',
    'findings.json': plainFindings({ s3: ['PutObject'] }),
  };
  const client = await startClient(t, { files });
  for (const file of ['a.template', 'b.template']) {
    const document = await client.open(file, { languageId: 'cloudformation' });
    assert.deepEqual(
      (await document.diagnostics()).map(({ code }) => code),
      ['unused-action'],
    );
  }
});

async function openYaml(t: Parameters<typeof startClient>[0], options: ClientOptions): Promise<OpenDocument> {
  return (await startClient(t, options)).open('template.yaml', { languageId: 'yaml' });
}
