import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { hcl } from '../../support/hcl.ts';
import { describeContext } from '../../support/terraformContext.ts';

const DOCUMENT = `data "aws_iam_policy_document" "app" {
  statement { actions = ["s3:*"] }
}
`;

const ROLE = 'resource "aws_iam_role" "app" {\n  name = "App"\n}\n';

/** A resource, or any block with two labels, with these lines. */
function block(header: string, ...lines: readonly string[]): string {
  return [`${header} {`, ...lines.map((line) => `  ${line}`), '}', ''].join('\n');
}

const INLINE = block(
  'resource "aws_iam_role_policy" "app"',
  'role   = aws_iam_role.app.id',
  'policy = data.aws_iam_policy_document.app.json',
);

const MANAGED = block('resource "aws_iam_policy" "app"', 'policy = data.aws_iam_policy_document.app.json');

const NAMED = MANAGED.replace('policy =', 'name = "App"\n  policy =');

/** An attachment to a role that is named literally. */
function attachment(name: string, role: string, arn: string): string {
  return block(`resource "aws_iam_role_policy_attachment" "${name}"`, `role = "${role}"`, `policy_arn = ${arn}`);
}

const ATTACHED = attachment('a', 'App', 'aws_iam_policy.app.arn');

/** What is told of the document in a file, as `role App`; the files beside it have a say. */
function contextOf(text: string, siblings: readonly string[] = []): string {
  const { documents } = hcl.read(
    text,
    siblings.map((sibling) => hcl.siblings.read(sibling)),
  );
  return describeContext(documents);
}

describe('A policy document belongs to', () => {
  const cases: Readonly<Record<string, readonly [blocks: readonly string[], expected: string]>> = {
    'nobody where nothing takes it': [[ROLE], 'nobody'],
    'the role of the inline policy that takes it': [[ROLE, INLINE], 'role App'],
    'a role that is named literally': [
      [
        block(
          'resource "aws_iam_role_policy" "x"',
          'role = "Literal"',
          'policy = data.aws_iam_policy_document.app.json',
        ),
      ],
      'role Literal',
    ],
    'a role that a local value names': [
      ['locals {\n  role = "Local"\n}\n', block('resource "aws_iam_role" "app"', 'name = local.role'), INLINE],
      'role Local',
    ],
    'a role that is looked up by its name': [
      [
        block('data "aws_iam_role" "app"', 'name = "Elsewhere"'),
        INLINE.replace('aws_iam_role.app', 'data.aws_iam_role.app'),
      ],
      'role Elsewhere',
    ],
    'a role as Terraform 0.11 refers to it': [
      [ROLE, INLINE.replace('aws_iam_role.app.id', '"${aws_iam_role.app.name}"').replace(/(data\..*json)/, '"${$1}"')],
      'role App',
    ],
    'the user of the inline policy that takes it': [
      [
        block('resource "aws_iam_user" "app"', 'name = "Bob"'),
        block(
          'resource "aws_iam_user_policy" "x"',
          'user = aws_iam_user.app.name',
          'policy = data.aws_iam_policy_document.app.json',
        ),
      ],
      'user Bob',
    ],
    'a group': [
      [
        block(
          'resource "aws_iam_group_policy" "x"',
          'group = "Team"',
          'policy = data.aws_iam_policy_document.app.json',
        ),
      ],
      'group Team',
    ],
    'the role with an inline_policy block': [
      [
        block(
          'resource "aws_iam_role" "app"',
          'name = "App"',
          'inline_policy {',
          '  policy = data.aws_iam_policy_document.app.json',
          '}',
        ),
      ],
      'role App',
    ],
    'the role that a managed policy is attached to': [
      [
        ROLE,
        MANAGED,
        block(
          'resource "aws_iam_role_policy_attachment" "x"',
          'role = aws_iam_role.app.name',
          'policy_arn = aws_iam_policy.app.arn',
        ),
      ],
      'role App',
    ],
    'the role that lists a managed policy': [
      [
        block('resource "aws_iam_role" "app"', 'name = "App"', 'managed_policy_arns = [aws_iam_policy.app.arn]'),
        MANAGED,
      ],
      'role App',
    ],
    'the role of an attachment that goes through a list': [
      [
        ROLE,
        MANAGED,
        block(
          'resource "aws_iam_role_policy_attachment" "x"',
          'for_each = toset([aws_iam_policy.app.arn])',
          'role = aws_iam_role.app.name',
          'policy_arn = each.value',
        ),
      ],
      'role App',
    ],
    'the role of an attachment by a local value': [
      [
        ROLE,
        MANAGED,
        'locals {\n  arns = [aws_iam_policy.app.arn]\n}\n',
        block(
          'resource "aws_iam_role_policy_attachment" "x"',
          'role = aws_iam_role.app.name',
          'policy_arn = local.arns[0]',
        ),
      ],
      'role App',
    ],
    'the user of an attachment to many of whom there is one': [
      [
        MANAGED,
        block('resource "aws_iam_policy_attachment" "x"', 'users = ["Bob"]', 'policy_arn = aws_iam_policy.app.arn'),
      ],
      'user Bob',
    ],
    'the role whose document takes it in': [
      [
        ROLE,
        block(
          'data "aws_iam_policy_document" "all"',
          'source_policy_documents = [data.aws_iam_policy_document.app.json]',
        ),
        INLINE.replace('document.app', 'document.all'),
      ],
      'role App',
    ],
    'the role of an inline policy with count': [
      [ROLE, INLINE.replace('role ', 'count = 1\n  role ').replace('document.app', 'document.app[0]')],
      'role App',
    ],
    'one role that takes it in two ways': [[ROLE, INLINE, INLINE.replace('"app"', '"again"')], 'role App'],
    'a role with what else is attached to it': [
      [
        block(
          'resource "aws_iam_role" "app"',
          'name = "App"',
          'managed_policy_arns = ["arn:aws:iam::aws:policy/ReadOnlyAccess"]',
        ),
        INLINE,
        block(
          'resource "aws_iam_role_policy_attachment" "x"',
          'role = aws_iam_role.app.name',
          'policy_arn = "arn:${var.partition}:iam::aws:policy/job-function/Billing"',
        ),
      ],
      'role App ReadOnlyAccess job-function/Billing',
    ],
  };
  for (const [name, [blocks, expected]] of Object.entries(cases))
    test(name, () => {
      assert.equal(contextOf([DOCUMENT, ...blocks].join('\n')), expected);
      assert.equal(contextOf(DOCUMENT, blocks), expected, 'where the others stand in files of their own');
    });
});

