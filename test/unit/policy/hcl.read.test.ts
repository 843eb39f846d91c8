import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { hcl } from '../../support/hcl.ts';
import { outlineIn } from '../../support/outline.ts';

interface ReadCase {
  readonly text: string;
  /** As `outlineIn` gives it. */
  readonly holds: string;
}

function assertRead({ text, holds }: ReadCase): void {
  assert.deepEqual(hcl.read(text).problems, []);
  assert.equal(outlineIn(hcl, text), holds.trim());
}

/** A policy document with these lines. */
function documentOf(...lines: readonly string[]): string {
  return ['data "aws_iam_policy_document" "app" {', ...lines.map((line) => `  ${line}`), '}', ''].join('\n');
}

const DOCUMENT = '/data/aws_iam_policy_document/app';

describe('Policies are found', () => {
  const cases: Readonly<Record<string, ReadCase>> = {
    'in a policy document, which allows unless it says otherwise': {
      text: documentOf(
        'statement { actions = ["s3:Get*", "s3:PutObject"] }',
        'statement {',
        '  effect      = "Deny"',
        '  not_actions = ["iam:*"]',
        '}',
        'statement {',
        '  effect  = "Allow"',
        '  actions = ["sqs:*"]',
        '  principals {',
        '    type        = "AWS"',
        '    identifiers = ["*"]',
        '  }',
        '}',
      ),
      holds: `${DOCUMENT}
  Allow Action s3:Get* s3:PutObject
  Deny NotAction iam:*
  Allow Action sqs:* (principal)`,
    },
    'for jsonencode, with keys bare or quoted, and = or :': {
      text: `resource "aws_iam_role_policy" "app" {
  policy = jsonencode({
    "Version" : "2012-10-17",
    "Statement" : [
      { "Effect" : "Allow", "Action" : ["s3:Get*"], "Resource" : "*" },
      { Effect = "Allow", Action = "sqs:*", Resource = "*" }
    ]
  })
}
`,
      holds: `/resource/aws_iam_role_policy/app/policy
  Allow Action s3:Get*
  Allow Action sqs:*`,
    },
    'whose statement stands alone': {
      text: 'locals {\n  policy = jsonencode({ Statement = { Effect = "Allow", NotAction = "s3:*" } })\n}\n',
      holds: '/locals/policy\n  Allow NotAction s3:*',
    },
    'in a heredoc': {
      text: `resource "aws_iam_policy" "app" {
  policy = <<EOF
{ "Statement": [{ "Effect": "Allow", "Action": ["s3:Get*"], "Resource": "*" }] }
EOF
}
`,
      holds: '/resource/aws_iam_policy/app/policy\n  Allow Action s3:Get*',
    },
    'in an indented heredoc with interpolations that leave it JSON': {
      text: `locals {
  policy = <<-EndOfPolicy
    {
      "Statement": [
        {
          "Effect": "Allow",
          "Action": ["s3:Get*", "\${var.service}:List*", \${jsonencode(var.action)}],
          "Resource": "arn:\${data.aws_partition.current.partition}:s3:::\${lookup(var.buckets, "app")}/*"
        }
      ]
    }
  EndOfPolicy
}
`,
      holds: '/locals/policy\n  Allow Action s3:Get* (opaque)',
    },
    'in the inline_policy blocks of a role': {
      text: `resource "aws_iam_role" "app" {
  inline_policy {
    name   = "one"
    policy = jsonencode({ Statement = [{ Effect = "Allow", Action = ["s3:*"] }] })
  }
  inline_policy {
    name   = "two"
    policy = jsonencode({ Statement = [{ Effect = "Allow", Action = ["sqs:*"] }] })
  }
}
`,
      holds: `/resource/aws_iam_role/app/inline_policy/policy
  Allow Action s3:*
/resource/aws_iam_role/app/inline_policy/policy/1
  Allow Action sqs:*`,
    },
    'several in a map of local values': {
      text: `locals {
  policies = {
    one = jsonencode({ Statement = [{ Effect = "Allow", Action = ["s3:*"] }] })
    two = jsonencode({ Statement = [{ Effect = "Allow", Action = ["sqs:*"] }] })
  }
}
`,
      holds: `/locals/policies
  Allow Action s3:*
/locals/policies/1
  Allow Action sqs:*`,
    },
    'behind comments of every kind, tabs, CRLF and a byte order mark': {
      text: `\uFEFF# a\r\n// b\r\n/* c\r\n*/\r\n${documentOf('statement {', '\tactions = [ # é 😀', '\t\t"s3:Get*", /* , */ "s3:Put*",', '\t]', '}').replaceAll('\n', '\r\n')}`,
      holds: `${DOCUMENT}\n  Allow Action s3:Get* s3:Put*`,
    },
  };
  for (const [name, readCase] of Object.entries(cases)) test(name, () => assertRead(readCase));
});

