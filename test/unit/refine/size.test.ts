import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { CodeAction, Diagnostic } from 'vscode-languageserver-types';
import type { Catalogue } from '../../../server/src/service/actions/catalogue.ts';
import { Analyzer, type FileAnalysis, type PolicyAnalysis } from '../../../server/src/service/analysis.ts';
import { codeActions } from '../../../server/src/service/codeActions/codeActions.ts';
import { policyDiagnostics } from '../../../server/src/service/diagnostics/policyDiagnostics.ts';
import { FindingsIndex } from '../../../server/src/service/findings/findingsIndex.ts';
import { readFindings } from '../../../server/src/service/findings/read.ts';
import { json } from '../../../server/src/service/policy/json/index.ts';
import { applyChanges } from '../../../server/src/service/policy/model.ts';
import { measureChanges, outgrowsQuota, type PolicySize } from '../../../server/src/service/size.ts';
import { catalogueWith, today } from '../../support/catalogues.ts';
import type { Reports } from '../../support/refine.ts';

/** A service whose `svc:Get*`, less `svc:GetUnused`, is some 3,000 characters; `svc:*` three times as much. */
const VERBS = ['Describe', 'Get', 'List'];
const NAMES = VERBS.flatMap((verb) => Array.from({ length: 80 }, (_, i) => `${verb}Thing${i}WithRatherALongName`));
const wide = catalogueWith({
  svc: [...NAMES, ...VERBS.map((verb) => `${verb}Unused`)],
  s3: ['GetObject', 'PutObject'],
});
const LAST_UNUSED = { svc: VERBS.map((verb) => `${verb}Unused`) };

/** Ways to write the same JSON. */
const LAYOUTS: Readonly<Record<string, (value: unknown) => string>> = {
  minified: (value) => JSON.stringify(value),
  'indented by spaces': pretty,
  'indented by tabs, with CRLF line ends': (value) => JSON.stringify(value, null, '\t').replaceAll('\n', '\r\n'),
};

describe('the size of a policy is that of its minified JSON', () => {
  const s3Get = (today.service('s3')?.names ?? []).filter((name) => name.startsWith('Get'));
  const rows: Readonly<Record<string, { text: string; unused: Reports }>> = {
    'that does not change': { text: policy(['s3:GetObject']), unused: {} },
    'that shrinks': {
      text: policy(['s3:GetObject', 's3:PutObject', 's3:ListBucket']),
      unused: { s3: ['PutObject', 'ListBucket'] },
    },
    'that loses a statement': {
      text: policy(['s3:PutObject'], ['s3:GetObject'], ['s3:PutObject']),
      unused: { s3: ['PutObject'] },
    },
    'that grows': { text: policy(['s3:*', 'ec2:Describe*']), unused: { s3: s3Get.slice(3, 9), ec2: ['DescribeVpcs'] } },
    'whose NotAction grows': {
      text: policyWith({ NotAction: 'iam:*' }, { NotAction: ['sts:*'] }),
      unused: { s3: s3Get.slice(0, 9), sqs: 'whole' },
    },
  };
  for (const [name, { text, unused }] of Object.entries(rows)) {
    for (const [how, layout] of Object.entries(LAYOUTS)) {
      it(`${name}, ${how}`, () => {
        const before = layout(JSON.parse(text));
        const analysis = analyze(before, unused);
        assert.deepEqual(sizeOf(analysis), {
          before: minify(before).length,
          after: minify(refine(analysis)).length,
          quota: 6144,
        });
      });
    }
  }
});

describe('the quota is that of', () => {
  const rows: Readonly<Record<string, number>> = {
    'AWS::IAM::User': 2048,
    'AWS::IAM::UserPolicy': 2048,
    'AWS::IAM::Group': 5120,
    'AWS::IAM::GroupPolicy': 5120,
    'AWS::IAM::Role': 10240,
    'AWS::IAM::RolePolicy': 10240,
    'AWS::SSO::PermissionSet': 10240,
    'AWS::IAM::ManagedPolicy': 6144,
  };
  for (const [type, quota] of Object.entries(rows)) {
    it(type, () => assert.equal(sizeOf(analyze(template(type, ['s3:GetObject']), {}))?.quota, quota));
  }
});

describe('`*` less one action of s3', () => {
  const analysis = analyze(policy(['*']), { s3: ['PutObject'] });

  it('outgrows a managed policy', () => {
    const { before, after } = sizeOf(analysis);
    assert.ok(before < 100 && after > 6144, `${before} and ${after}`);
  });

  it('is marked at the policy’s head, besides the wildcard itself', () => {
    const marks = diagnose(analysis);
    assert.deepEqual(
      marks.map(({ code, data }) => [code, data]),
      [
        ['overbroad-wildcard', { pointer: '/Statement/0/Action/0' }],
        ['policy-size', { pointer: '' }],
      ],
    );
    const size = group(sizeOf(analysis).after);
    assert.equal(
      marks[1]?.message,
      `Refined, this policy would have ${size} characters, more than the 6,144 of a managed policy`,
    );
    assert.equal(textAt(analysis, marks[1]), '"Statement"');
    assert.equal(marks[1]?.tags, undefined);
  });

  it('is fixed only by whoever reads the title', () => {
    const fixes = fixesOf(analysis);
    assert.notEqual(fixes.length, 0);
    for (const { title, isPreferred } of fixes) {
      assert.match(title, / \(too large then: [\d,]+ characters, more than the 6,144 of a managed policy\)$/);
      assert.equal(isPreferred, undefined, title);
    }
  });

  it('is no part of fix-all', () => assert.equal(fixAllOf(analysis), undefined));
});

