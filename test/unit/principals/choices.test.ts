import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Analyzer } from '../../../server/src/service/analysis.ts';
import { FindingsIndex } from '../../../server/src/service/findings/findingsIndex.ts';
import { readFindings } from '../../../server/src/service/findings/read.ts';
import { json } from '../../../server/src/service/policy/json/index.ts';
import { type PrincipalChoice, principalChoices } from '../../../server/src/service/principals/choices.ts';
import { principalKeys } from '../../../server/src/workspace/principalKeys.ts';
import { findingV2, policyOf, roleArn } from '../../protocol/support/samples.ts';
import { template } from '../../protocol/support/template.ts';
import { today } from '../../support/catalogues.ts';

describe('The principals that can be chosen', () => {
  test('are those whose findings apply, then those who are called like the file or its folders, then all others', () => {
    const choices = choicesFor(
      '/w/order/reporting.json',
      [
        findingV2('Aardvark', { s3: ['GetObject'] }),
        findingV2('OrderRole', { s3: ['GetObject'] }),
        findingV2('ReportingRole', { s3: ['GetObject'] }),
        findingV2('Zebra', { s3: ['GetObject'] }),
      ],
      ['Zebra'],
    );
    assert.deepEqual(
      choices.map(({ name, isCurrent }) => [name, isCurrent]),
      [
        ['Zebra', true],
        ['OrderRole', false],
        ['ReportingRole', false],
        ['Aardvark', false],
      ],
    );
  });

  test('come with what tells them from others', () => {
    const user = 'arn:aws:iam::210987654321:user/team/App';
    const choices = choicesFor('/w/p.json', [
      findingV2('App', { s3: null }),
      findingV2('App', { s3: null }, { id: 'two', resource: user }),
    ]);
    assert.deepEqual(
      choices.map(({ id, name, kind, account }) => ({ id, name, kind, account })),
      [
        { id: roleArn('App'), name: 'App', kind: 'role', account: '123456789012' },
        { id: user, name: 'App', kind: 'user', account: '210987654321' },
      ],
    );
  });

  test('are of the account that the path names, because no others would apply', () => {
    const resource = roleArn('Job', '210987654321');
    const findings = [findingV2('App', { s3: null }), findingV2('Job', { s3: null }, { resource })];
    const namesFor = (path: string) => choicesFor(path, findings).map(({ name }) => name);
    assert.deepEqual(namesFor('/w/210987654321/p.json'), ['Job']);
    assert.deepEqual(namesFor('/w/p.json'), ['App', 'Job']);
  });

  test('come with how much is reported of them, without what is kept', () => {
    const [app] = choicesFor('/w/p.json', [
      findingV2('App', { s3: ['GetObject', 'GetBucketAcl', 'PutObject'], sqs: null, ec2: null }),
    ]);
    assert.deepEqual(app?.unused, { actions: 2, services: 2 });
    assert.equal(app.usesNothing, false);
  });

  test('say of whom nothing is used at all, and of whom nothing is reported any more', () => {
    const choices = choicesFor('/w/p.json', [
      findingV2('Gone', {}, { findingType: 'UnusedIAMRole', findingDetails: [{ unusedIamRoleDetails: {} }] }),
      findingV2('Solved', { s3: null }, { status: 'RESOLVED' }),
    ]);
    assert.deepEqual(
      choices.map(({ name, usesNothing, unused }) => [name, usesNothing, unused]),
      [
        ['Gone', true, { actions: 0, services: 0 }],
        ['Solved', false, { actions: 0, services: 0 }],
      ],
    );
  });
});

describe('The keys under which a choice is written', () => {
  const policy = policyOf(['s3:GetObject']);
  const two = `[${policy}, ${policy}]`;
  /** A file's path and text, the index of its policy, what the settings say already, and the keys. */
  const cases: Readonly<
    Record<string, [path: string, text: string, index: number, settings: Record<string, string[]>, keys: string[]]>
  > = {
    'are the file and its folder': ['roles/app.json', policy, 0, {}, ['roles/app.json', 'roles/**']],
    'are the nearest folder': ['roles/team/app.json', policy, 0, {}, ['roles/team/app.json', 'roles/team/**']],
    'are the file alone where it lies in no folder': ['app.json', policy, 0, {}, ['./app.json']],
    'are the policy, too, where the file holds several': [
      'a/app.json',
      two,
      1,
      {},
      ['a/app.json#/1', 'a/app.json', 'a/**'],
    ],
    'are the policy alone where the syntax names its owner': [
      'a/t.json',
      template({ App: ['s3:*'] }),
      1,
      {},
      ['a/t.json#AppResource'],
    ],
    'leave out what another key goes before': ['a/app.json', policy, 0, { 'a/*': ['X'] }, ['a/app.json']],
    'do not mind what is closer': ['a/app.json', policy, 0, { 'a/app.json': ['X'] }, ['a/app.json', 'a/**']],
    'do not mind that they are there': ['a/app.json', policy, 0, { 'a/**': ['X'] }, ['a/app.json', 'a/**']],
    'are the one in use where it goes before all others': [
      'a/app.json',
      policy,
      0,
      { '/a/app.json': ['X'] },
      ['/a/app.json'],
    ],
  };
  for (const [name, [path, text, index, settings, expected]] of Object.entries(cases)) {
    test(name, () => {
      const analysis = analyzerOf([]).analyze(text, json, { path: `/w/${path}`, root: '/w' });
      const document = analysis.policies[index]?.document;
      assert(document);
      assert.deepEqual(principalKeys(settings, path, analysis, document), expected);
    });
  }
});

function analyzerOf(findings: readonly object[]): Analyzer {
  const index = new FindingsIndex([readFindings(JSON.stringify(findings), '/w/f.json', today)]);
  return new Analyzer(today, index, { generalization: 'prefix', keep: ['s3:PutObject'] });
}

/** The choices for the one policy of a file, to which the settings may map principals. */
function choicesFor(
  path: string,
  findings: readonly object[],
  mapped: readonly string[] = [],
): readonly PrincipalChoice[] {
  const analyzer = analyzerOf(findings);
  const mappings = mapped.length > 0 ? [{ key: 'x', principals: mapped }] : [];
  const { policies, place } = analyzer.analyze(policyOf(['s3:Get*']), json, { path, root: '/w' }, { mappings });
  assert(policies[0]);
  const steps = principalChoices(analyzer, policies[0], place);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
