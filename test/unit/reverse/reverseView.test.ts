import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Analyzer } from '../../../server/src/service/analysis.ts';
import { FindingsIndex } from '../../../server/src/service/findings/findingsIndex.ts';
import { readFindings } from '../../../server/src/service/findings/read.ts';
import { json } from '../../../server/src/service/policy/json/index.ts';
import { type NotGranted, ReverseView } from '../../../server/src/service/reverse/reverseView.ts';
import { describeNotGranted, describeWithoutPolicy, listSome } from '../../../server/src/service/reverse/wording.ts';
import { catalogueWith } from '../../support/catalogues.ts';
import { answer, type Unused } from '../../support/jsonFindings.ts';

const catalogue = catalogueWith({
  s3: ['GetBucketAcl', 'GetObject', 'ListBucket', 'PutObject'],
  sqs: ['ReceiveMessage', 'SendMessage'],
  iam: ['GetRole', 'PassRole'],
});

/** A row: what is reported of the role `App`, what its policies say, and what of it none of them grants. */
interface Row {
  readonly reported: Unused;
  /** The text of each policy of the role: its entries of an Allow statement, or its statements. */
  readonly policies: readonly (readonly string[] | object)[];
  readonly keep?: readonly string[];
  /** `s3:GetObject, sqs (1 + 1 of 2 + 1)`. */
  readonly left: string;
}

table('Actions that are reported one by one', {
  'are left where no policy grants them': {
    reported: { s3: ['GetObject', 'PutObject'] },
    policies: [['s3:PutObject', 's3:ListBucket']],
    left: 's3:GetObject (1 + 0 of 2 + 0)',
  },
  'are ticked off in any case': {
    reported: { s3: ['GetObject', 'PutObject'] },
    policies: [['S3:putobject', 's3:GETOBJECT']],
    left: 'nothing',
  },
  'are ticked off by wildcards': {
    reported: { s3: ['GetObject', 'PutObject', 'ListBucket'] },
    policies: [['s3:?et*', 's3:*Object']],
    left: 's3:ListBucket (1 + 0 of 3 + 0)',
  },
  'are ticked off by *': { reported: { s3: ['GetObject'], sqs: ['SendMessage'] }, policies: [['*']], left: 'nothing' },
  'are ticked off by a wildcard for all services': {
    reported: { s3: ['GetObject', 'PutObject'], iam: ['GetRole'] },
    policies: [['*:Get*']],
    left: 's3:PutObject (1 + 0 of 3 + 0)',
  },
  'are ticked off by several policies together': {
    reported: { s3: ['GetObject', 'PutObject'], sqs: ['SendMessage'] },
    policies: [['s3:GetObject'], ['sqs:*'], ['s3:ListBucket']],
    left: 's3:PutObject (1 + 0 of 3 + 0)',
  },
  'are ticked off where the catalogue lacks them, too': {
    reported: { s3: ['GetNewThing', 'PutNewThing', 'ListNewThing'], future: ['Do', 'Undo'] },
    policies: [['s3:Get*', 's3:putnewthing', 'future:Do']],
    left: 'future:Undo, s3:ListNewThing (2 + 0 of 5 + 0)',
  },
  'are ticked off by NotAction': {
    reported: { s3: ['GetObject', 'PutObject', 'PutNewThing', 'GetNewThing'], sqs: ['SendMessage'] },
    policies: [allow({ NotAction: ['s3:Put*', 'ec2:*'] })],
    left: 's3:PutObject, s3:PutNewThing (2 + 0 of 5 + 0)',
  },
  'are not ticked off by a NotAction of everything': {
    reported: { s3: ['GetObject'] },
    policies: [allow({ NotAction: '*' })],
    left: 's3:GetObject (1 + 0 of 1 + 0)',
  },
  'are not ticked off by Deny': {
    reported: { s3: ['GetObject'] },
    policies: [{ Effect: 'Deny', Action: 's3:*', Resource: '*' }],
    left: 's3:GetObject (1 + 0 of 1 + 0)',
  },
  'are not ticked off by a trust or resource policy': {
    reported: { s3: ['GetObject'] },
    policies: [allow({ Action: 's3:*', Principal: '*' })],
    left: 's3:GetObject (1 + 0 of 1 + 0)',
  },
  'are not ticked off by what is no entry': {
    reported: { s3: ['GetObject'] },
    policies: [['s3', 'GetObject', 's?:*', '']],
    left: 's3:GetObject (1 + 0 of 1 + 0)',
  },
  'are not on the list when the user keeps them': {
    reported: { s3: ['GetObject', 'PutObject'] },
    policies: [['sqs:*']],
    keep: ['s3:Get*'],
    left: 's3:PutObject (1 + 0 of 1 + 0)',
  },
  'come service by service': {
    reported: { sqs: ['SendMessage'], s3: ['PutObject', 'GetObject'] },
    policies: [['iam:*']],
    left: 's3:GetObject, s3:PutObject, sqs:SendMessage (3 + 0 of 3 + 0)',
  },
});

