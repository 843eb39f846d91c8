import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { tfjson } from '../../../server/src/service/policy/tfjson/index.ts';
import { hcl } from '../../support/hcl.ts';
import { describeContext } from '../../support/terraformContext.ts';

type Json = Readonly<Record<string, unknown>>;

const DOCUMENT = { data: { aws_iam_policy_document: { app: { statement: { actions: ['s3:*'] } } } } };

const DOCUMENT_HCL = 'data "aws_iam_policy_document" "app" {\n  statement { actions = ["s3:*"] }\n}\n';

const TEXT = '${data.aws_iam_policy_document.app.json}';

const ARN = '${aws_iam_policy.app.arn}';

/** A resource as a file of its own. */
function resource(type: string, name: string, body: Json): Json {
  return { resource: { [type]: { [name]: body } } };
}

const ROLE = resource('aws_iam_role', 'app', { name: 'App' });
const INLINE = resource('aws_iam_role_policy', 'app', { role: '${aws_iam_role.app.id}', policy: TEXT });
const MANAGED = resource('aws_iam_policy', 'app', { policy: TEXT });
const ATTACHED = resource('aws_iam_role_policy_attachment', 'x', {
  role: '${aws_iam_role.app.name}',
  policy_arn: ARN,
});

/** What these parts of a module say together, each in a file of its own, and all in one as a list of objects. */
function assertContext(parts: readonly Json[], expected: string): void {
  const siblings = parts.map((part) => tfjson.siblings?.read(JSON.stringify(part)) ?? {});
  const apart = tfjson.read(JSON.stringify(DOCUMENT), siblings);
  assert.equal(describeContext(apart.documents), expected, 'in files of their own');
  const together = tfjson.read(JSON.stringify([DOCUMENT, ...parts], undefined, 2));
  assert.equal(describeContext(together.documents), expected, 'in one file');
  assert.equal(describeContext(hcl.read(DOCUMENT_HCL, siblings).documents), expected, 'beside the document in HCL');
}

function assertContexts(cases: Readonly<Record<string, readonly [parts: readonly Json[], expected: string]>>): void {
  for (const [name, [parts, expected]] of Object.entries(cases)) test(name, () => assertContext(parts, expected));
}