describe('Nobody can say whose a policy document is', () => {
  const cases: Readonly<Record<string, readonly [blocks: readonly string[], expected: string]>> = {
    'of a role without a name': [[block('resource "aws_iam_role" "app"'), INLINE], 'role aws_iam_role.app'],
    'of a role with a prefix for a name': [
      [block('resource "aws_iam_role" "app"', 'name_prefix = "App"'), INLINE],
      'role aws_iam_role.app',
    ],
    'of a role whose name is put together': [
      [block('resource "aws_iam_role" "app"', 'name = "App-${var.stage}"'), INLINE],
      'role aws_iam_role.app',
    ],
    'of a role with count': [
      [block('resource "aws_iam_role" "app"', 'count = 1', 'name = "App"'), INLINE],
      'role aws_iam_role.app',
    ],
    'of a role with for_each': [
      [block('resource "aws_iam_role" "app"', 'for_each = var.roles', 'name = "App"'), INLINE],
      'role aws_iam_role.app',
    ],
    'of a role that another file defines again': [[ROLE, ROLE, INLINE], 'role aws_iam_role.app'],
    'of a role that is not read': [[INLINE], 'role aws_iam_role.app'],
    'of a role that a variable names': [[INLINE.replace('aws_iam_role.app.id', 'var.role')], 'role ?'],
    'of an inline policy that names no role yet': [[INLINE.replace(/role .*\n/, '\n')], 'role ?'],
    'of two roles': [[ROLE, INLINE, INLINE.replace('aws_iam_role.app.id', '"Other"')], 'role ?'],
    'of a role and a user': [
      [
        ROLE,
        INLINE,
        block('resource "aws_iam_user_policy" "x"', 'user = "Bob"', 'policy = data.aws_iam_policy_document.app.json'),
      ],
      'role ?',
    ],
    'that is attached to two roles': [
      [
        MANAGED,
        block('resource "aws_iam_policy_attachment" "x"', 'roles = ["A", "B"]', 'policy_arn = aws_iam_policy.app.arn'),
      ],
      'role ?',
    ],
    'that goes to a role and to a module': [
      [ROLE, INLINE, block('module "x"', 'policy = data.aws_iam_policy_document.app.json')],
      'role ?',
    ],
    'that a broken block mentions': [
      [
        ROLE,
        INLINE,
        block('resource "aws_iam_role_policy" "x"', 'policy = data.aws_iam_policy_document.app.json', 'role = ['),
      ],
      'role ?',
    ],
    'of an inline policy that an override file gives to somebody': [
      [ROLE, INLINE, block('resource "aws_iam_role_policy" "app"', 'role = "Other"')],
      'role ?',
    ],
    'of an attachment that an override file changes': [
      [
        MANAGED,
        block('resource "aws_iam_role_policy_attachment" "x"', 'role = "App"', 'policy_arn = aws_iam_policy.app.arn'),
        block('resource "aws_iam_role_policy_attachment" "x"', 'role = var.role'),
      ],
      'role ?',
    ],
    'of two roles of one name, which may be in two accounts': [
      [
        ROLE,
        INLINE,
        block('resource "aws_iam_role" "other"', 'provider = aws.other', 'name = "App"'),
        INLINE.replace('"app"', '"other"').replace('aws_iam_role.app', 'aws_iam_role.other'),
      ],
      'role ?',
    ],
    'of a role that is named literally by two providers': [
      [
        INLINE.replace('aws_iam_role.app.id', '"App"'),
        INLINE.replace('"app"', '"other"').replace('aws_iam_role.app.id', '"App"\n  provider = aws.other'),
      ],
      'role ?',
    ],
    'of a role whose name an override file gives another value': [
      [
        'locals {\n  role = "App"\n}\n',
        'locals {\n  role = "App-${terraform.workspace}"\n}\n',
        INLINE.replace('aws_iam_role.app.id', 'local.role'),
      ],
      'role ?',
    ],
    'that another role has by the inline policy of the first one': [
      [
        ROLE,
        INLINE,
        INLINE.replace('"app"', '"x"')
          .replace('aws_iam_role.app.id', '"Other"')
          .replace(/data\..*json/, 'aws_iam_role_policy.app.policy'),
      ],
      'role ?',
    ],
    'that another role has by the text of a managed policy': [
      [
        MANAGED,
        ATTACHED,
        INLINE.replace('aws_iam_role.app.id', '"Other"').replace(/data\..*json/, 'aws_iam_policy.app.policy'),
      ],
      'role ?',
    ],
    'that another role has by an attachment of the first one': [
      [MANAGED, ATTACHED, attachment('b', 'Other', 'aws_iam_role_policy_attachment.a.policy_arn')],
      'role ?',
    ],
    'that another role has by an ARN that is written out': [
      [NAMED, ATTACHED, attachment('b', 'Other', '"arn:aws:iam::111122223333:policy/path/App"')],
      'role ?',
    ],
    'that another role has by an ARN in a local value': [
      [
        NAMED,
        ATTACHED,
        'locals {\n  arn = "arn:aws:iam::${var.account}:policy/App"\n}\n',
        attachment('b', 'Other', 'local.arn'),
      ],
      'role ?',
    ],
    'that another role has by an ARN which may be that of a name that is put together': [
      [
        NAMED.replace('"App"', '"${var.stage}-app"'),
        ATTACHED,
        attachment('b', 'Other', '"arn:aws:iam::111122223333:policy/prod-app"'),
      ],
      'role ?',
    ],
    'that another role has by what is looked up by its name': [
      [
        NAMED,
        ATTACHED,
        block('data "aws_iam_policy" "x"', 'name = "App"'),
        attachment('b', 'Other', 'data.aws_iam_policy.x.arn'),
      ],
      'role ?',
    ],
    'whose ARN is an output': [[MANAGED, ATTACHED, block('output "arn"', 'value = aws_iam_policy.app.arn')], 'role ?'],
    'whose name is an output': [
      [MANAGED, ATTACHED, block('output "name"', 'value = aws_iam_policy.app.name')],
      'role ?',
    ],
    'that is an output with all others': [
      [MANAGED, ATTACHED, block('output "all"', 'value = aws_iam_policy.app')],
      'role ?',
    ],
    'whose ARN is a parameter': [
      [MANAGED, ATTACHED, block('resource "aws_ssm_parameter" "x"', 'value = aws_iam_policy.app.arn')],
      'role ?',
    ],
    'whose ARN is given to a stack': [
      [
        MANAGED,
        ATTACHED,
        block('resource "aws_cloudformation_stack" "x"', 'parameters = { Arn = aws_iam_policy.app.arn }'),
      ],
      'role ?',
    ],
    'whose ARN another provider is given': [
      [MANAGED, ATTACHED, block('resource "awscc_iam_role" "x"', 'managed_policy_arns = [aws_iam_policy.app.arn]')],
      'role ?',
    ],
    'that goes through a template': [
      [ROLE, INLINE, block('data "template_file" "x"', 'vars = { policy = data.aws_iam_policy_document.app.json }')],
      'role ?',
    ],
    'that a function is given': [
      [ROLE, INLINE, block('data "aws_lambda_invocation" "x"', 'input = data.aws_iam_policy_document.app.json')],
      'role ?',
    ],
    'that a provider is given': [
      [ROLE, INLINE, block('provider "aws"', 'assume_role {', '  policy = data.aws_iam_policy_document.app.json', '}')],
      'role ?',
    ],
    'that an ephemeral resource is given': [
      [ROLE, INLINE, block('ephemeral "x" "y"', 'policy = data.aws_iam_policy_document.app.json')],
      'role ?',
    ],
    'that a command of a resource is given': [
      [
        MANAGED,
        ATTACHED,
        block(
          'resource "aws_s3_bucket" "x"',
          'provisioner "local-exec" {',
          '  command = "attach ${aws_iam_policy.app.arn}"',
          '}',
        ),
      ],
      'role ?',
    ],
    'of a permission set': [
      [
        block(
          'resource "aws_ssoadmin_permission_set_inline_policy" "x"',
          'inline_policy = data.aws_iam_policy_document.app.json',
        ),
      ],
      'role ?',
    ],
    'that a module alone takes': [[block('module "x"', 'policy = data.aws_iam_policy_document.app.json')], 'role ?'],
    'of a role in each turn of a loop': [
      [
        ROLE,
        block(
          'resource "aws_iam_role_policy" "x"',
          'for_each = toset(["A", "B"])',
          'role = each.value',
          'policy = data.aws_iam_policy_document.app.json',
        ),
      ],
      'role ?',
    ],
  };
  for (const [name, [blocks, expected]] of Object.entries(cases))
    test(name, () => assert.equal(contextOf(DOCUMENT, blocks), expected));
});