describe('Of what lists the actions', () => {
  const cases: readonly (readonly [name: string, value: string, statements: readonly string[]])[] = [
    ['a string is an entry', '"s3:*"', ['Allow Action s3:*']],
    ['a list may hold a reference, which is opaque', '["s3:*", var.action]', ['Allow Action s3:* (opaque)']],
    ['a name that is put together is opaque', '["s3:*", "${var.service}:List*"]', ['Allow Action s3:* (opaque)']],
    ['an escape is opaque', '["s3:*", "s3:\\u0047et*", "s3:$${x}"]', ['Allow Action s3:* (opaque)']],
    ['a variable alone is opaque', 'var.actions', ['Allow Action (opaque)']],
    [
      'each list that concat joins is looked at by itself',
      'concat(["s3:*"], ["sqs:*"])',
      ['Allow Action s3:* (opaque)', 'Allow Action sqs:* (opaque)'],
    ],
    [
      'each list that a condition chooses is looked at by itself',
      'concat(["s3:*"], var.sqs ? ["sqs:*"] : ["sns:*"])',
      ['Allow Action s3:* (opaque)', 'Allow Action sqs:* (opaque)', 'Allow Action sns:* (opaque)'],
    ],
    ['a list beside a variable is looked at', 'concat(["s3:*"], var.actions)', ['Allow Action s3:* (opaque)']],
    ['a list that may be left out is looked at', 'var.s3 ? ["s3:*"] : []', ['Allow Action s3:*']],
    [
      'a list that compact cleans up is looked at',
      'compact(["s3:*", var.s3 ? "s3:Get*" : null])',
      ['Allow Action s3:* (opaque)'],
    ],
    ['a function that takes away from its lists is opaque', 'setsubtract(["s3:*"], var.no)', ['Allow Action (opaque)']],
    ['lists that are taken apart are opaque', 'concat([["s3:*"], ["sqs:*"]]...)', ['Allow Action (opaque)']],
    ['a string that a condition chooses is opaque', 'var.s3 ? "s3:*" : "sqs:*"', ['Allow Action (opaque)']],
    ['a for expression is opaque', '[for name in ["Get", "Put"] : "s3:${name}*"]', ['Allow Action (opaque)']],
    ['an index into a list is opaque', '["s3:*", "sqs:*"][var.index]', ['Allow Action (opaque)']],
    ['parentheses around a list mean nothing', '(["s3:*", ("s3:Get*")])', ['Allow Action s3:* (opaque)']],
  ];
  for (const [name, value, statements] of cases) {
    test(name, () => {
      assertRead({
        text: documentOf('statement {', `  actions = ${value}`, '}'),
        holds: [DOCUMENT, ...statements.map((line) => `  ${line}`)].join('\n'),
      });
      assertRead({
        text: `locals {\n  p = jsonencode({ Statement = [{ Effect = "Allow", Action = ${value} }] })\n}\n`,
        holds: ['/locals/p', ...statements.map((line) => `  ${line}`)].join('\n'),
      });
    });
  }
});