describe('A policy document belongs to', () => {
  assertContexts({
    'nobody where nothing takes it': [[ROLE], 'nobody'],
    'the role of the inline policy that takes it': [[ROLE, INLINE], 'role App'],
    'a role that is named literally': [
      [resource('aws_iam_role_policy', 'x', { role: 'Literal', policy: TEXT })],
      'role Literal',
    ],
    'a role that a local value names': [
      [{ locals: { role: 'Local' } }, resource('aws_iam_role', 'app', { name: '${local.role}' }), INLINE],
      'role Local',
    ],
    'a role that is looked up by its name': [
      [
        { data: { aws_iam_role: { app: { name: 'Elsewhere' } } } },
        resource('aws_iam_role_policy', 'x', { role: '${data.aws_iam_role.app.id}', policy: TEXT }),
      ],
      'role Elsewhere',
    ],
    'the user of the inline policy that takes it': [
      [
        resource('aws_iam_user', 'app', { name: 'Bob' }),
        resource('aws_iam_user_policy', 'x', { user: '${aws_iam_user.app.name}', policy: TEXT }),
      ],
      'user Bob',
    ],
    'a group': [[resource('aws_iam_group_policy', 'x', { group: 'Team', policy: TEXT })], 'group Team'],
    'the role with an inline_policy block': [
      [resource('aws_iam_role', 'app', { name: 'App', inline_policy: { name: 'x', policy: TEXT } })],
      'role App',
    ],
    'the role with several inline_policy blocks': [
      [
        resource('aws_iam_role', 'app', {
          name: 'App',
          inline_policy: [
            { name: 'x', policy: '{}' },
            { name: 'y', policy: TEXT },
          ],
        }),
      ],
      'role App',
    ],
    'the role that a managed policy is attached to': [[ROLE, MANAGED, ATTACHED], 'role App'],
    'the role that lists a managed policy': [
      [resource('aws_iam_role', 'app', { name: 'App', managed_policy_arns: [ARN] }), MANAGED],
      'role App',
    ],
    'the role of an attachment that goes through a list': [
      [
        ROLE,
        MANAGED,
        resource('aws_iam_role_policy_attachment', 'x', {
          for_each: '${toset([aws_iam_policy.app.arn])}',
          role: '${aws_iam_role.app.name}',
          policy_arn: '${each.value}',
        }),
      ],
      'role App',
    ],
    'the role of an attachment that looks its ARN up by each key': [
      [
        ROLE,
        MANAGED,
        resource('aws_iam_role_policy_attachment', 'x', {
          for_each: { app: ARN },
          role: '${aws_iam_role.app.name}',
          policy_arn: '${var.arns[each.key]}',
        }),
      ],
      'role App',
    ],
    'the role of an attachment by a local value': [
      [
        ROLE,
        MANAGED,
        { locals: { arns: [ARN] } },
        resource('aws_iam_role_policy_attachment', 'x', {
          role: '${aws_iam_role.app.name}',
          policy_arn: '${local.arns[0]}',
        }),
      ],
      'role App',
    ],
    'the user of an attachment to many of whom there is one': [
      [MANAGED, resource('aws_iam_policy_attachment', 'x', { users: ['Bob'], policy_arn: ARN })],
      'user Bob',
    ],
    'the role whose document takes it in': [
      [
        ROLE,
        { data: { aws_iam_policy_document: { all: { source_policy_documents: [TEXT] } } } },
        resource('aws_iam_role_policy', 'x', {
          role: '${aws_iam_role.app.id}',
          policy: '${data.aws_iam_policy_document.all.json}',
        }),
      ],
      'role App',
    ],
    'the role whose document it overrides': [
      [
        ROLE,
        { data: { aws_iam_policy_document: { all: { override_policy_documents: [TEXT] } } } },
        resource('aws_iam_role_policy', 'x', {
          role: '${aws_iam_role.app.id}',
          policy: '${data.aws_iam_policy_document.all.json}',
        }),
      ],
      'role App',
    ],
    'the role of an inline policy with count': [
      [
        ROLE,
        resource('aws_iam_role_policy', 'x', {
          count: 1,
          role: '${ aws_iam_role.app.id }',
          policy: '${ data.aws_iam_policy_document.app[0].json }',
        }),
      ],
      'role App',
    ],
    'one role that takes it in two ways': [
      [ROLE, INLINE, resource('aws_iam_role_policy', 'y', { role: '${aws_iam_role.app.name}', policy: TEXT })],
      'role App',
    ],
    'a role with what else is attached to it': [
      [
        resource('aws_iam_role', 'app', {
          name: 'App',
          managed_policy_arns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
        }),
        INLINE,
        resource('aws_iam_role_policy_attachment', 'x', {
          role: '${aws_iam_role.app.name}',
          policy_arn: 'arn:${var.partition}:iam::aws:policy/job-function/Billing',
        }),
      ],
      'role App ReadOnlyAccess job-function/Billing',
    ],
    'the role of blocks that stand in lists': [
      [
        { resource: [{ aws_iam_role: [{ app: [{ name: 'App' }] }] }] },
        { resource: [{ aws_iam_role_policy: { app: [{ role: '${aws_iam_role.app.id}', policy: TEXT }] } }] },
      ],
      'role App',
    ],
    'the role of resources with comments of tools': [
      [
        { '//': { metadata: {} } },
        resource('aws_iam_role', 'app', { '//': { metadata: { path: 'app/Role' } }, name: 'App' }),
        INLINE,
      ],
      'role App',
    ],
  });
});