describe('Findings do not speak to', () => {
  const json = 'data.aws_iam_policy_document.app.json';
  const cases: Readonly<Record<string, readonly string[]>> = {
    'a trust policy': [block('resource "aws_iam_role" "app"', 'name = "App"', `assume_role_policy = ${json}`)],
    'the policy of a bucket': [block('resource "aws_s3_bucket_policy" "x"', 'bucket = "x"', `policy = ${json}`)],
    'the policy of a queue': [block('resource "aws_sqs_queue_policy" "x"', `policy = ${json}`)],
    'the policy of a key': [block('resource "aws_kms_key" "x"', `policy = ${json}`)],
    'a service control policy': [block('resource "aws_organizations_policy" "x"', `content = ${json}`)],
    'the policy of a thing': [block('resource "aws_iot_policy" "x"', `policy = ${json}`)],
    'the policy of an endpoint': [block('resource "aws_vpc_endpoint" "x"', `policy = ${json}`)],
    'a permissions boundary': [
      MANAGED,
      block('resource "aws_iam_role" "app"', 'permissions_boundary = aws_iam_policy.app.arn'),
    ],
    'a permissions boundary by an ARN that is written out': [
      NAMED,
      block('resource "aws_iam_role" "app"', 'permissions_boundary = "arn:aws:iam::111122223333:policy/App"'),
    ],
    'a service control policy of another provider': [
      block('resource "awscc_organizations_policy" "x"', `content = ${json}`),
    ],
    'one that a role grants and a bucket has, too': [
      ROLE,
      INLINE,
      block('resource "aws_s3_bucket_policy" "x"', `policy = ${json}`),
    ],
    'one that a local value hands on to a bucket': [
      `locals {\n  policy = ${json}\n}\n`,
      block('resource "aws_s3_bucket_policy" "x"', 'policy = local.policy'),
    ],
  };
  for (const [name, blocks] of Object.entries(cases))
    test(name, () => assert.equal(contextOf(DOCUMENT, blocks), 'other'));
});

