import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { refineFile as refineForOutput } from '../../../server/src/cli/result.ts';
import { Analyzer, type FileAnalysis } from '../../../server/src/service/analysis.ts';
import { codeActions } from '../../../server/src/service/codeActions/codeActions.ts';
import { FindingsIndex } from '../../../server/src/service/findings/findingsIndex.ts';
import { readFindings } from '../../../server/src/service/findings/read.ts';
import { json } from '../../../server/src/service/policy/json/index.ts';
import type { PolicySyntax } from '../../../server/src/service/policy/model.ts';
import { yaml } from '../../../server/src/service/policy/yaml/index.ts';
import { preview } from '../../../server/src/service/preview.ts';
import { refinedPolicies } from '../../../server/src/service/refinedPolicies.ts';
import { refineFile } from '../../../server/src/service/refineFile.ts';
import { writeProven } from '../../../server/src/service/written/writeProven.ts';
import { today } from '../../support/catalogues.ts';
import { hcl } from '../../support/hcl.ts';

const REFUSAL =
  "The edit was refused, because the statements of '' would not be those that were proven. Please report this as a bug";

const TEXT = '{"Statement": [{"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject"], "Resource": "*"}]}';

/** A policy of which a writer takes the wrong one of two actions. */
function analyzeBroken(): FileAnalysis {
  const broken: PolicySyntax = {
    ...json,
    write: (text, document, changes) =>
      json.write(text, document, changes).map(() => {
        const start = text.indexOf('"s3:GetObject", ');
        return { start, end: start + '"s3:GetObject", '.length, text: '' };
      }),
  };
  const findings = JSON.stringify([{ serviceNamespace: 's3', actions: ['PutObject'] }]);
  const index = new FindingsIndex([readFindings(findings, '/w/f.json', today)]);
  const analyzer = new Analyzer(today, index, { generalization: 'prefix', keep: [] });
  return analyzer.analyze(TEXT, broken, { path: '/w/p.json', root: '/w' }, { anywhere: true });
}

test('An edit that is not what was proven is not made, and that is said', () => {
  const { kind, message, edits, changes } = refineFile(analyzeBroken());
  assert.deepEqual({ kind, message, edits, changes }, { kind: 'refused', message: REFUSAL, edits: [], changes: [] });
});

test('It is not shown either', () => {
  const analysis = analyzeBroken();
  const { text, facts } = preview(analysis, refineFile(analysis), {});
  assert.equal(text, TEXT);
  assert.deepEqual(facts, [REFUSAL]);
});

test('Of a workspace it is named among what could not be done', () => {
  assert.deepEqual(refinedPolicies(analyzeBroken()), { refined: [], problems: [REFUSAL] });
});

test('The command line leaves the file as it is, and says so where a proof has its place', () => {
  const { text, changes, refusal, results } = refineForOutput('p.json', analyzeBroken());
  assert.deepEqual({ text, changes, refusal }, { text: TEXT, changes: [], refusal: REFUSAL });
  const [{ proof, totals, size } = assert.fail()] = results;
  assert.equal(proof, REFUSAL);
  assert.deepEqual(totals, { granted: 2, unused: 1, entriesChanged: 0, statementsRemoved: 0 });
  assert.equal(size.after, size.before);
});

for (const kind of ['quickfix', 'source.fixAll'])
  test(`No ${kind} is offered, and the log says why`, () => {
    const refusals: string[] = [];
    const document = TextDocument.create('file:///w/p.json', 'json', 1, TEXT);
    const range = { start: document.positionAt(0), end: document.positionAt(TEXT.length) };
    const onRefused = (refusal: string) => refusals.push(refusal);
    const actions = codeActions(document, analyzeBroken(), {
      range,
      diagnostics: [],
      only: [kind],
      versioned: true,
      onRefused,
    });
    assert.deepEqual(actions, []);
    assert.notEqual(refusals.length, 0);
    assert.deepEqual([...new Set(refusals)], [REFUSAL]);
  });

const MANY = 60;
const FILES: Readonly<Record<string, { readonly syntax: PolicySyntax; readonly text: string }>> = {
  JSON: {
    syntax: json,
    text: JSON.stringify(
      Array.from({ length: MANY }, () => JSON.parse(TEXT)),
      null,
      1,
    ),
  },
  YAML: {
    syntax: yaml,
    text: Array.from(
      { length: MANY },
      (_, index) => `p${index}:
  Statement:
    - Effect: Allow
      Action: [s3:GetObject, s3:PutObject]
      Resource: "*"
`,
    ).join(''),
  },
  Terraform: {
    syntax: hcl,
    text: Array.from(
      { length: MANY },
      (_, index) => `data "aws_iam_policy_document" "p${index}" {
  statement {
    actions   = ["s3:GetObject", "s3:PutObject"]
    resources = ["*"]
  }
}
`,
    ).join('\n'),
  },
};

for (const [name, { syntax, text }] of Object.entries(FILES))
  test(`To prove an edit of each of many policies, a file in ${name} is read again no more than a few times in all`, () => {
    const file = syntax.read(text);
    assert.equal(file.documents.length, MANY);
    let amount = 0;
    const counting: PolicySyntax = {
      ...syntax,
      read: (part) => {
        amount += part.length;
        return syntax.read(part);
      },
    };
    for (const document of file.documents) {
      const [statement] = document.statements;
      const [entry] = statement?.entries ?? [];
      assert(statement && entry);
      const change = { kind: 'replace', replacements: new Map([[entry, []]]) } as const;
      const { edits } = writeProven({ syntax: counting, text, file }, [{ document, changes: [{ statement, change }] }]);
      assert.notEqual(edits.length, 0);
    }
    assert(amount <= 4 * text.length, `${amount} of ${text.length} characters`);
  });
