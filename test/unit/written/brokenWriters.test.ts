import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { load } from 'js-yaml';
import { parse } from 'jsonc-parser';
import { json } from '../../../server/src/service/policy/json/index.ts';
import {
  applyChanges,
  type PolicyDocument,
  type PolicyFile,
  type PolicySyntax,
  type StatementChange,
  type TextChange,
} from '../../../server/src/service/policy/model.ts';
import { tfjson } from '../../../server/src/service/policy/tfjson/index.ts';
import { yaml } from '../../../server/src/service/policy/yaml/index.ts';
import { type PolicyChanges, type Written, writeProven } from '../../../server/src/service/written/writeProven.ts';
import { hcl } from '../../support/hcl.ts';

/** A file in one of the forms that policies have, of each policy of which the first statement is edited and the second removed. */
interface Form {
  readonly syntax: PolicySyntax;
  readonly text: string;
  /** What makes a comment of the rest of a line; absent where there are none. */
  readonly comment?: string;
  /** What another reader makes of a text; absent where there is none. */
  readonly meaningOf?: (text: string) => unknown;
}

const STATEMENTS = [
  { Sid: 'a', Effect: 'Allow', Action: ['s3:*', 'sqs:SendMessage'], Resource: '*', Condition: { Bool: { x: 'true' } } },
  { Effect: 'Allow', Action: 's3:GetObject', Resource: 'b' },
  { Effect: 'Deny', NotAction: ['s3:*'], Resource: ['c', 'd'] },
];
const POLICY = JSON.stringify({ Version: '2012-10-17', Statement: STATEMENTS }, null, 2);

const parseJson = (text: string) => {
  const errors: unknown[] = [];
  const value: unknown = parse(text, errors as never, { disallowComments: false });
  return errors.length > 0 ? errors : value;
};

const FORMS: Readonly<Record<string, Form>> = {
  JSON: {
    syntax: json,
    comment: '//',
    meaningOf: parseJson,
    text: `{ "Roles": [\n${POLICY},\n// the other\n${POLICY.replace('"sqs:SendMessage"', '"sqs:*" // why')}], "x": 1 }\n`,
  },
  'JSON on one line': { syntax: json, text: JSON.stringify(JSON.parse(POLICY)) },
  'YAML with dashes': {
    syntax: yaml,
    comment: '#',
    meaningOf: (text) => load(text.replace('!Sub ', '')),
    text: `Resources:
  App:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      PolicyDocument:
        Version: "2012-10-17"
        Statement:
          - Sid: a
            Effect: Allow
            Action: # these
              - s3:* # all
              - 'sqs:SendMessage'
            Resource: "*"
            Condition: {Bool: {x: "true"}}
          - Effect: Allow
            Action: s3:GetObject
            Resource: b
          - Effect: Deny
            NotAction: ["s3:*"]
            Resource: [c, d]
  Other:
    Type: AWS::IAM::RolePolicy
    Properties:
      PolicyDocument:
        Statement:
        - Effect: Allow
          Action: "s3:*"
          Resource: !Sub "\${App}"
        - Effect: Allow
          Action: [s3:GetObject]
          Resource: b
        - Effect: Allow
          Action: [sns:Publish]
          Resource: >-
            several
            lines
Outputs:
  x: 1
`,
  },
  'YAML between brackets': {
    syntax: yaml,
    comment: '#',
    meaningOf: load,
    text: `Resources: {App: {PolicyDocument: {Version: "2012-10-17", Statement: [
  {Effect: Allow, Action: [s3:*, sqs:SendMessage], Resource: "*"}, # why
  {Effect: Allow, Action: s3:GetObject, Resource: b},
  {Effect: Deny, NotAction: ["s3:*"], Resource: [c, d]}]}}, x: 1}
`,
  },
  'blocks of Terraform': {
    syntax: hcl,
    comment: '#',
    text: `variable "x" {}

data "aws_iam_policy_document" "app" {
  statement {
    sid       = "a"
    actions   = ["s3:*", "sqs:SendMessage"]
    resources = ["*"]
    condition {
      test     = "Bool"
      values   = [var.x == 1 ? "true" : "false"]
      variable = "x"
    }
  }
  statement {
    actions   = ["s3:GetObject"]
    resources = ["b"]
  }
  statement {
    effect      = "Deny"
    not_actions = concat(["s3:*"], var.x)
    resources   = ["c", "d"]
  }
}
`,
  },
  'objects of Terraform': {
    syntax: hcl,
    comment: '//',
    text: `resource "aws_iam_role_policy" "app" {
  role   = aws_iam_role.app.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = concat(["s3:*", "sqs:SendMessage"], ["sns:Publish"])
        Resource = "*"
      },
      {
        Effect   = "Allow"
        Action   = "s3:GetObject"
        Resource = "b"
      },
      {
        Effect   = "Allow"
        Action   = ["s3:*"]
        Resource = "\${aws_s3_bucket.app.arn}/*"
      }
    ]
  })
}

output "x" {
  value = !var.x
}
`,
  },
  'a heredoc': {
    syntax: hcl,
    text: `resource "aws_iam_policy" "app" {
  policy = <<-POLICY
${POLICY.replace('"b"', '"${var.b}"').replace(/^/gm, '    ')}
  POLICY
  name   = "app"
}
`,
  },
  'Terraform in JSON': {
    syntax: tfjson,
    text: `${JSON.stringify(
      {
        data: {
          aws_iam_policy_document: {
            app: {
              statement: [
                { sid: 'a', actions: ['s3:*', 'sqs:SendMessage'], resources: ['*'] },
                { actions: ['s3:GetObject'], resources: ['b'] },
                { effect: 'Deny', not_actions: ['s3:*'], resources: ['c'] },
              ],
            },
          },
        },
        locals: { x: '${var.x}' },
      },
      null,
      2,
    )}\n`,
  },
  'a string of JSON': {
    syntax: tfjson,
    text: `${JSON.stringify({ resource: { aws_iam_policy: { app: { policy: POLICY, name: 'app' } } } }, null, 2)}\n`,
  },
};