describe('It says nothing of a policy', () => {
  const cases: Readonly<Record<string, readonly string[]>> = {
    'that another policy names it as a resource': [
      MANAGED,
      block(
        'resource "aws_iam_role_policy" "x"',
        'role = "Admin"',
        'policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "iam:*", Resource = aws_iam_policy.app.arn }] })',
      ),
    ],
    'that something waits for it': [
      block('resource "aws_s3_bucket" "x"', 'depends_on = [data.aws_iam_policy_document.app]'),
    ],
    'that a document beside it names it as a resource': [
      MANAGED,
      block('data "aws_iam_policy_document" "x"', 'statement {', '  resources = [aws_iam_policy.app.arn]', '}'),
      block('resource "aws_iam_role_policy" "x"', 'role = "Admin"', 'policy = data.aws_iam_policy_document.x.json'),
    ],
    'what people read of it': [
      MANAGED,
      block('resource "aws_s3_bucket" "x"', 'tags = { policy = aws_iam_policy.app.arn }'),
      block('output "x"', 'value = 1', 'description = aws_iam_policy.app.arn'),
      block('output "y"', 'value = aws_iam_policy.app.description'),
    ],
    'that it was moved': [MANAGED, 'moved {\n  from = aws_iam_policy.old\n  to = aws_iam_policy.app\n}\n'],
    'that another policy is taken by its ARN': [
      block('resource "aws_iam_policy" "app"', 'name = "App"', 'policy = data.aws_iam_policy_document.app.json'),
      block('module "x"', 'arns = ["arn:aws:iam::111122223333:policy/Other", "arn:aws:iam::aws:policy/App"]'),
    ],
    'that a sound block beside a broken one says nothing of it': [block('resource "aws_s3_bucket" "x"', 'bucket = [')],
  };
  for (const [name, blocks] of Object.entries(cases))
    test(name, () => assert.equal(contextOf(DOCUMENT, blocks), 'nobody'));
});

