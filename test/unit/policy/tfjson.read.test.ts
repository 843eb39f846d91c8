import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { json } from '../../../server/src/service/policy/json/index.ts';
import { tfjson } from '../../../server/src/service/policy/tfjson/index.ts';
import { onlyPolicyIn, outlineIn } from '../../support/outline.ts';

const DOCUMENT = '/data/aws_iam_policy_document/app';

/** A file with one policy document. */
function documentOf(body: unknown): string {
  return JSON.stringify({ data: { aws_iam_policy_document: { app: body } } }, undefined, 2);
}

interface ReadCase {
  readonly text: string;
  /** As `outlineIn` gives it. */
  readonly holds: string;
}

function assertRead(cases: Readonly<Record<string, ReadCase>>): void {
  for (const [name, { text, holds }] of Object.entries(cases))
    test(name, () => {
      assert.deepEqual(tfjson.read(text).problems, []);
      assert.equal(outlineIn(tfjson, text), holds.trim());
    });
}

describe('Policies are found', () => {
  assertRead({
    'in a policy document, which allows unless it says otherwise': {
      text: documentOf({
        statement: [
          { actions: ['s3:Get*', 's3:PutObject'] },
          { effect: 'Deny', not_actions: ['iam:*'] },
          { effect: 'Allow', actions: ['sqs:*'], principals: { type: 'AWS', identifiers: ['*'] } },
          { actions: ['sqs:*'], not_principals: [{ type: 'AWS', identifiers: ['*'] }] },
        ],
      }),
      holds: `${DOCUMENT}
  Allow Action s3:Get* s3:PutObject
  Deny NotAction iam:*
  Allow Action sqs:* (principal)
  Allow Action sqs:* (principal)`,
    },
    'whose statement stands alone': {
      text: documentOf({ statement: { actions: ['s3:Get*'] } }),
      holds: `${DOCUMENT}\n  Allow Action s3:Get*`,
    },
    'whose actions are one string': {
      text: documentOf({ statement: { actions: 's3:Get*' } }),
      holds: `${DOCUMENT}\n  Allow Action s3:Get*`,
    },
    'whose statements stand in several members of one name': {
      text: documentOf({}).replace(
        '{}',
        '{ "statement": { "actions": ["s3:Get*"] }, "statement": [{ "actions": ["sqs:*"] }] }',
      ),
      holds: `${DOCUMENT}\n  Allow Action s3:Get*\n  Allow Action sqs:*`,
    },
    'where every level is a list': {
      text: JSON.stringify([
        { data: [{ aws_iam_policy_document: [{ app: [{ statement: [{ actions: ['s3:Get*'] }] }] }] }] },
      ]),
      holds: '/0/data/0/aws_iam_policy_document/0/app/0\n  Allow Action s3:Get*',
    },
    'in a local value that is an object': {
      text: JSON.stringify({
        locals: { policies: { app: { Statement: [{ Effect: 'Allow', Action: ['s3:*', '${var.x}'] }] } } },
      }),
      holds: '/locals/policies/app\n  Allow Action s3:* (opaque)',
    },
    'in a file that has nothing of a module, as in any JSON': {
      text: '{ "Statement": { "Effect": "Allow", "Action": "s3:*" } }',
      holds: '(the file)\n  Allow Action s3:*',
    },
  });

  test('with the key of its statements for a heading, else with its own', () => {
    const headingOf = (body: unknown) => {
      const text = documentOf(body);
      const { start, end } = onlyPolicyIn(tfjson, text).heading;
      return text.slice(start, end);
    };
    assert.equal(headingOf({ statement: [{ actions: ['s3:*'] }] }), '"statement"');
    assert.equal(headingOf({ dynamic: { statement: {} } }), '"app"');
  });
});