for (const [name, form] of Object.entries(FORMS)) {
  describe(`In ${name}`, () => {
    test('what the writer writes is proven, each policy by itself and all together', () => {
      const sound = read(form);
      for (const wanted of sound.wishes) assert.equal(write(sound, wanted).refusal, undefined);
    });

    test('a writer that leaves out an edit is refused', () => {
      assertRefused(form, ({ edits }) => edits.map((_, left) => edits.filter((_edit, index) => index !== left)));
    });

    test('a writer that writes another action is refused', () => {
      assertRefused(form, ({ edits }) =>
        edits.flatMap((edit, index) =>
          edit.text.includes('s3:') ? [withEdit(edits, index, edit.text.replace('s3:', 's3:x'))] : [],
        ),
      );
    });

    test('a writer that loses or drops a letter, anywhere, is refused', () => {
      // Of the letters beside the edits each wish has its share, for there are many.
      assertRefused(form, ({ edits, before, share }) => [
        ...lettersInEdits(edits),
        ...lettersBeside(edits, before).filter((_, index) => share(index)),
      ]);
    });

    const { comment, meaningOf } = form;
    if (comment !== undefined)
      test('a writer that makes a comment of a line is refused', () => {
        assertRefused(form, ({ edits, before }) =>
          linesBeside(edits, before, comment).map((edit) => insert(edits, edit)),
        );
      });

    if (meaningOf)
      test('a writer that runs two lines into one is refused where that means something else', () => {
        assertRefused(form, ({ edits, before }) => {
          const right = safely(meaningOf, applyChanges(before, edits));
          return lineBreaksBeside(edits, before)
            .map((edit) => insert(edits, edit))
            .filter((mutant) => safely(meaningOf, applyChanges(before, mutant)) !== right);
        });
      });

    test('a writer whose edits overlap is refused', () => {
      assertRefused(form, ({ edits }) => [[...edits, ...edits]]);
    });
  });
}

/** A form that was read, and what is to become of each policy of it by itself, and of all together. */
interface ReadForm extends Form {
  readonly file: PolicyFile;
  readonly wishes: readonly (readonly PolicyChanges[])[];
}

function read(form: Form): ReadForm {
  const file = form.syntax.read(form.text);
  assert.deepEqual(file.problems, []);
  const all = file.documents.map((document) => ({ document, changes: changesOf(document) }));
  assert(all.length > 0);
  return { ...form, file, wishes: [...all.map((one) => [one]), all] };
}

