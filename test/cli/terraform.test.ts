import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Folder } from '../support/cli.ts';
import { answer } from '../support/jsonFindings.ts';

const documents = `data "aws_iam_policy_document" "app" {
  statement {
    actions = [
      "s3:GetBucketAcl",
      "s3:GetObject", # read
    ]
    resources = ["*"]
  }
}
`;

const refined = documents.replace('      "s3:GetBucketAcl",\n', '');

const roles = `resource "aws_iam_role" "app" {
  name = "App"
}

resource "aws_iam_role_policy" "app" {
  role   = aws_iam_role.app.id
  policy = data.aws_iam_policy_document.app.json
}
`;

const findings = {
  'app-findings.json': JSON.stringify(answer('arn:aws:iam::111111111111:role/App', { s3: ['GetBucketAcl'] })),
};

describe('Terraform', () => {
  test('is refined by the findings of the role that another file of the module attaches it to', (t) => {
    const folder = new Folder(t, { 'module/policy.tf': documents, 'module/roles.tofu': roles, ...findings });
    const { status, stdout } = folder.refine('module/policy.tf --findings app-findings.json');
    assert.equal(stdout, refined);
    assert.equal(status, 0);
  });

  test('is left alone where the module attaches it to somebody else', (t) => {
    const others = roles.replace('"App"', '"Other"');
    const folder = new Folder(t, { 'App/policy.tf': documents, 'App/roles.tf': others, ...findings });
    const { stdout, stderr } = folder.refine('App/policy.tf --findings app-findings.json');
    assert.equal(stdout, documents);
    assert.match(stderr, /belongs to the role 'Other', for which there are no findings/);
  });

  test('is found in folders and written', (t) => {
    const folder = new Folder(t, { 'module/policy.tf': documents, 'module/roles.tf': roles, ...findings });
    assert.equal(folder.refine('module --write --findings app-findings.json').status, 0);
    assert.equal(folder.read('module/policy.tf'), refined);
    assert.equal(folder.read('module/roles.tf'), roles);
  });

  test('keeps its byte order mark', (t) => {
    const folder = new Folder(t, { 'policy.tf': `\uFEFF${documents}${roles}`, ...findings });
    assert.equal(folder.refine('policy.tf --findings app-findings.json').stdout, `\uFEFF${refined}${roles}`);
  });

  test('is checked, with the line of what is unused', (t) => {
    const folder = new Folder(t, { 'module/policy.tf': documents, 'module/roles.tf': roles, ...findings });
    const { status, stdout } = folder.check('module --findings app-findings.json');
    assert.match(stdout, /module\/policy\.tf:4:7/);
    assert.equal(status, 1);
  });

  test('that is broken outside of its blocks is left as it is, and said to be', (t) => {
    const folder = new Folder(t, { 'policy.tf': `${documents}${roles}}\n`, ...findings });
    const { status, stdout, stderr } = folder.refine('policy.tf --findings app-findings.json');
    assert.equal(stdout, `${documents}${roles}}\n`);
    assert.match(stderr, /policy\.tf:18: HCL syntax error/);
    assert.notEqual(status, 0);
  });
});
