import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CodeAction } from 'vscode-languageserver/node';
import type { KeepRequest } from '../../server/src/protocol.ts';
import { ARTICLE_FILES } from './support/article.ts';
import { startClient } from './support/client.ts';
import { WITH_COMMANDS } from './support/profiles.ts';
import { plainFindings, policyOf } from './support/samples.ts';

test('The last of the quick fixes keeps what is unused of an entry', async (t) => {
  const { actions } = await actionsAt(t, ARTICLE_FILES, 'lambda:GetFunctionConfiguration');
  assert.deepEqual(titlesOf(actions), [
    "Remove unused action 'lambda:GetFunctionConfiguration'",
    'Refine this statement (8 entries)',
    'Refine whole policy (30 unused actions)',
    'Keep lambda:GetFunctionConfiguration (never report it)',
  ]);
  assert.deepEqual(
    actions.map(({ isPreferred }) => isPreferred === true),
    [true, false, false, false],
  );
});

test('Of a wildcard all that is unused can be kept', async (t) => {
  const findings = plainFindings({ s3: ['GetBucketAcl', 'GetBucketTagging', 'PutObject'] });
  const files = { 'policy.json': policyOf(['s3:Get*', 's3:PutObject', 's3:ListBucket']), 'findings.json': findings };
  const { actions, document } = await actionsAt(t, files, 's3:Get*');
  assert.deepEqual(
    titlesOf(actions).map((title) => title?.replace(/ with .*/, ' with …')),
    [
      "Replace 's3:Get*' with …",
      "Replace 's3:Get*' with …",
      'Refine this statement (2 entries)',
      'Refine whole policy (3 unused actions)',
      "Keep all 2 unused actions of 's3:Get*' (never report them)",
    ],
  );
  const command = actions.at(-1)?.command;
  assert.equal(command?.command, 'iamPolicyRefiner.keepAction');
  assert.deepEqual(command.arguments, [{ uri: document.uri, actions: ['s3:GetBucketAcl', 's3:GetBucketTagging'] }]);
});

test('A wildcard with one unused action names it', async (t) => {
  const files = { 'p.json': policyOf(['s3:Get*']), 'findings.json': plainFindings({ s3: ['GetBucketAcl'] }) };
  const { actions } = await actionsAt(t, files, 's3:Get*');
  assert.equal(actions.at(-1)?.title, 'Keep s3:GetBucketAcl (never report it)');
});

test('What is kept is no longer reported', async (t) => {
  const { client, document, actions } = await actionsAt(t, ARTICLE_FILES, 's3:Get*');
  const request = actions.at(-1)?.command?.arguments?.[0] as KeepRequest;
  assert.equal(request.actions.length, 22);
  await client.configure({ keep: request.actions });
  assert.equal((await document.diagnostics()).length, 8);
});

test('What would go with its statement, or with the whole policy, can be kept as well', async (t) => {
  const findings = plainFindings({ s3: ['GetBucketAcl', 'PutObject'] });
  const statement = { 'p.json': policyOf(['s3:GetBucketAcl'], ['s3:GetObject']), 'findings.json': findings };
  assert.equal((await actionsAt(t, statement, 's3:GetBucketAcl')).actions.at(-1)?.title, KEEP_ACL);
  const policy = { 'p.json': policyOf(['s3:GetBucketAcl'], ['s3:PutObject']), 'findings.json': findings };
  assert.deepEqual(titlesOf((await actionsAt(t, policy, 's3:GetBucketAcl')).actions), [KEEP_ACL]);
});

test("What 'NotAction' grants can be kept", async (t) => {
  const files = {
    'p.json': policyOf(['s3:*']).replace('"Action"', '"NotAction"'),
    'findings.json': plainFindings({ sqs: ['SendMessage', 'PurgeQueue'] }),
  };
  const { actions } = await actionsAt(t, files, '"NotAction"');
  assert.equal(actions.at(-1)?.title, "Keep all 2 unused actions of 'NotAction' (never report them)");
});

test('More actions than anybody would read in the settings are not offered', async (t) => {
  const files = { 'p.json': policyOf(['ec2:*', 's3:GetObject']), 'findings.json': plainFindings({ ec2: null }) };
  const { actions } = await actionsAt(t, files, 'ec2:*');
  assert.deepEqual(
    titlesOf(actions).filter((title) => title?.startsWith('Keep')),
    [],
  );
  assert.notEqual(actions.length, 0);
});

test('A client without our commands is offered none', async (t) => {
  const { actions } = await actionsAt(t, ARTICLE_FILES, 's3:Get*', {});
  assert.deepEqual(
    titlesOf(actions).filter((title) => title?.startsWith('Keep')),
    [],
  );
});

test('Where nothing is unused there is nothing to keep', async (t) => {
  const { actions } = await actionsAt(t, ARTICLE_FILES, 's3:List*');
  assert.deepEqual(actions, []);
});

const KEEP_ACL = 'Keep s3:GetBucketAcl (never report it)';

/** The quick fixes at the first `at` of the first file. */
async function actionsAt(
  t: Parameters<typeof startClient>[0],
  files: Readonly<Record<string, string>>,
  at: string,
  options: Partial<typeof WITH_COMMANDS> = WITH_COMMANDS,
) {
  const client = await startClient(t, { files, ...options });
  const document = await client.open(Object.keys(files)[0] ?? '');
  return { client, document, actions: await document.codeActions(at, { only: ['quickfix'] }) };
}

function titlesOf(actions: readonly CodeAction[]): string[] {
  return actions.map(({ title }) => title);
}
