import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { CodeLens } from 'vscode-languageserver-types';
import { Analyzer, type FileAnalysis } from '../../../server/src/service/analysis.ts';
import { codeLenses } from '../../../server/src/service/codeLens/codeLenses.ts';
import { FindingsIndex } from '../../../server/src/service/findings/findingsIndex.ts';
import { readFindings } from '../../../server/src/service/findings/read.ts';
import { json } from '../../../server/src/service/policy/json/index.ts';
import { findingV2, policyOf } from '../../protocol/support/samples.ts';
import { catalogueWith } from '../../support/catalogues.ts';

const catalogue = catalogueWith({
  s3: ['GetBucketAcl', 'GetObject', 'ListBucket', 'PutObject'],
  sqs: ['ReceiveMessage', 'SendMessage'],
});

const UNUSED = { s3: ['GetBucketAcl', 'PutObject'], sqs: ['SendMessage'] };

/** Policies of the role `App`, and what stands over them: the line, then the titles of its lenses. */
const CASES: Readonly<Record<string, [text: string, shown: readonly string[]]>> = {
  'A policy with one statement has lenses of its own only': [
    policyOf(['s3:*', 'sqs:ReceiveMessage']),
    ['0: App · 2 of 5 granted actions unused | Refine | Preview'],
  ],
  'A policy with several has lenses over each that grants something unused': [
    policyOf(['s3:Get*'], ['s3:GetObject'], ['s3:GetBucketAcl', 'sqs:*']),
    [
      '0: App · 2 of 4 granted actions unused | Refine | Preview',
      '3: 1 of 2 granted actions unused | Refine | Preview',
      '17: 2 of 3 granted actions unused | Refine | Preview',
    ],
  ],
  'A statement that would go is said to be removed': [
    policyOf(['s3:GetObject'], ['s3:GetBucketAcl', 's3:PutObject']),
    ['0: App · 2 of 3 granted actions unused | Refine | Preview', '10: All 2 granted actions unused | Remove'],
  ],
  'A statement of one action does not speak of all': [
    policyOf(['s3:GetObject'], ['s3:GetBucketAcl']),
    ['0: App · 1 of 2 granted actions unused | Refine | Preview', '10: 1 of 1 granted action unused | Remove'],
  ],
  'An action that several entries grant counts once': [
    policyOf(['s3:Get*', 's3:GetBucketAcl', 's3:*'], ['s3:*']),
    [
      '0: App · 2 of 4 granted actions unused | Refine | Preview',
      '3: 2 of 4 granted actions unused | Refine | Preview',
      '12: 2 of 4 granted actions unused | Refine | Preview',
    ],
  ],
  'A policy of which nothing is unused says so': [
    policyOf(['s3:GetObject'], ['sqs:ReceiveMessage']),
    ['0: App · none of 2 granted actions unused'],
  ],
  'A policy of which all is unused is to be detached': [
    policyOf(['s3:GetBucketAcl'], ['sqs:SendMessage']),
    ['0: App · all it grants is unused: detach it'],
  ],
  'A policy that only denies grants nothing': [
    policyOf(['s3:Get*']).replace('Allow', 'Deny'),
    ['0: App · it grants no known actions'],
  ],
  'A policy on one line has its own lenses only': [
    JSON.stringify(JSON.parse(policyOf(['s3:Get*'], ['s3:*']))),
    ['0: App · 2 of 4 granted actions unused | Refine | Preview'],
  ],
  'What the catalogue knows nothing of is counted, and not to be refined': [
    policyOf(['sns:Get*', 's3:GetObject']),
    ['0: App · 1 of 2 granted actions unused'],
  ],
  'A policy is shown while its text is broken': [
    policyOf(['s3:Get*']).replace('"s3:Get*"', '"s3:Get*",,'),
    ['0: App · 1 of 2 granted actions unused | Refine | Preview'],
  ],
  'A file without policies has none': ['{"name": "x"}', []],
};

for (const [name, [text, shown]] of Object.entries(CASES)) {
  test(name, () => {
    const { lenses } = lensesOf(text, [findingV2('App', { ...UNUSED, sns: ['GetTopic'] })]);
    assert.deepEqual(describeLenses(lenses), shown);
  });
}

test('The amounts are those of the command line', () => {
  const text = policyOf(['s3:*'], ['s3:Get*', 'sqs:*']);
  const { lenses, analysis } = lensesOf(text, [findingV2('App', UNUSED)]);
  const { granted, unused } = analysis.policies[0]?.refined?.refinement.totals ?? {};
  assert.equal(lenses[0]?.command?.title, `App · ${unused} of ${granted} granted actions unused`);
});

