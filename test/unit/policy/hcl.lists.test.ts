import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { applyChanges } from '../../../server/src/service/policy/model.ts';
import { type PolicyRefinement, refinePolicy } from '../../../server/src/service/refine/policy.ts';
import { planStatement } from '../../../server/src/service/refine/statementPlan.ts';
import { catalogueWith } from '../../support/catalogues.ts';
import { hcl } from '../../support/hcl.ts';
import { contextOf } from '../../support/refine.ts';

const CATALOGUE = catalogueWith({ s3: ['GetObject', 'PutObject', 'DeleteObject'], sqs: ['SendMessage'] });
const context = contextOf(CATALOGUE, { s3: ['PutObject', 'DeleteObject'] });

const OTHER = '  statement {\n    actions = ["sqs:SendMessage"]\n  }\n';

function documentOf(actions: string, other = OTHER): string {
  return `data "aws_iam_policy_document" "app" {\n  statement {\n    actions = ${actions}\n  }\n${other}}\n`;
}

function refine(text: string): { readonly refinement: PolicyRefinement; readonly after: string } {
  const [document] = hcl.read(text).documents;
  assert(document);
  const refinement = refinePolicy(document, context);
  return { refinement, after: applyChanges(text, hcl.write(text, document, refinement.changes)) };
}

describe('Of the lists that make up an element', () => {
  const cases: Readonly<Record<string, readonly [before: string, after: string]>> = {
    'a branch stays that would be all': [
      'var.x ? ["s3:PutObject"] : ["s3:GetObject"]',
      'var.x ? ["s3:PutObject"] : ["s3:GetObject"]',
    ],
    'a branch is emptied beside a list that stays': [
      'concat(["s3:GetObject"], var.x ? ["s3:PutObject"] : [])',
      'concat(["s3:GetObject"], var.x ? [] : [])',
    ],
    'one is emptied beside another one that stays': [
      'concat(["s3:PutObject"], ["s3:GetObject"])',
      'concat([], ["s3:GetObject"])',
    ],
    'one stays beside what nobody knows': ['concat(["s3:PutObject"], var.more)', 'concat(["s3:PutObject"], var.more)'],
    'one of two stays beside what nobody knows': [
      'concat(["s3:PutObject"], ["s3:DeleteObject"], var.more)',
      'concat(["s3:PutObject"], [], var.more)',
    ],
    'one that is sure stays for those that are not': [
      'concat(var.x ? ["s3:DeleteObject"] : [], ["s3:PutObject"], var.y ? ["s3:GetObject"] : [])',
      'concat(var.x ? [] : [], ["s3:PutObject"], var.y ? ["s3:GetObject"] : [])',
    ],
    'one that has a reference in it is never empty': [
      'concat(["s3:PutObject", var.action], var.more)',
      'concat([var.action], var.more)',
    ],
  };
  for (const [name, [before, after]] of Object.entries(cases))
    test(name, () => assert.equal(refine(documentOf(before)).after, documentOf(after)));

  test('none stays where all are unused: their statement goes', () => {
    const { refinement, after } = refine(documentOf('concat(["s3:PutObject"], var.x ? ["s3:DeleteObject"] : [])'));
    assert.equal(after, `data "aws_iam_policy_document" "app" {\n${OTHER}}\n`);
    assert.deepEqual(refinement.totals, { granted: 3, unused: 2, entriesChanged: 1, statementsRemoved: 1 });
  });

  test('none is touched where all are unused and nothing else is granted', () => {
    const text = documentOf('concat(["s3:PutObject"], var.x ? ["s3:DeleteObject"] : [])', '');
    const { refinement, after } = refine(text);
    assert.equal(after, text);
    assert.equal(refinement.emptied, true);
  });

  test('one entry alone is taken out only where something is left', () => {
    const planOf = (actions: string) => {
      const statement = hcl.read(documentOf(actions)).documents[0]?.statements[0];
      assert(statement);
      return planStatement(statement, context, (entry) => entry.value === 's3:PutObject');
    };
    assert.equal(planOf('concat(["s3:PutObject"], var.more)').change, undefined);
    assert.equal(planOf('concat(["s3:PutObject"], ["s3:DeleteObject"])').change?.change.kind, 'replace');
  });
});

describe('A statement with a sid that may stand in the place of another one', () => {
  const statement = (sid: string) => `  statement {\n${sid}    actions = ["s3:PutObject"]\n  }\n`;
  const document = (name: string, body: string) => `data "aws_iam_policy_document" "${name}" {\n${body}}\n`;
  const SID = '    sid     = "A"\n';
  const sources = (name: string) => `  ${name} = [data.aws_iam_policy_document.base.json]\n`;

  test('stays where its document takes others in', () => {
    const text = document('app', sources('source_policy_documents') + statement(SID) + OTHER);
    assert.equal(refine(text).after, text);
    assert.equal(refine(text).refinement.statements[0]?.isStuck, true);
  });
  test('stays where another document takes it in, also by a local value', () => {
    const app = document('base', statement(SID) + OTHER);
    const all = document('all', sources('override_policy_documents'));
    assert.equal(refine(app + all).after, app + all);
    const local = 'locals {\n  base = data.aws_iam_policy_document.base.json\n}\n';
    const text = app + local + all.replace('data.aws_iam_policy_document.base.json', 'local.base');
    assert.equal(refine(text).after, text);
  });
  test('stays where it is an object that a document takes in', () => {
    const text = `locals {
  base = jsonencode({
    Statement = [
      { Sid = "A", Effect = "Allow", Action = "s3:PutObject" },
      { Effect = "Allow", Action = "s3:GetObject" },
    ]
  })
}
${document('all', '  source_policy_documents = [local.base]\n')}`;
    assert.equal(refine(text).after, text);
  });
  test('loses what of its actions is unused', () => {
    const text = document('app', sources('source_policy_documents') + statement(SID).replace('[', '["s3:GetObject", '));
    assert.equal(refine(text).after, text.replace(', "s3:PutObject"', ''));
  });
  test('goes where it stands for itself', () => {
    assert.equal(refine(document('app', statement(SID) + OTHER)).after, document('app', OTHER));
  });
  test('goes where it has no sid', () => {
    const text = sources('source_policy_documents');
    assert.equal(refine(document('app', text + statement('') + OTHER)).after, document('app', text + OTHER));
  });
});
