import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Folder } from '../support/cli.ts';

// The examples hold one policy of one role in every form that is read.

const examples = fileURLToPath(new URL('../../examples/forms', import.meta.url));
const FINDINGS = 'ForecastRole.findings.json';

const FORMS: Readonly<Record<string, RegExp>> = {
  'ForecastRole.json': /^\{\s+"Version"/,
  'cloudformation/template.json': /"AWS::IAM::Policy"/,
  'cloudformation/template.yaml': /Type: AWS::IAM::Role/,
  'serverless/sam.yaml': /^Transform: AWS::Serverless-/,
  'serverless/serverless.yml': /^ {6}statements:/m,
  'terraform/heredoc.tf': /policy = <<-JSON/,
  'terraform/jsonencode.tf': /policy = jsonencode\(/,
  'terraform/policy_document.tf': /^data "aws_iam_policy_document"/,
};

test('A role whose policy is written in every form is refined to the same permissions in each, and to nothing else', (t) => {
  const before = readExamples();
  const folder = new Folder(t, before);
  for (const [name, form] of Object.entries(FORMS)) {
    assert.match(before[name] ?? '', form);
    assert.deepEqual(entriesIn(before[name] ?? ''), ['s3:Get*Acl', 'sqs:PurgeQueue', 'sqs:SendMessage'], name);
  }

  const { status, stderr } = folder.run(['refine', ...topLevel(before), '--findings', FINDINGS, '--write']);
  assert.equal(status, 0, stderr);

  for (const [name, text] of Object.entries(before)) {
    const after = folder.read(name);
    if (name in FORMS) assert.deepEqual(entriesIn(after), ['s3:GetObject*Acl', 'sqs:SendMessage'], name);
    else assert.equal(after, text, name);
  }
  const changed = stderr.match(/^\S+: 2 unused actions removed .* Proven/gm) ?? [];
  assert.equal(changed.length, Object.keys(FORMS).length, stderr);
});

/** What a text grants of the two services, whatever its language is. */
function entriesIn(text: string): string[] {
  return [...text.matchAll(/\b(?:s3|sqs):[\w*]+/g)].map(([entry]) => entry).sort();
}

/** The files of the examples, by their path. */
function readExamples(): Record<string, string> {
  const names = readdirSync(examples, { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => statSync(path.join(examples, name)).isFile());
  return Object.fromEntries(
    files.map((name) => [name.replaceAll(path.sep, '/'), readFileSync(path.join(examples, name), 'utf8')]),
  );
}

/** What one names to have all of them refined: the folders, and the files beside them. */
function topLevel(files: Readonly<Record<string, string>>): string[] {
  return [...new Set(Object.keys(files).map((name) => name.split('/')[0] ?? name))].filter((name) => name !== FINDINGS);
}