table('A service that is reported as a whole', {
  'is left where no policy grants any action of it': {
    reported: { sqs: 'whole', s3: ['GetObject'] },
    policies: [['s3:*']],
    left: 'sqs (0 + 1 of 1 + 1)',
  },
  'is ticked off by one action of it': {
    reported: { sqs: 'whole' },
    policies: [['sqs:SendMessage']],
    left: 'nothing',
  },
  'is ticked off by a wildcard': { reported: { sqs: 'whole' }, policies: [['sqs:Send*']], left: 'nothing' },
  'is ticked off by *': { reported: { sqs: 'whole', future: 'whole' }, policies: [['*']], left: 'nothing' },
  'is not ticked off by a wildcard that grants nothing of it': {
    reported: { sqs: 'whole' },
    policies: [['*:Get*', 'sqs:Get*']],
    left: 'sqs (0 + 1 of 0 + 1)',
  },
  'is ticked off by a name that the catalogue lacks': {
    reported: { sqs: 'whole' },
    policies: [['sqs:NewThing']],
    left: 'nothing',
  },
  'is ticked off where the catalogue lacks it': {
    reported: { future: 'whole', beyond: 'whole' },
    policies: [['future:Do*']],
    left: 'beyond (0 + 1 of 0 + 2)',
  },
  'is ticked off by NotAction': {
    reported: { sqs: 'whole', future: 'whole' },
    policies: [allow({ NotAction: ['s3:*', 'sqs:Send*', 'future:Do*'] })],
    left: 'nothing',
  },
  'is not ticked off by a NotAction that excepts it': {
    reported: { sqs: 'whole', future: 'whole' },
    policies: [allow({ NotAction: ['sqs:*', 'future:*'] })],
    left: 'future, sqs (0 + 2 of 0 + 2)',
  },
  'is iam, and iam:PassRole is reason enough': {
    reported: { iam: 'whole' },
    policies: [['iam:PassRole']],
    left: 'nothing',
  },
  'is not on the list when the user keeps all of it': {
    reported: { sqs: 'whole', future: 'whole' },
    policies: [['s3:*']],
    keep: ['sqs:*', 'future:*'],
    left: 'nothing',
  },
  'is on the list when the user keeps a part': {
    reported: { sqs: 'whole' },
    policies: [['s3:*']],
    keep: ['sqs:Send*'],
    left: 'sqs (0 + 1 of 0 + 1)',
  },
});