describe('Something else than a literal entry is opaque', () => {
  const cases: Readonly<Record<string, readonly [actions: unknown, outline: string]>> = {
    'an interpolation': [['s3:Get*', '${var.x}'], 's3:Get* (opaque)'],
    'an interpolation inside an entry': [['s3:Get*', 's3:${var.x}'], 's3:Get* (opaque)'],
    'an escaped interpolation': [['s3:Get*', '$${x}'], 's3:Get* (opaque)'],
    'a directive': [['s3:Get*', '%{if true}s3:*%{endif}'], 's3:Get* (opaque)'],
    'an expression in the place of a list': ['${["s3:*"]}', '(opaque)'],
    'what is no string': [['s3:Get*', 1, null, ['s3:*']], 's3:Get* (opaque)'],
    'an object': [{ a: 's3:*' }, '(opaque)'],
  };
  for (const [name, [actions, outline]] of Object.entries(cases))
    test(name, () => {
      const text = documentOf({ statement: { actions } });
      assert.equal(outlineIn(tfjson, text), `${DOCUMENT}\n  Allow Action ${outline}`);
    });
});

describe('A statement is left alone', () => {
  const effectOf = (effect: unknown) => onlyPolicyIn(tfjson, documentOf({ statement: { effect, actions: ['s3:*'] } }));
  test('whose effect is computed', () => {
    for (const effect of ['${var.effect}', null, 1, ['Allow'], '%{if true}Allow%{endif}'])
      assert.equal(effectOf(effect).statements[0]?.effect, '');
  });
  test('whose principals a dynamic block makes', () => {
    for (const dynamic of [{ principals: {} }, [{ not_principals: [{}] }], '${var.x}']) {
      const { statements } = onlyPolicyIn(tfjson, documentOf({ statement: { actions: ['s3:*'], dynamic } }));
      assert.equal(statements[0]?.hasPrincipal, true);
    }
  });
});

describe('No statement is read', () => {
  const cases: Readonly<Record<string, unknown>> = {
    'that has both lists': { actions: ['s3:*'], not_actions: ['s3:*'] },
    'that has neither': { resources: ['*'] },
    'that is a list in a list': [[{ actions: ['s3:*'] }]],
    'that is an expression': '${var.statements}',
    'that is nothing': null,
  };
  for (const [name, statement] of Object.entries(cases))
    test(name, () => assert.equal(outlineIn(tfjson, documentOf({ statement })), DOCUMENT));
  test('that repeats a key which says what it means', () => {
    const text = documentOf({ statement: { effect: 'Allow', actions: ['s3:*'] } });
    for (const [once, more] of [
      ['"effect": "Allow"', '"effect": "Deny"'],
      ['"actions": [', '"actions": ["iam:*"]'],
    ] as const)
      assert.equal(outlineIn(tfjson, text.replace(once, `${more}, ${once}`)), DOCUMENT);
  });
  test('of which a key is computed', () => {
    const policy = { Statement: [{ Effect: 'Allow', Action: 's3:*', '${var.key}': '*' }] };
    assert.equal(outlineIn(tfjson, JSON.stringify({ locals: { policy } })), '/locals/policy');
  });
  test('that a dynamic block makes', () => {
    const dynamic = { statement: { for_each: [1], content: { actions: ['s3:*'] } } };
    assert.equal(outlineIn(tfjson, documentOf({ dynamic })), DOCUMENT);
  });
});

describe('A policy is never empty', () => {
  const itemsOf = (body: object) =>
    onlyPolicyIn(tfjson, documentOf({ statement: { actions: ['s3:*'] }, ...body })).list?.items.length;
  const cases: Readonly<Record<string, object>> = {
    'to which a dynamic block adds statements': { dynamic: { statement: {} } },
    'to which one in a list does': { dynamic: [{ statement: [{}] }] },
    'to which who knows what does': { dynamic: '${x}' },
    'that takes in others': { source_policy_documents: [] },
    'that others override': { override_policy_documents: ['${x}'] },
    'that takes in one, as it was once written': { source_json: '${x}' },
  };
  for (const [name, body] of Object.entries(cases)) test(name, () => assert.equal(itemsOf(body), 2));
  test('but where these are nothing', () => {
    assert.equal(itemsOf({ dynamic: { other: {} }, source_json: null, policy_id: 'x' }), 1);
  });
});