describe('Nobody can say whose a policy document is', () => {
  assertContexts({
    'of a role without a name': [[resource('aws_iam_role', 'app', {}), INLINE], 'role aws_iam_role.app'],
    'of a role with a prefix for a name': [
      [resource('aws_iam_role', 'app', { name_prefix: 'App' }), INLINE],
      'role aws_iam_role.app',
    ],
    'of a role whose name is put together': [
      [resource('aws_iam_role', 'app', { name: 'App-${var.stage}' }), INLINE],
      'role aws_iam_role.app',
    ],
    'of a role whose name directives make': [
      [resource('aws_iam_role', 'app', { name: '%{if var.x}App%{endif}' }), INLINE],
      'role aws_iam_role.app',
    ],
    'of a role with count': [
      [resource('aws_iam_role', 'app', { count: 1, name: 'App' }), INLINE],
      'role aws_iam_role.app',
    ],
    'of a role with for_each': [
      [resource('aws_iam_role', 'app', { for_each: '${var.roles}', name: 'App' }), INLINE],
      'role aws_iam_role.app',
    ],
    'of a role that another file defines again': [[ROLE, ROLE, INLINE], 'role aws_iam_role.app'],
    'of a role that is there twice in a list': [
      [resource('aws_iam_role', 'app', [{ name: 'App' }, { name: 'App' }] as unknown as Json), INLINE],
      'role aws_iam_role.app',
    ],
    'of a role that is not read': [[INLINE], 'role aws_iam_role.app'],
    'of a role that a variable names': [
      [ROLE, resource('aws_iam_role_policy', 'x', { role: '${var.role}', policy: TEXT })],
      'role ?',
    ],
    'of a role that a condition chooses': [
      [ROLE, resource('aws_iam_role_policy', 'x', { role: '${var.x ? aws_iam_role.app.id : "B"}', policy: TEXT })],
      'role ?',
    ],
    'of a role whose name is part of a template': [
      [ROLE, resource('aws_iam_role_policy', 'x', { role: '${aws_iam_role.app.id}-x', policy: TEXT })],
      'role ?',
    ],
    'of a role that is one of a local map': [
      [
        { locals: { names: 'App' } },
        resource('aws_iam_role_policy', 'x', { role: '${local.names["app"]}', policy: TEXT }),
      ],
      'role ?',
    ],
    'of an inline policy that names no role yet': [[resource('aws_iam_role_policy', 'x', { policy: TEXT })], 'role ?'],
    'of two roles': [[ROLE, INLINE, resource('aws_iam_role_policy', 'y', { role: 'Other', policy: TEXT })], 'role ?'],
    'of a role and a user': [
      [ROLE, INLINE, resource('aws_iam_user_policy', 'y', { user: 'Bob', policy: TEXT })],
      'role ?',
    ],
    'that is attached to two roles': [
      [MANAGED, resource('aws_iam_policy_attachment', 'x', { roles: ['A', 'B'], policy_arn: ARN })],
      'role ?',
    ],
    'that is attached to roles of an expression': [
      [MANAGED, resource('aws_iam_policy_attachment', 'x', { roles: '${["A"]}', policy_arn: ARN })],
      'role ?',
    ],
    'that somebody else looks up': [
      [
        ROLE,
        MANAGED,
        ATTACHED,
        { data: { aws_iam_policy: { x: { arn: ARN } } } },
        { output: { x: { value: '${data.aws_iam_policy.x}' } } },
      ],
      'role ?',
    ],
    'whose ARN goes to what is none of AWS': [
      [ROLE, MANAGED, ATTACHED, resource('terraform_data', 'x', { input: ARN })],
      'role ?',
    ],
    'that a local value of any name hands on to a module': [
      [ROLE, INLINE, { locals: { name: TEXT } }, { module: { x: { policy: '${local.name}' } } }],
      'role ?',
    ],
    'that goes to a role and to a module': [[ROLE, INLINE, { module: { x: { policy: TEXT } } }], 'role ?'],
    'that a module takes inside an object': [
      [ROLE, INLINE, { module: { x: { policies: { [TEXT]: [{ a: TEXT }] } } } }],
      'role ?',
    ],
    'of a role in each turn of a loop': [
      [resource('aws_iam_role_policy', 'x', { for_each: ['A', 'B'], role: '${each.value}', policy: TEXT })],
      'role ?',
    ],
    'of an inline policy that an override file gives to somebody': [
      [ROLE, INLINE, resource('aws_iam_role_policy', 'app', { role: 'Other' })],
      'role ?',
    ],
    'that a dynamic block gives to its role': [
      [
        ROLE,
        resource('aws_iam_role', 'x', {
          name: 'X',
          dynamic: { inline_policy: { for_each: [TEXT], content: { policy: '${inline_policy.value}' } } },
        }),
        INLINE,
      ],
      'role ?',
    ],
    'whose ARN is an output': [[ROLE, MANAGED, ATTACHED, { output: { arn: { value: ARN } } }], 'role ?'],
    'that another role has by an ARN that is written out': [
      [
        ROLE,
        ATTACHED,
        resource('aws_iam_policy', 'app', { name: 'app-${var.stage}', policy: TEXT }),
        resource('aws_iam_role', 'x', { managed_policy_arns: ['arn:aws:iam::${var.account}:policy/app-${var.stage}'] }),
      ],
      'role ?',
    ],
    'that another role has by what is looked up by its name': [
      [
        ROLE,
        ATTACHED,
        resource('aws_iam_policy', 'app', { name: 'P', policy: TEXT }),
        { data: { aws_iam_policy: { x: { name: 'P' } } } },
        resource('aws_iam_role_policy_attachment', 'y', { role: 'B', policy_arn: '${data.aws_iam_policy.x.arn}' }),
      ],
      'role ?',
    ],
    'that goes through a template': [
      [ROLE, INLINE, { data: { template_file: { x: { vars: { policy: TEXT } } } } }],
      'role ?',
    ],
    'that stands where a block should': [[ROLE, INLINE, { resource: { aws_iam_role_policy: TEXT } }], 'role ?'],
  });

  test('that a broken file mentions', () => {
    const broken = JSON.stringify(resource('aws_iam_role_policy', 'y', { policy: TEXT })).slice(0, -2);
    const siblings = [JSON.stringify(ROLE), JSON.stringify(INLINE), broken].map(
      (text) => tfjson.siblings?.read(text) ?? {},
    );
    assert.equal(describeContext(tfjson.read(JSON.stringify(DOCUMENT), siblings).documents), 'role ?');
  });

  test('that a file mentions which nests too deep, or is of no module', () => {
    for (const text of [`${'['.repeat(600)}"${TEXT}"${']'.repeat(600)}`, `["${TEXT}"]`, `"${TEXT}`]) {
      const siblings = [JSON.stringify(ROLE), JSON.stringify(INLINE), text].map(
        (each) => tfjson.siblings?.read(each) ?? {},
      );
      assert.equal(describeContext(tfjson.read(JSON.stringify(DOCUMENT), siblings).documents), 'role ?', text);
    }
  });
});