describe('Each principal has a view of its own', () => {
  const both = [answer(arn('App'), { s3: ['GetObject'] }), answer(arn('Other'), { s3: ['PutObject'] })];

  test('of the policies that belong to it only', () => {
    const view = viewOf(both, { '/ws/App.json': policyOf(['s3:PutObject']), '/ws/Other.json': policyOf(['s3:*']) });
    assert.equal(describeAll(view), 'App: s3:GetObject (1 + 0 of 1 + 0)');
  });

  test('also where they share a policy', () => {
    const analyzer = analyzerOf(both);
    const principals = analyzer.index.principals;
    const view = new ReverseView(analyzer);
    view.add(analyzer.analyze(policyOf(['s3:GetObject']), json, { path: '/ws/shared.json' }, { principals }).policies);
    assert.equal(describeAll(view), 'Other: s3:PutObject (1 + 0 of 1 + 0)');
    assert.deepEqual(view.withoutPolicy, []);
  });

  test('and those without a policy are told apart', () => {
    const archived = answer(arn('Archived'), { s3: ['GetObject'] }, { status: 'ARCHIVED' });
    const view = viewOf([...both, archived], { '/ws/App.json': policyOf(['s3:*']) });
    assert.equal(describeAll(view), '');
    assert.deepEqual(
      view.withoutPolicy.map(({ name }) => name),
      ['Other'],
    );
  });

  test('and is called by its ARN where another one has its name', () => {
    const elsewhere = answer('arn:aws:iam::222222222222:role/App', { s3: ['PutObject'] });
    const view = viewOf([...both, elsewhere], { '/ws/222222222222/App.json': policyOf(['sqs:*']) });
    assert.equal([...view.notGranted()][0]?.name, 'arn:aws:iam::222222222222:role/App');
  });

  test('but findings that name nobody have none', () => {
    const view = viewOf([{ serviceNamespace: 's3', actions: ['GetObject'] }], { '/ws/a.json': policyOf(['s3:Put*']) });
    assert.deepEqual([[...view.notGranted()], view.withoutPolicy], [[], []]);
  });

  test('and of one that uses nothing at all there is nothing to look for', () => {
    const role = answer(
      arn('App'),
      {},
      { findingType: 'UnusedIAMRole', findingDetails: [{ unusedIamRoleDetails: {} }] },
    );
    assert.equal(describeAll(viewOf([role], { '/ws/App.json': policyOf(['s3:GetObject']) })), '');
  });
});