describe('Whose findings apply', () => {
  const roles = (names: readonly string[]) => names.map((name) => findingV2(name, UNUSED, { id: name }));
  const cases: readonly [names: readonly string[], title: string][] = [
    [['App'], 'App · 1 of 2 granted actions unused'],
    [['App', 'Admin'], 'App and Admin · 1 of 2 granted actions unused'],
    [['App', 'Admin', 'Job', 'Web'], 'App and 3 others · 1 of 2 granted actions unused'],
  ];
  for (const [names, title] of cases) {
    test(`is said in the title: ${title}`, () => {
      const [lens] = lensesOf(policyOf(['s3:Get*']), roles(names), names).lenses;
      assert.equal(lens?.command?.title, title);
      assert.match(lens?.command?.tooltip ?? '', /arn:aws:iam::123456789012:role\/App.* apply, because your setting/);
    });
  }

  test('is not said of findings that name nobody', () => {
    const [lens] = lensesOf(policyOf(['s3:Get*']), [{ serviceNamespace: 's3', actions: ['GetObject'] }]).lenses;
    assert.equal(lens?.command?.title, '1 of 2 granted actions unused');
    assert.match(lens?.command?.tooltip ?? '', /^Findings apply, because 'findings\.json' names no principal$/);
  });

  test('is said in plain letters, whatever a findings file calls them', () => {
    const resource = `arn:aws:iam::123456789012:role/$(trash) <b>\n${'x'.repeat(500)}`;
    const [lens] = lensesOf(policyOf(['s3:Get*']), [findingV2('', UNUSED, { resource })], [resource]).lenses;
    assert.match(lens?.command?.title ?? '', /^[\w? ·]{1,100}$/);
  });
});

describe('A policy to which no findings apply', () => {
  const other = [findingV2('Other', UNUSED)];

  test('has a lens that lets the user choose, and says why none do', () => {
    const { lenses } = lensesOf(policyOf(['s3:Get*']), other);
    assert.deepEqual(describeLenses(lenses), ['0: No findings apply · Choose principal']);
    assert.match(lenses[0]?.command?.tooltip ?? '', /no principal matches this policy: the findings are about Other/);
    assert.deepEqual(lenses[0]?.command?.arguments, [{ uri: 'file:///w/App.json', pointer: '' }]);
  });

  test('has none where there is nobody to choose', () => {
    assert.deepEqual(lensesOf(policyOf(['s3:Get*']), []).lenses, []);
  });

  test('has none where the settings are to be mended first', () => {
    assert.deepEqual(lensesOf(policyOf(['s3:Get*']), other, [], 'a reason').lenses, []);
  });

  test('has none where it is no identity policy', () => {
    const trust = policyOf(['sts:AssumeRole']).replace('"Effect"', '"Principal": "*", "Effect"');
    assert.deepEqual(lensesOf(JSON.stringify({ AssumeRolePolicyDocument: JSON.parse(trust) }), other).lenses, []);
  });
});

test('Each lens runs its command on what it stands over', () => {
  const text = JSON.stringify({ A: JSON.parse(policyOf(['s3:Get*'], ['s3:*'])) }, null, 1);
  const { lenses } = lensesOf(text, [findingV2('App', UNUSED)]);
  assert.deepEqual(
    lenses.map(({ command }) => [command?.command, command?.arguments?.[0]?.pointer]),
    [
      ['choose', '/A'],
      ['refine', '/A'],
      ['preview', '/A'],
      ['', undefined],
      ['refine', '/A/Statement/0'],
      ['preview', '/A/Statement/0'],
      ['', undefined],
      ['refine', '/A/Statement/1'],
      ['preview', '/A/Statement/1'],
    ],
  );
});

test('Nobody is shown more than a thousand lenses or so', () => {
  const text = JSON.stringify(Array.from({ length: 2000 }, () => JSON.parse(policyOf(['s3:Get*']))));
  const { lenses } = lensesOf(text, [findingV2('App', UNUSED)]);
  assert.ok(lenses.length >= 1000 && lenses.length < 1003);
});

/** The lenses of the file `App.json` beside findings; `names` are mapped to it. */
function lensesOf(
  text: string,
  findings: readonly object[],
  names: readonly string[] = [],
  blocked?: string,
): { lenses: CodeLens[]; analysis: FileAnalysis } {
  const index = new FindingsIndex([readFindings(JSON.stringify(findings), '/w/findings.json', catalogue)]);
  const analyzer = new Analyzer(catalogue, index, { generalization: 'prefix', keep: [], ...(blocked && { blocked }) });
  const mappings = names.length > 0 ? [{ key: 'App.json', principals: names }] : [];
  const analysis = analyzer.analyze(text, json, { path: '/w/App.json', root: '/w' }, { mappings });
  const document = TextDocument.create('file:///w/App.json', 'json', 1, text);
  const commands = { refinePolicy: 'refine', previewRefinement: 'preview', choosePrincipal: 'choose' };
  const canChoose = index.principals.length > 0;
  return { analysis, lenses: codeLenses(document, analysis, { commands, canChoose }) };
}

/** A line a place: `0: App · 2 of 5 granted actions unused | Refine`. */
function describeLenses(lenses: readonly CodeLens[]): string[] {
  const byLine = new Map<number, string[]>();
  for (const { range, command } of lenses) {
    byLine.set(range.start.line, [...(byLine.get(range.start.line) ?? []), command?.title ?? '']);
  }
  return [...byLine].map(([line, titles]) => `${line}: ${titles.join(' | ')}`);
}