describe('a title tells the size of its own fix', () => {
  // Each of the two wildcards fits when it is refined alone; both together do not.
  const analysis = analyze(template('AWS::IAM::Group', ['svc:Get*', 'svc:List*']), LAST_UNUSED, wide);

  it('the fix of one entry fits, that of both does not', () => {
    const titles = fixesOf(analysis).map(({ title, isPreferred }) => [
      title.replace(/ with .*| \(.*/, ''),
      title.includes('too large'),
      isPreferred ?? false,
    ]);
    assert.deepEqual(titles, [
      ["Replace 'svc:Get*'", false, true],
      ["Replace 'svc:List*'", false, true],
      ['Refine this statement', true, false],
      ['Refine whole policy', true, false],
    ]);
  });

  it('fix-all refines the other policies of the file, and leaves this one as it is', () => {
    const both = {
      Large: resource('AWS::IAM::Group', ['svc:Get*', 'svc:List*']),
      Small: resource('AWS::IAM::Role', ['s3:GetObject', 's3:PutObject']),
    };
    const mixed = analyze(pretty({ Resources: both }), { ...LAST_UNUSED, s3: ['PutObject'] }, wide);
    const refined = { ...both, Small: resource('AWS::IAM::Role', ['s3:GetObject']) };
    assert.equal(fixAllOf(mixed), pretty({ Resources: refined }));
  });
});

describe('the message names the quota of', () => {
  const rows: readonly (readonly [type: string, actions: readonly string[], quota: string])[] = [
    ['AWS::IAM::User', ['svc:Get*'], 'the 2,048 of the inline policies of a user'],
    ['AWS::IAM::Group', ['svc:Get*', 'svc:List*'], 'the 5,120 of the inline policies of a group'],
    ['AWS::IAM::Role', ['svc:*', 's3:GetObject'], 'the 10,240 of the inline policies of a role'],
    ['AWS::IAM::ManagedPolicy', ['svc:*'], 'the 6,144 of a managed policy'],
  ];
  for (const [type, actions, quota] of rows) {
    it(type, () => {
      // A role has room for all of them; a long Sid fills it.
      const sid = type === 'AWS::IAM::Role' ? 'x'.repeat(4000) : undefined;
      const analysis = analyze(template(type, actions, sid), LAST_UNUSED, wide);
      const [mark, ...others] = diagnose(analysis).filter(({ code }) => code === 'policy-size');
      assert.equal(
        mark?.message,
        `Refined, this policy would have ${group(sizeOf(analysis).after)} characters, more than ${quota}`,
      );
      assert.deepEqual(others, []);
    });
  }
});

describe('nobody is warned of a policy that', () => {
  const filled = (size: number, actions: readonly string[]) => {
    const empty = minify(policyWith({ Sid: '', Action: actions }));
    return policyWith({ Sid: 'x'.repeat(size - empty.length), Action: actions });
  };
  const rows: Readonly<Record<string, { text: string; unused: Reports; before: number; after?: number }>> = {
    'is too large already': { text: filled(6145, ['svc:Get*']), unused: LAST_UNUSED, before: 6145 },
    'is too large already, and shrinks': {
      text: filled(7000, ['s3:GetObject', 's3:PutObject']),
      unused: { s3: ['PutObject'] },
      before: 7000,
      after: 6985,
    },
    'shrinks until it fits': {
      text: filled(6150, ['s3:GetObject', 's3:PutObject']),
      unused: { s3: ['PutObject'] },
      before: 6150,
      after: 6135,
    },
    'shrinks below a quota that it fitted': {
      text: filled(6144, ['s3:GetObject', 's3:PutObject']),
      unused: { s3: ['PutObject'] },
      before: 6144,
      after: 6129,
    },
    // `"s3:Put*"` becomes `"s3:PutObject"`: five characters more.
    'grows to its quota': {
      text: filled(6139, ['s3:Put*', 's3:GetObject']),
      unused: { s3: ['PutFuture'] },
      before: 6139,
      after: 6144,
    },
    'would grow but is not refined, because nothing would be left': {
      text: filled(6144, ['s3:PutObject']),
      unused: { s3: ['PutObject'] },
      before: 6144,
      after: 6144,
    },
  };
  for (const [name, { text, unused, before, after }] of Object.entries(rows)) {
    it(name, () => {
      const analysis = analyze(text, unused, wide);
      const size = sizeOf(analysis);
      assert.equal(size.before, before);
      if (after !== undefined) assert.equal(size.after, after);
      assert.equal(outgrowsQuota(size), false);
      assert.deepEqual(
        diagnose(analysis).filter(({ code }) => code === 'policy-size'),
        [],
      );
      for (const { title } of fixesOf(analysis)) assert.doesNotMatch(title, /too large/);
    });
  }

  for (const [before, after] of [
    [6140, 6145],
    [6144, 6149],
  ] as const) {
    it(`but ${group(before)} characters that become ${group(after)} are too many`, () => {
      const analysis = analyze(filled(before, ['s3:Put*', 's3:GetObject']), { s3: ['PutFuture'] }, wide);
      assert.deepEqual(sizeOf(analysis), { before, after, quota: 6144 });
      assert.equal(diagnose(analysis).at(-1)?.code, 'policy-size');
      assert.equal(fixAllOf(analysis), undefined);
    });
  }
});

function analyze(text: string, unused: Reports, catalogue: Catalogue = today): FileAnalysis {
  const findings = Object.entries(unused).map(([serviceNamespace, actions]) => ({
    serviceNamespace,
    ...(actions !== 'whole' && { actions }),
  }));
  const index = new FindingsIndex([
    readFindings(
      JSON.stringify([{ serviceNamespace: 'nothing', actions: ['Else'] }, ...findings]),
      '/w/findings.json',
      catalogue,
    ),
  ]);
  const analyzer = new Analyzer(catalogue, index, { generalization: 'prefix', keep: [] });
  return analyzer.analyze(text, json, { path: '/w/policy.json' }, { anywhere: true });
}

function onlyPolicy({ policies }: FileAnalysis): Required<PolicyAnalysis> {
  const [policy, ...others] = policies;
  assert.ok(policy?.refined && others.length === 0);
  return policy as Required<PolicyAnalysis>;
}

function sizeOf(analysis: FileAnalysis): PolicySize {
  const { document, refined } = onlyPolicy(analysis);
  return measureChanges(document, refined.refinement.changes);
}

function refine(analysis: FileAnalysis): string {
  const { document, refined } = onlyPolicy(analysis);
  return applyChanges(analysis.text, json.write(analysis.text, document, refined.refinement.changes));
}

function diagnose(analysis: FileAnalysis): (Diagnostic & { message: string })[] {
  const marks = policyDiagnostics(documentOf(analysis), analysis, { severity: 2, locate: () => undefined });
  return marks.map((mark) => ({ ...mark, message: String(mark.message) }));
}

/** The quick fixes for the whole of a file. */
function fixesOf(analysis: FileAnalysis): CodeAction[] {
  return actionsOf(analysis, 'quickfix');
}

/** The text after fix-all; `undefined` when it is not offered. */
function fixAllOf(analysis: FileAnalysis): string | undefined {
  const [action] = actionsOf(analysis, 'source.fixAll');
  const edits = action && Object.values(action.edit?.changes ?? {}).flat();
  return edits && TextDocument.applyEdits(documentOf(analysis), edits);
}

function actionsOf(analysis: FileAnalysis, kind: string): CodeAction[] {
  const document = documentOf(analysis);
  const range = { start: document.positionAt(0), end: document.positionAt(analysis.text.length) };
  return codeActions(document, analysis, { range, diagnostics: [], only: [kind], versioned: false });
}

function textAt(analysis: FileAnalysis, mark: Diagnostic | undefined): string {
  return documentOf(analysis).getText(mark?.range);
}

function documentOf({ text }: FileAnalysis): TextDocument {
  return TextDocument.create('file:///w/policy.json', 'json', 1, text);
}

function policy(...statements: readonly (readonly string[])[]): string {
  return policyWith(...statements.map((Action) => ({ Action })));
}

function policyWith(...statements: readonly object[]): string {
  const Statement = statements.map((more) => ({ Effect: 'Allow', ...more, Resource: '*' }));
  return pretty({ Version: '2012-10-17', Statement });
}

/** A CloudFormation template of one resource with a policy of these actions. */
function template(type: string, actions: readonly string[], sid?: string): string {
  return pretty({ Resources: { It: resource(type, actions, sid) } });
}

function resource(type: string, actions: readonly string[], sid = 'All'): object {
  const PolicyDocument = { Statement: [{ Sid: sid, Effect: 'Allow', Action: actions, Resource: '*' }] };
  const inline = ['AWS::IAM::User', 'AWS::IAM::Group', 'AWS::IAM::Role'].includes(type);
  if (type === 'AWS::SSO::PermissionSet') return { Type: type, Properties: { InlinePolicy: PolicyDocument } };
  return { Type: type, Properties: inline ? { Policies: [{ PolicyName: 'P', PolicyDocument }] } : { PolicyDocument } };
}

function pretty(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function minify(text: string): string {
  return JSON.stringify(JSON.parse(text));
}

function group(amount: number): string {
  return amount.toLocaleString('en-US');
}