describe('A template tells more of a role', () => {
  const findings = [answer(arn('App'), { s3: ['GetObject'] })];
  const role = (more: object, entries: readonly unknown[] = ['sqs:*']) => ({
    Type: 'AWS::IAM::Role',
    Properties: { RoleName: 'App', Policies: [{ PolicyDocument: JSON.parse(policyOf(entries)) }], ...more },
  });
  const template = (...resources: readonly object[]) =>
    JSON.stringify({ Resources: Object.fromEntries(resources.map((resource, index) => [`R${index}`, resource])) });
  const viewed = (text: string) => [...viewOf(findings, { '/ws/template.json': text }).notGranted()][0];

  test('the AWS managed policies that are attached to it', () => {
    const arns = ['A', 'service-role/B', 'A'].map((name) => `arn:aws:iam::aws:policy/${name}`);
    const view = viewed(template(role({ ManagedPolicyArns: arns })));
    assert.deepEqual(view?.managedPolicies, ['A', 'service-role/B']);
  });

  test('also where its policy stands apart', () => {
    const apart = {
      Type: 'AWS::IAM::Policy',
      Properties: { Roles: [{ Ref: 'R1' }], PolicyDocument: JSON.parse(policyOf(['sqs:*'])) },
    };
    const attached = role({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/A'], Policies: [] });
    assert.deepEqual(viewed(template(apart, attached))?.managedPolicies, ['A']);
  });

  test('but its trust policy is none that grants', () => {
    const AssumeRolePolicyDocument = { Statement: [{ Effect: 'Allow', Action: '*', Principal: '*' }] };
    assert.deepEqual(viewed(template(role({ AssumeRolePolicyDocument })))?.actions, ['s3:GetObject']);
  });

  test('and where entries are not written literally', () => {
    assert.equal(viewed(template(role({})))?.hasOpaqueEntries, false);
    assert.equal(viewed(template(role({}, ['sqs:*', { 'Fn::Sub': 's3:${What}' }])))?.hasOpaqueEntries, true);
  });
});

test('A view in words', () => {
  const view: NotGranted = {
    principal: { label: 'App', name: 'App' },
    name: 'App',
    actions: ['s3:GetObject', 's3:PutObject'],
    services: [],
    reported: { actions: 1040, services: 3 },
    managedPolicies: [],
    hasOpaqueEntries: false,
  };
  const rows: readonly [more: Partial<NotGranted>, expected: string][] = [
    [{}, 'App: 2 of 1,040 reported actions are granted by no policy here'],
    [{ actions: ['s3:GetObject'] }, 'App: 1 of 1,040 reported actions is granted by no policy here'],
    [
      { actions: [], services: ['sqs'], reported: { actions: 0, services: 1 } },
      'App: 1 of 1 service reported as a whole is granted by no policy here',
    ],
    [
      { services: ['sqs'] },
      'App: 2 of 1,040 reported actions and 1 of 3 services reported as a whole are granted by no policy here',
    ],
    [
      { managedPolicies: ['ReadOnlyAccess'] },
      "App: 2 of 1,040 reported actions are granted by no policy here, but likely by the attached AWS managed policy 'ReadOnlyAccess'",
    ],
    [
      { managedPolicies: ['A', 'B', 'C', 'D', 'E'], hasOpaqueEntries: true },
      "App: 2 of 1,040 reported actions are granted by no policy here (entries that are not written literally were not looked at), but likely by the attached AWS managed policies 'A', 'B', 'C' and 2 others",
    ],
  ];
  for (const [more, expected] of rows) assert.equal(describeNotGranted({ ...view, ...more }), expected);
});

test('Principals without a policy in words', () => {
  assert.equal(describeWithoutPolicy(['App']), 'no policy here belongs to App');
  assert.equal(
    describeWithoutPolicy(['A', 'B', 'C', 'D', 'E']),
    'no policy here belongs to 5 of the principals that the findings are about: A, B, C and 2 others',
  );
  assert.equal(listSome(['A', 'B']), 'A and B');
  assert.equal(listSome([]), '');
});

function table(name: string, rows: Readonly<Record<string, Row>>): void {
  describe(name, () => {
    for (const [title, { reported, policies, keep, left }] of Object.entries(rows)) {
      test(title, () => {
        const files = policies.map((policy, index) => [`/ws/App/${index}.json`, policyOf(policy)] as const);
        const view = viewOf([answer(arn('App'), reported)], Object.fromEntries(files), keep);
        assert.equal(describeAll(view) || 'App: nothing', `App: ${left}`);
        assert.deepEqual(view.withoutPolicy, []);
      });
    }
  });
}

function viewOf(findings: readonly unknown[], files: Readonly<Record<string, string>>, keep?: readonly string[]) {
  const analyzer = analyzerOf(findings, keep);
  const view = new ReverseView(analyzer);
  for (const [path, text] of Object.entries(files))
    view.add(analyzer.analyze(text, json, { path, root: '/ws' }).policies);
  return view;
}

function analyzerOf(findings: readonly unknown[], keep: readonly string[] = []): Analyzer {
  const file = readFindings(JSON.stringify(findings), '/ws/findings.json', catalogue);
  assert.deepEqual(file.problems, []);
  return new Analyzer(catalogue, new FindingsIndex([file]), { generalization: 'prefix', keep });
}

function describeAll(view: ReverseView): string {
  return [...view.notGranted()]
    .map(({ name, actions, services, reported }) => {
      const amounts = `${actions.length} + ${services.length} of ${reported.actions} + ${reported.services}`;
      return `${name}: ${[...actions, ...services].join(', ')} (${amounts})`;
    })
    .join('; ');
}

function allow(statement: object): object {
  return { Effect: 'Allow', Resource: '*', ...statement };
}

function policyOf(policy: readonly unknown[] | object): string {
  return JSON.stringify({ Statement: [Array.isArray(policy) ? allow({ Action: policy }) : policy] });
}

function arn(name: string): string {
  return `arn:aws:iam::111111111111:role/${name}`;
}