describe('Findings do not speak to', () => {
  const cases: Readonly<Record<string, readonly Json[]>> = {
    'a trust policy': [resource('aws_iam_role', 'app', { name: 'App', assume_role_policy: TEXT })],
    'the policy of a bucket': [resource('aws_s3_bucket_policy', 'x', { bucket: 'x', policy: TEXT })],
    'the policy of a key': [resource('aws_kms_key', 'x', { policy: TEXT })],
    'a service control policy': [resource('aws_organizations_policy', 'x', { content: TEXT })],
    'the policy of a thing': [resource('aws_iot_policy', 'x', { policy: TEXT })],
    'the policy of an endpoint': [resource('aws_vpc_endpoint', 'x', { policy: TEXT })],
    'a permissions boundary': [MANAGED, resource('aws_iam_role', 'app', { permissions_boundary: ARN })],
    'a permissions boundary that is attached, too': [
      ROLE,
      MANAGED,
      ATTACHED,
      resource('aws_iam_user', 'x', { name: 'X', permissions_boundary: ARN }),
    ],
    'one that a role grants and a bucket has, too': [
      ROLE,
      INLINE,
      resource('aws_s3_bucket_policy', 'x', { policy: TEXT }),
    ],
    'one that a local value hands on to a bucket': [
      { locals: { policy: TEXT } },
      resource('aws_s3_bucket_policy', 'x', { policy: '${local.policy}' }),
    ],
  };
  assertContexts(Object.fromEntries(Object.entries(cases).map(([name, parts]) => [name, [parts, 'other']])));
});