describe('A policy that stands in place', () => {
  const policy = 'jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:*" }] })';
  const inPlace = (text: string) => {
    const [document] = hcl.read(text).documents;
    return [document?.kind, document?.owner?.name, document?.address, document?.quota];
  };
  test('belongs to the role of its resource', () => {
    assert.deepEqual(inPlace(block('resource "aws_iam_role_policy" "x"', 'role = "App"', `policy = ${policy}`)), [
      'identity',
      'App',
      'aws_iam_role_policy.x',
      10240,
    ]);
  });
  test('belongs to the role that a managed policy is attached to', () => {
    const attachment = block(
      'resource "aws_iam_role_policy_attachment" "x"',
      'role = "App"',
      'policy_arn = aws_iam_policy.x.arn',
    );
    assert.deepEqual(inPlace(block('resource "aws_iam_policy" "x"', `policy = ${policy}`) + attachment), [
      'identity',
      'App',
      'aws_iam_policy.x',
      6144,
    ]);
  });
  test('may be a trust policy', () => {
    assert.equal(inPlace(block('resource "aws_iam_role" "x"', `assume_role_policy = ${policy}`))[0], 'other');
  });
  test('may be that of a bucket', () => {
    assert.equal(inPlace(block('resource "aws_s3_bucket_policy" "x"', `policy = ${policy}`))[0], 'other');
  });
  test('may be a local value that a user takes', () => {
    const user = block('resource "aws_iam_user_policy" "x"', 'user = "Bob"', 'policy = local.policy');
    assert.deepEqual(inPlace(`locals {\n  policy = ${policy}\n}\n${user}`), ['identity', 'Bob', 'local.policy', 2048]);
  });
  test('may be the default of a variable that a bucket takes', () => {
    const bucket = block('resource "aws_s3_bucket_policy" "x"', 'policy = var.policy');
    const variable = block(
      'variable "policy"',
      'default = <<EOF',
      '{"Statement":[{"Effect":"Allow","Action":"s3:*"}]}',
    );
    assert.equal(inPlace(variable.replace('\n}', '\nEOF\n}') + bucket)[0], 'other');
  });
  test('has nobody for sure beside a file that cannot be read', () => {
    const role = block('resource "aws_iam_role_policy" "x"', 'role = "App"', `policy = ${policy}`);
    const [document] = hcl.read(role, [hcl.siblings.unread]).documents;
    assert.deepEqual(document?.owner, {
      kind: 'role',
      whyUnknown: 'a file beside this one cannot be read, so that nobody can say who holds this policy',
    });
  });
  test('tells what else takes it', () => {
    const role = block('resource "aws_iam_role_policy" "x"', 'role = "App"', 'policy = local.policy');
    const [document] = hcl.read(
      `locals {\n  policy = ${policy}\n}\n${role}${block('output "policy"', 'value = local.policy')}`,
    ).documents;
    assert.deepEqual(document?.owner, {
      kind: 'role',
      whyUnknown: "'output.policy' takes it, so that nobody can say who holds this policy",
    });
  });
  test('may be in a CloudFormation template, which says itself whose it is', () => {
    const template =
      '{"Resources":{"R":{"Type":"AWS::IAM::Role","Properties":{"RoleName":"Stack","Policies":[{"PolicyDocument":{"Statement":[{"Effect":"Allow","Action":"s3:*"}]}}]}}}}';
    const text = block('resource "aws_cloudformation_stack" "x"', 'template_body = <<EOF', template).replace(
      '\n}',
      '\nEOF\n}',
    );
    assert.deepEqual(inPlace(text).slice(0, 2), ['identity', 'Stack']);
  });
});