describe('Size', () => {
  const sizeOf = (body: object) => onlyPolicyIn(tfjson, documentOf(body)).size;
  const sizeOfPolicy = (...statements: readonly object[]) =>
    JSON.stringify({ Version: '2012-10-17', Statement: statements }).length;

  test('is that of the JSON which Terraform makes', () => {
    assert.equal(
      sizeOf({
        statement: [
          { sid: 'One', actions: ['s3:*', 'sqs:*'], resources: ['*'] },
          {
            effect: 'Deny',
            not_actions: ['s3:*'],
            not_resources: ['a', 'b'],
            condition: { test: 'StringLike', variable: 'aws:x', values: ['1'] },
            principals: { type: 'AWS', identifiers: ['a', 'b'] },
          },
        ],
      }),
      sizeOfPolicy(
        { Sid: 'One', Effect: 'Allow', Action: ['s3:*', 'sqs:*'], Resource: '*' },
        {
          Effect: 'Deny',
          NotAction: 's3:*',
          NotResource: ['a', 'b'],
          Condition: { StringLike: { 'aws:x': '1' } },
          Principal: { AWS: ['a', 'b'] },
        },
      ),
    );
  });
  test('does not know what is computed', () => {
    assert.equal(sizeOf({ statement: { actions: '${var.x}' } }), sizeOfPolicy({ Effect: 'Allow', Action: '${var.x}' }));
    assert.ok(sizeOf({ statement: [{ actions: [{}], condition: '${x}', principals: [null] }] }) > 0);
    assert.equal(sizeOf({ statement: [] }), sizeOfPolicy());
  });
});

describe('A file is read as any JSON', () => {
  const text = JSON.stringify({
    Resources: { R: { Type: 'AWS::IAM::Role', Statement: { Effect: 'Allow', Action: 's3:*' } } },
  });
  test('that has nothing of a module', () => {
    assert.deepEqual(tfjson.read(text).documents, json.read(text).documents);
    assert.equal(tfjson.read(text).documents.length, 1);
  });
  test('and its problems are told', () => {
    for (const broken of [text.slice(0, -1), documentOf({ statement: {} }).slice(0, -3)])
      assert.deepEqual(tfjson.read(broken).problems.length > 0, true);
  });
  test('up to a limit', () => {
    const deep = `{"data":${'['.repeat(600)}"statement"${']'.repeat(600)}}`;
    const long = `{"data":"statement"}${' '.repeat(20_000_000)}`.replace('"statement"', '{"statement":1}');
    for (const refused of [deep, long]) {
      const { documents, problems } = tfjson.read(refused);
      assert.deepEqual(documents, []);
      assert.deepEqual(
        problems.map(({ isLimit }) => isLimit),
        [true],
      );
    }
    assert.deepEqual(tfjson.siblings?.read(long), tfjson.siblings?.read('{}'));
  });
});

describe('A statement with a sid that may stand in the place of another one must stay', () => {
  const statement = { sid: 'A', actions: 's3:*' };
  const base = '${data.aws_iam_policy_document.base.json}';
  const cases: Readonly<Record<string, readonly [file: object, mustStay: readonly boolean[]]>> = {
    'where its document takes others in': [
      { app: { source_policy_documents: [base], statement: [statement, { actions: 'sqs:*' }] } },
      [true, false],
    ],
    'where another document takes it in': [
      { base: { statement: [statement, { actions: 'sqs:*' }] }, all: { override_json: base } },
      [true, false],
    ],
    'but not where it stands for itself': [{ app: { statement } }, [false]],
  };
  for (const [name, [documents, expected]] of Object.entries(cases))
    test(name, () => {
      const [document] = tfjson.read(JSON.stringify({ data: { aws_iam_policy_document: documents } })).documents;
      assert.deepEqual(
        document?.statements.map(({ mustStay }) => mustStay),
        expected,
      );
    });
  test('also in a string, or an object, that a document takes in', () => {
    const policy = { Statement: [{ Sid: 'A', Effect: 'Allow', Action: 's3:*' }] };
    const takes = (source: string) => ({ aws_iam_policy_document: { all: { source_policy_documents: [source] } } });
    for (const local of [policy, JSON.stringify(policy)]) {
      const file = { locals: { policy: local }, data: takes('${jsonencode(local.policy)}') };
      assert.equal(tfjson.read(JSON.stringify(file)).documents[0]?.statements[0]?.mustStay, true);
    }
  });
});
