import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
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

const TEXT = '${data.aws_iam_policy_document.app.json}';

function inJson(resource: object): string {
  return JSON.stringify({ resource });
}

const rolesInJson = inJson({
  aws_iam_role: { app: { name: 'App' } },
  aws_iam_role_policy: { app: { role: '${aws_iam_role.app.id}', policy: TEXT } },
});

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

  test('is left alone where a file in JSON attaches it to somebody else, too', (t) => {
    const more = inJson({ aws_iam_user_policy: { other: { user: 'Other', policy: TEXT } } });
    const folder = new Folder(t, {
      'module/policy.tf': documents,
      'module/roles.tf': roles,
      'module/more.tf.json': more,
      ...findings,
    });
    const { stdout, stderr } = folder.refine('module/policy.tf --findings app-findings.json');
    assert.equal(stdout, documents);
    assert.match(stderr, /users that the template does not name literally, for which there are no findings/);
  });

  test('is left alone where a file in JSON says that it is the policy of a bucket', (t) => {
    const more = inJson({ aws_s3_bucket_policy: { x: { policy: TEXT } } });
    const folder = new Folder(t, {
      'module/policy.tf': documents,
      'module/roles.tf': roles,
      'module/more.tofu.json': more,
      ...findings,
    });
    assert.equal(folder.refine('module/policy.tf --findings app-findings.json').stdout, documents);
  });

  test('is refined beside the lock of an editor and a link to a folder', (t) => {
    const folder = new Folder(t, { 'module/policy.tf': documents, 'module/roles.tf': roles, ...findings });
    symlinkSync('somebody@somewhere', folder.at('module/.#policy.tf'));
    symlinkSync('.', folder.at('module/modules.tf'));
    assert.equal(folder.refine('module/policy.tf --findings app-findings.json').stdout, refined);
  });

  test('is left alone beside a file that cannot be read, and said to be', (t) => {
    const folder = new Folder(t, {
      'module/policy.tf': documents,
      'module/roles.tf': roles,
      'module/more.tf': Buffer.from('# \xe9t\xe9\n', 'latin1'),
      ...findings,
    });
    const { stdout, stderr } = folder.refine('module/policy.tf --findings app-findings.json');
    assert.equal(stdout, documents);
    assert.match(stderr, /a file beside this one cannot be read, so that nobody can say who holds this policy/);
  });

  test('is refined where a file in JSON attaches it', (t) => {
    const files = { 'module/policy.tf': documents, 'module/roles.tf.json': rolesInJson, ...findings };
    const folder = new Folder(t, files);
    assert.equal(folder.refine('module --write --findings app-findings.json').status, 0);
    assert.equal(folder.read('module/policy.tf'), refined);
  });

  test('is left alone where a file behind a link attaches it to somebody else', (t) => {
    const others = roles.replace('"App"', '"Other"');
    const folder = new Folder(t, { 'm/App/policy.tf': documents, 'shared/roles.tf': others, ...findings });
    symlinkSync('../../shared/roles.tf', folder.at('m/App/roles.tf'));
    assert.equal(folder.refine('m --write --findings app-findings.json').status, 0);
    assert.equal(folder.read('m/App/policy.tf'), documents);
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

describe('Terraform in JSON', () => {
  const documentsInJson = `{
  "data": {
    "aws_iam_policy_document": {
      "app": {
        "statement": [
          { "actions": ["s3:GetBucketAcl"], "resources": ["*"] },
          {
            "actions": [
              "s3:GetBucketAcl",
              "s3:GetObject"
            ],
            "resources": ["*"]
          }
        ]
      }
    }
  }
}
`;
  const refinedInJson = documentsInJson
    .replace('          { "actions": ["s3:GetBucketAcl"], "resources": ["*"] },\n', '')
    .replace('              "s3:GetBucketAcl",\n', '');

  for (const [name, text] of Object.entries({ 'roles.tf.json': rolesInJson, 'roles.tf': roles }))
    test(`is refined by the findings of the role that ${name} attaches it to`, (t) => {
      const folder = new Folder(t, { 'module/policy.tf.json': documentsInJson, [`module/${name}`]: text, ...findings });
      assert.equal(folder.refine('module --write --findings app-findings.json').status, 0);
      assert.equal(folder.read('module/policy.tf.json'), refinedInJson);
    });

  test('is left alone where another file attaches it to somebody else, too', (t) => {
    const folder = new Folder(t, {
      'App/policy.tofu.json': documentsInJson,
      'App/roles.tofu.json': rolesInJson,
      'App/more.tf': roles.replaceAll('"app"', '"more"').replace('aws_iam_role.app.id', '"Other"'),
      ...findings,
    });
    assert.equal(folder.refine('App/policy.tofu.json --findings app-findings.json').stdout, documentsInJson);
  });

  test('is checked and written in folders', (t) => {
    const folder = new Folder(t, { 'm/policy.tf.json': documentsInJson, 'm/roles.tf.json': rolesInJson, ...findings });
    const { status, stdout } = folder.check('m --findings app-findings.json');
    assert.match(stdout, /m\/policy\.tf\.json:6:13 .*unused-statement/s);
    assert.equal(status, 1);
    assert.equal(folder.refine('m --write --findings app-findings.json').status, 0);
    assert.equal(folder.read('m/policy.tf.json'), refinedInJson);
    assert.equal(folder.read('m/roles.tf.json'), rolesInJson);
  });

  test('that is broken is left as it is, and said to be', (t) => {
    const broken = documentsInJson.replace('],', ']');
    const folder = new Folder(t, { 'm/policy.tf.json': broken, 'm/roles.tf.json': rolesInJson, ...findings });
    const { status, stdout, stderr } = folder.refine('m/policy.tf.json --findings app-findings.json');
    assert.equal(stdout, broken);
    assert.match(stderr, /policy\.tf\.json:6: JSON syntax error/);
    assert.notEqual(status, 0);
  });
});
