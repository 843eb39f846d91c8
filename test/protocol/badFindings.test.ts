import assert from 'node:assert/strict';
import { truncate } from 'node:fs/promises';
import { test } from 'node:test';
import { ARTICLE_FILES, POLICY } from './support/article.ts';
import { startClient } from './support/client.ts';
import { textIn } from './support/text.ts';

/** What is wrong in findings, the part of them that is marked, and how many entries of the policy still are. */
const INVALID_FINDINGS: readonly { findings: string; marked: string; message: RegExp; marks: number }[] = [
  {
    findings: '[{"serviceNamespace": "s3", "actions": [1, "GetBucketAcl"]}]',
    marked: '1',
    message: /must be a string/,
    marks: 1,
  },
  {
    findings:
      '[{"serviceNamespace": 5, "actions": ["GetBucketAcl"]}, {"serviceNamespace": "s3", "actions": ["GetBucketAcl"]}]',
    marked: '5',
    message: /service prefix/,
    marks: 1,
  },
  {
    findings: '[{"serviceNamespace": "s3", "actions": ["Get*", "GetBucketAcl"]}]',
    marked: '"Get*"',
    message: /'Get\*' is not the name of an action of 's3'/,
    marks: 1,
  },
  {
    findings: '[{"serviceNamespace": "s3", "actions": ["ec2:StartInstances", "GetBucketAcl"]}]',
    marked: '"ec2:StartInstances"',
    message: /is not the name of an action of 's3'/,
    marks: 1,
  },
  {
    findings: '[{"serviceNamespace": "s3", "actions": "GetBucketAcl"}]',
    marked: '"GetBucketAcl"',
    message: /must be a list/,
    marks: 0,
  },
  {
    findings: '[7, {"serviceNamespace": "s3", "actions": ["GetBucketAcl"]}]',
    marked: '7',
    message: /must be an object/,
    marks: 1,
  },
  { findings: '{"findingDetails": [3]}', marked: '3', message: /must be an object/, marks: 0 },
  { findings: '[{"serviceNamespace": "s3"', marked: '', message: /Not valid JSON/, marks: 0 },
  { findings: '', marked: '', message: /empty/, marks: 0 },
];

for (const { findings, marked, message, marks } of INVALID_FINDINGS) {
  test(`What is wrong in the findings ${findings || "''"} is marked there, and the rest is used`, async (t) => {
    const client = await startClient(t, { files: { 'policy.json': POLICY, 'findings.json': findings } });
    const [mark, ...others] = await (await client.open('findings.json')).diagnostics();
    assert(mark);
    assert.deepEqual(others, []);
    assert.equal(mark.code, 'invalid-findings');
    assert.match(mark.message, message);
    if (marked) assert.equal(textIn(findings, mark.range), marked);
    assert.equal((await (await client.open('policy.json')).diagnostics()).length, marks);
  });
}

test('Findings of another tool are ignored in silence where only their name looks like ours', async (t) => {
  const files = { ...ARTICLE_FILES, 'security.findings.json': '{"results": []}' };
  const client = await startClient(t, { files });
  assert.deepEqual(await (await client.open('security.findings.json')).diagnostics(), []);
  assert.equal((await (await client.open('policy.json')).diagnostics()).length, 9);
});

test('Findings of another tool that the user named are marked', async (t) => {
  const files = { ...ARTICLE_FILES, 'reports/security.json': '{"results": []}' };
  const client = await startClient(t, { files, settings: { findings: ['reports/*.json', '*.findings.json'] } });
  const [mark, ...others] = await (await client.open('reports/security.json')).diagnostics();
  assert.deepEqual(others, []);
  assert.equal(mark?.code, 'invalid-findings');
  assert.match(mark?.message ?? '', /Not a known findings export/);
  assert.equal((await (await client.open('policy.json')).diagnostics()).length, 9);
});

test('A findings file that cannot be read is named in the log and in the answer', async (t) => {
  const client = await startClient(t, { files: { 'policy.json': POLICY, 'huge.findings.json': '[' } });
  await truncate(client.folder.path('huge.findings.json'), 101 * 1024 * 1024);
  const document = await client.open('policy.json');
  assert.deepEqual(await document.diagnostics(), []);
  const log = await client.received.logs.first(({ message }) => message.includes('huge.findings.json'));
  assert.match(log.message, /larger than 100 MB/);
  const { kind, message } = await document.refine();
  assert.equal(kind, 'nothing');
  assert.match(message, /huge\.findings\.json/);
});
