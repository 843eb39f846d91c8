import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { tfjson } from '../../../server/src/service/policy/tfjson/index.ts';
import { onlyPolicyIn, outlineIn } from '../../support/outline.ts';
import { rewriteIn, type Wish } from '../../support/rewrite.ts';

// Policies as JSON in strings, as tools write them that make `.tf.json`.

const PLACE = '/resource/aws_iam_role_policy/app/policy';

/** A file whose inline policy is this text. */
function fileOf(policy: string): string {
  return JSON.stringify({ resource: { aws_iam_role_policy: { app: { role: 'App', policy } } } }, undefined, 2);
}

function policyOf(...actions: readonly string[]): object {
  return { Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] };
}

describe('A policy in a string is read', () => {
  const cases: Readonly<Record<string, readonly [text: string, outline: string]>> = {
    'on one line': [JSON.stringify(policyOf('s3:*', 'sqs:*')), 'Allow Action s3:* sqs:*'],
    'on many lines': [JSON.stringify(policyOf('s3:*'), undefined, 2), 'Allow Action s3:*'],
    'with references in its strings': [
      JSON.stringify(policyOf('s3:*', '${local.a}', 's3:${var.b}')),
      'Allow Action s3:* (opaque)',
    ],
    'with references beside its strings': [
      '{"Statement":{"Effect":"Allow","Action":["s3:*"],"Resource":${jsonencode(var.x)}}}',
      'Allow Action s3:*',
    ],
    'with principals': [
      JSON.stringify({ Statement: { Effect: 'Allow', Principal: '*', Action: 's3:*' } }),
      'Allow Action s3:* (principal)',
    ],
  };
  for (const [name, [text, outline]] of Object.entries(cases))
    test(name, () => assert.equal(outlineIn(tfjson, fileOf(text)), `${PLACE}\n  ${outline}`));

  test('at its place, by its own size', () => {
    const inner = JSON.stringify(policyOf('s3:é', 's3:*'));
    const file = fileOf(inner).replace('é', '\\u00e9');
    const policy = onlyPolicyIn(tfjson, file);
    const texts = [policy, policy.heading, ...(policy.statements[0]?.entries ?? [])].map(({ start, end }) =>
      file.slice(start, end),
    );
    assert.deepEqual(texts.slice(1), ['\\"Statement\\"', '\\"s3:\\u00e9\\"', '\\"s3:*\\"']);
    assert.equal(JSON.parse(`"${texts[0]}"`), inner);
    assert.equal(policy.size, inner.length);
    assert.equal(policy.statements[0]?.entries[0]?.value, 's3:é');
  });

  test('wherever in a value the string stands', () => {
    const text = JSON.stringify({ module: { x: { policies: { a: ['', JSON.stringify(policyOf('s3:*'))] } } } });
    assert.equal(outlineIn(tfjson, text), '/module/x/policies/a/1\n  Allow Action s3:*');
  });
});

describe('Nothing is read of a string', () => {
  const statement = '{"Effect":"Allow","Action":["s3:*"]}';
  const cases: Readonly<Record<string, string>> = {
    'that is computed as a whole': `\${jsonencode({"Statement" = [${statement}]})}`,
    'with directives': `{"Statement":[%{if var.x}${statement}%{endif}]}`,
    'with an expression that has strings in it': `{"Statement":[${statement}],"Id":"\${join(",", ["a"])}"}`,
    'with an expression that has a comment in it': `{"Statement":[{"Effect":"Allow","Action":["\${/* }","s3:*","*/ x}"]}]}`,
    'with an escaped interpolation': `{"Statement":[${statement}],"Id":"$\${x}"}`,
    'that is no JSON': `{"Statement":[${statement}`,
    'that is another text': `He said "Statement": ${statement}`,
  };
  for (const [name, text] of Object.entries(cases)) test(name, () => assert.equal(outlineIn(tfjson, fileOf(text)), ''));
});

describe('A policy in a string is written', () => {
  const rewritten = (text: string, ...wishes: readonly Wish[]) => {
    const file = fileOf(text);
    const after = rewriteIn(tfjson, file, ...wishes);
    const { policy } = JSON.parse(after).resource.aws_iam_role_policy.app;
    assert.equal(after, fileOf(policy), 'what stands around the string stays');
    return policy;
  };
  test('where entries go, and others take their place', () => {
    assert.equal(
      rewritten(JSON.stringify(policyOf('s3:A', 's3:*', 'sqs:*')), { 's3:A': [], 's3:*': ['s3:B', 's3:C*'] }),
      JSON.stringify(policyOf('s3:B', 's3:C*', 'sqs:*')),
    );
  });
  test('where lines go', () => {
    const statements = (...all: readonly string[]) =>
      JSON.stringify({ Statement: all.map((Action) => ({ Effect: 'Allow', Action })) }, undefined, 2);
    const windows = (text: string) => text.replaceAll('\n', '\r\n');
    assert.equal(rewritten(statements('s3:*', 'sqs:*', 'sns:*'), 1), statements('s3:*', 'sns:*'));
    assert.equal(rewritten(windows(statements('s3:*', 'sqs:*')), 1), windows(statements('s3:*')));
  });
  test('where references stay as they are', () => {
    const text =
      '{"Statement":[{"Effect":"Allow","Action":["s3:A","s3:${var.b}","s3:*"],"Resource":${jsonencode(var.x)}}]}';
    assert.equal(
      rewritten(text, { 's3:A': [], 's3:*': ['s3:"'] }),
      text.replace('"s3:A",', '').replace('s3:*', 's3:\\"'),
    );
  });
  test('together with others of its file', () => {
    const { resource } = JSON.parse(fileOf(JSON.stringify(policyOf('s3:A', 's3:B'))));
    const value = { b: JSON.stringify(policyOf('s3:A', 's3:B')), a: policyOf('s3:A', 's3:B') };
    const after = rewriteIn(tfjson, JSON.stringify({ locals: { value }, resource }), { 's3:A': [] });
    assert.equal(after, JSON.stringify(JSON.parse(after)));
    assert.deepEqual(after.match(/s3:\w/g), ['s3:B', 's3:B', 's3:B']);
  });
});

describe('A policy in a string belongs to', () => {
  const contextOf = (...parts: readonly object[]) => {
    const { kind, owner, address, quota } = onlyPolicyIn(tfjson, JSON.stringify(parts));
    return [kind, owner?.name, address, quota];
  };
  const text = JSON.stringify(policyOf('s3:*'));
  test('the role of its resource', () => {
    assert.deepEqual(contextOf(JSON.parse(fileOf(text))), ['identity', 'App', 'aws_iam_role_policy.app', 10240]);
  });
  test('the user of a local value', () => {
    const user = { resource: { aws_iam_user_policy: { x: { user: 'Bob', policy: '${local.policy}' } } } };
    assert.deepEqual(contextOf({ locals: { policy: text } }, user), ['identity', 'Bob', 'local.policy', 2048]);
  });
  test('nobody where it is the policy of a bucket', () => {
    assert.equal(contextOf({ resource: { aws_s3_bucket_policy: { x: { policy: text } } } })[0], 'other');
  });
  test('whom a CloudFormation template says, in which it stands', () => {
    const role = {
      Type: 'AWS::IAM::Role',
      Properties: { RoleName: 'Stack', Policies: [{ PolicyDocument: policyOf('s3:*') }] },
    };
    const body = JSON.stringify({ Resources: { Role: role } });
    assert.deepEqual(
      contextOf({ resource: { aws_cloudformation_stack: { x: { template_body: body } } } }).slice(0, 2),
      ['identity', 'Stack'],
    );
  });
});