describe('No policy is read of', () => {
  const cases: Readonly<Record<string, string>> = {
    'what is commented out': documentOf('statement {', '  actions = ["s3:*"]', '}').replace(/^/gm, '# '),
    'the permission of a function':
      'resource "aws_lambda_permission" "app" {\n  statement_id = "x"\n  action = "lambda:InvokeFunction"\n}\n',
    'the default of a variable':
      'variable "statements" {\n  type = list(object({ actions = optional(list(string)) }))\n  default = [{ effect = "Allow", actions = ["s3:*"] }]\n}\n',
    'statements as arguments of a module':
      'module "app" {\n  iam_policy_statements = [{ effect = "Allow", actions = ["s3:*"] }]\n}\n',
    'a policy in a plain string':
      'locals {\n  policy = "{\\"Statement\\":[{\\"Effect\\":\\"Allow\\",\\"Action\\":\\"s3:*\\"}]}"\n}\n',
    'a heredoc that directives put together': `locals {\n  policy = <<EOF\n{"Statement": [%{ if var.x }{"Effect": "Allow", "Action": "s3:*"}%{ endif }]}\nEOF\n}\n`,
    'a heredoc that is no JSON': 'locals {\n  policy = <<EOF\nStatement: Effect\nEOF\n}\n',
    'an object with computed keys':
      'locals {\n  p = jsonencode({ Statement = [{ (var.effect) = "Allow", Action = "s3:*", Effect = "Allow" }] })\n}\n',
  };
  for (const [name, text] of Object.entries(cases)) {
    test(name, () => {
      const { documents, problems } = hcl.read(text);
      assert.deepEqual(problems, []);
      assert.deepEqual(
        documents.flatMap(({ statements }) => statements),
        [],
      );
    });
  }
});

test('The statements of dynamic blocks, and those of other documents, count as some', () => {
  const { documents } = hcl.read(
    documentOf(
      'source_policy_documents = [data.aws_iam_policy_document.base.json]',
      'statement { actions = ["s3:*"] }',
      'dynamic "statement" {',
      '  for_each = var.statements',
      '  content { actions = ["sqs:*"] }',
      '}',
    ),
  );
  assert.equal(documents[0]?.statements.length, 1);
  assert.equal(documents[0]?.list?.items.length, 3);
});

test('A statement that computes its effect is not said to allow', () => {
  assertRead({
    text: documentOf('statement {', '  effect  = var.effect', '  actions = ["s3:*"]', '}'),
    holds: `${DOCUMENT}\n   Action s3:*`,
  });
});

test('A statement to which principals may be added is taken for one that has some', () => {
  assertRead({
    text: documentOf(
      'statement {',
      '  actions = ["s3:*"]',
      '  dynamic "principals" {',
      '    for_each = var.p',
      '    content {}',
      '  }',
      '}',
    ),
    holds: `${DOCUMENT}\n  Allow Action s3:* (principal)`,
  });
});

test('Places count UTF-16 units, whatever stands before them', () => {
  const text = `# äöü 😀😀 \u{1F9D1}\u200D\u{1F4BB}\n${documentOf('statement {', '  sid = "😀"', '  actions = ["s3:Get*"] # 😀', '}', 'statement { actions = ["s3:Put*"] }')}`;
  const spans = hcl
    .read(text)
    .documents.flatMap(({ heading, statements }) => [
      heading,
      ...statements.flatMap(({ elementSpan, entries }) => [elementSpan, ...entries]),
    ]);
  assert.deepEqual(
    spans.map(({ start, end }) => text.slice(start, end)),
    [
      'data "aws_iam_policy_document" "app"',
      'actions = ["s3:Get*"]',
      '"s3:Get*"',
      'actions = ["s3:Put*"]',
      '"s3:Put*"',
    ],
  );
});

test('Every policy, statement and entry has a pointer of its own', () => {
  const text = `${documentOf('statement { actions = concat(["a:b", "c:d"], ["a:b"]) }')}${documentOf('statement { actions = ["a:b"] }')}`;
  const pointers = hcl
    .read(text)
    .documents.flatMap(({ pointer, statements }) => [
      pointer,
      ...statements.flatMap((statement) => [statement.pointer, ...statement.entries.map((entry) => entry.pointer)]),
    ]);
  assert.equal(pointers.length, 2 + 3 + 4);
  assert.equal(new Set(pointers).size, pointers.length);
});