describe('It says nothing of a policy', () => {
  const cases: Readonly<Record<string, readonly Json[]>> = {
    'that another policy names it as a resource': [
      MANAGED,
      resource('aws_iam_role_policy', 'x', {
        role: 'Admin',
        policy:
          '${jsonencode({ Statement = [{ Effect = "Allow", Action = "iam:*", Resource = aws_iam_policy.app.arn }] })}',
      }),
    ],
    'that something waits for it': [
      resource('aws_s3_bucket', 'x', { depends_on: ['data.aws_iam_policy_document.app'] }),
    ],
    'that a plain string is spelled like a reference': [
      resource('aws_iam_role_policy', 'x', { role: 'App', policy: 'data.aws_iam_policy_document.app.json' }),
    ],
    'that a longer name begins like it': [
      resource('aws_iam_role_policy', 'x', {
        role: 'App',
        policy: '${data.aws_iam_policy_document.app-2.json}${x.data.aws_iam_policy_document.app.json}',
      }),
    ],
  };
  assertContexts(Object.fromEntries(Object.entries(cases).map(([name, parts]) => [name, [parts, 'nobody']])));
});

describe('Files in HCL beside one in JSON', () => {
  const inline =
    'resource "aws_iam_role_policy" "app" {\n  role = aws_iam_role.app.id\n  policy = data.aws_iam_policy_document.app.json\n}\n';
  const contextOf = (text: string) =>
    describeContext(tfjson.read(JSON.stringify([DOCUMENT, ROLE]), [hcl.siblings.read(text)]).documents);

  test('say whose its document is', () => assert.equal(contextOf(inline), 'role App'));
  test('say that it is a trust policy', () => {
    const trust = inline.replace('aws_iam_role_policy', 'aws_iam_role').replace('policy =', 'assume_role_policy =');
    assert.equal(contextOf(trust.replace(/ role .*\n/, '\n')), 'other');
  });
  test('say that nobody can say it, where they are broken', () => {
    assert.equal(
      contextOf(`${inline}resource "aws_iam_role_policy" "x" {\n  policy = data.aws_iam_policy_document.app`),
      'role ?',
    );
  });
});

describe('A policy that stands in place', () => {
  const policy = { Statement: [{ Effect: 'Allow', Action: 's3:*' }] };
  const inPlace = (...parts: readonly Json[]) => {
    const [document] = tfjson.read(JSON.stringify(parts)).documents;
    return [document?.kind, document?.owner?.name, document?.address, document?.quota];
  };
  test('may be a local value that a user takes', () => {
    const user = resource('aws_iam_user_policy', 'x', { user: 'Bob', policy: '${jsonencode(local.policy)}' });
    assert.deepEqual(inPlace({ locals: { policy } }, user), ['identity', 'Bob', 'local.policy', 2048]);
  });
  test('may be one of several in a local value', () => {
    const user = resource('aws_iam_user_policy', 'x', { user: 'Bob', policy: '${jsonencode(local.all["a"])}' });
    assert.deepEqual(inPlace({ locals: { all: { a: policy } } }, user), ['identity', 'Bob', 'local.all', 2048]);
  });
  test('may be a local value that a bucket takes', () => {
    const bucket = resource('aws_s3_bucket_policy', 'x', { policy: '${jsonencode(local.policy)}' });
    assert.deepEqual(inPlace({ locals: { policy } }, bucket).slice(0, 2), ['other', undefined]);
  });
  test('belongs to the role of its resource', () => {
    const role = resource('aws_iam_role_policy', 'x', { role: 'App', policy });
    assert.deepEqual(inPlace(role), ['identity', 'App', 'aws_iam_role_policy.x', 10240]);
  });
  test('may be a trust policy', () => {
    assert.equal(inPlace(resource('aws_iam_role', 'x', { assume_role_policy: policy }))[0], 'other');
  });
  test('may be given to a module', () => {
    assert.deepEqual(inPlace({ module: { x: { policy } } }), ['identity', undefined, 'module.x', 6144]);
  });
});