function changesOf({ statements }: PolicyDocument): StatementChange[] {
  const [edited] = statements;
  const removed = statements.find(({ entries: [entry, ...others] }) => {
    return entry?.value === 's3:GetObject' && others.length === 0;
  });
  const entry = edited?.entries.find(({ value }) => value === 's3:*');
  assert(edited && removed && entry);
  const replacements = new Map([[entry, ['s3:Get*', 's3:List*']]]);
  return [
    { statement: edited, change: { kind: 'replace', replacements } },
    { statement: removed, change: { kind: 'remove' } },
  ];
}

/** What comes of wishes, by the writer, or by one that writes something else. */
function write(
  { syntax, text, file }: ReadForm,
  wanted: readonly PolicyChanges[],
  mutant?: readonly TextChange[],
): Written {
  if (!mutant) return writeProven({ syntax, text, file }, wanted);
  const rest = [[...mutant]];
  return writeProven({ syntax: { ...syntax, write: () => rest.pop() ?? [] }, text, file }, wanted);
}

interface Right {
  readonly before: string;
  readonly edits: readonly TextChange[];
  /** Whether the wish at hand tries what has this index. */
  readonly share: (index: number) => boolean;
}

function assertRefused(given: Form, mutantsOf: (right: Right) => readonly (readonly TextChange[])[]): void {
  const form = read(given);
  let amount = 0;
  for (const [number, wanted] of form.wishes.entries()) {
    const { edits } = write(form, wanted);
    const share = (index: number) => index % form.wishes.length === number;
    for (const mutant of mutantsOf({ before: form.text, edits, share })) {
      const { refusal } = write(form, wanted, mutant);
      amount++;
      assert.match(refusal ?? '', /^The edit was refused, because /, applyChanges(form.text, mutant));
    }
  }
  assert(amount > 0, 'nothing was tried');
}

function withEdit(edits: readonly TextChange[], at: number, text: string): TextChange[] {
  return edits.map((edit, index) => (index === at ? { ...edit, text } : edit));
}

function insert(edits: readonly TextChange[], edit: TextChange): TextChange[] {
  return [...edits, edit].sort((a, b) => a.start - b.start || a.end - b.end);
}

function lettersInEdits(edits: readonly TextChange[]): TextChange[][] {
  return edits.flatMap(({ text }, index) =>
    [...text].flatMap((letter, at) =>
      /\S/.test(letter) ? [withEdit(edits, index, text.slice(0, at) + text.slice(at + 1))] : [],
    ),
  );
}

function lettersBeside(edits: readonly TextChange[], text: string): TextChange[][] {
  return placesBeside(edits, text, /[^\s,]/)
    .filter((at) => !isInComment(text, at))
    .map((at) => insert(edits, { start: at, end: at + 1, text: '' }));
}

function linesBeside(edits: readonly TextChange[], text: string, comment: string): TextChange[] {
  return placesBeside(edits, text, /^[^\s#/].*$/m)
    .filter((at) => text.slice(text.lastIndexOf('\n', at - 1) + 1, at).trim() === '')
    .map((at) => ({ start: at, end: at, text: `${comment} ` }));
}

function lineBreaksBeside(edits: readonly TextChange[], text: string): TextChange[] {
  return placesBeside(edits, text, /\n/).map((at) => ({ start: at, end: at + 1, text: ' ' }));
}

/** The offsets outside of edits where what stands there matches. */
function placesBeside(edits: readonly TextChange[], text: string, pattern: RegExp): number[] {
  return Array.from(text, (_, at) => at).filter(
    (at) => pattern.test(text[at] ?? '') && !edits.some(({ start, end }) => start <= at && at < end),
  );
}

function isInComment(text: string, at: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', at) + 1, text.indexOf('\n', at) + 1 || text.length);
  const begins = line.search(/(?<!\S)(?:#|\/\/)/);
  return begins >= 0 && at - text.lastIndexOf('\n', at) - 1 >= begins;
}

function safely(meaningOf: (text: string) => unknown, text: string): string {
  try {
    return JSON.stringify(meaningOf(text));
  } catch {
    return 'broken';
  }
}
