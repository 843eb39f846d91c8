import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { combineFindings, evidenceOf, intersect, toReports } from '../../../server/src/service/findings/combine.ts';
import type { Finding } from '../../../server/src/service/findings/finding.ts';
import { combined, describeCombined, finding, type Unused } from '../../support/jsonFindings.ts';

const older = '2024-11-01T00:00:00Z';
const newer = '2024-11-20T00:00:00Z';

suite('One finding', {
  'says what it says': [
    [finding({ s3: ['GetObject', 'PutObject'], ec2: 'whole' })],
    'ec2: whole; s3: getobject putobject',
  ],
  'about a service in two spellings speaks of one service': [
    [finding({ s3: ['GetObject'], S3: ['PutObject'] })],
    's3: getobject putobject',
  ],
  'about a whole service and some of its names speaks of the whole': [
    [finding({ s3: 'whole', S3: ['PutObject'] })],
    's3: whole',
  ],
  'that is not ACTIVE says nothing': [[finding({ s3: ['A'] }, { active: false })], 'nothing'],
  'that names no action says nothing': [[finding({ s3: [] })], 'nothing'],
  'about access keys says nothing': [[finding({})], 'nothing'],
});

suite('Of several answers about one finding', {
  'the newest wins': [
    [finding({ s3: ['Old'] }, { id: 'f', updatedAt: older }), finding({ s3: ['New'] }, { id: 'f', updatedAt: newer })],
    's3: new',
  ],
  'the newest wins, whatever their order': [
    [finding({ s3: ['New'] }, { id: 'f', updatedAt: newer }), finding({ s3: ['Old'] }, { id: 'f', updatedAt: older })],
    's3: new',
  ],
  'a newer RESOLVED wins over an older ACTIVE': [
    [
      finding({ s3: ['Old'] }, { id: 'f', updatedAt: older }),
      finding({}, { id: 'f', updatedAt: newer, active: false }),
    ],
    'nothing',
  ],
  'a newer ACTIVE wins over an older RESOLVED': [
    [
      finding({}, { id: 'f', updatedAt: older, active: false }),
      finding({ s3: ['New'] }, { id: 'f', updatedAt: newer }),
    ],
    's3: new',
  ],
  'the later analysis wins where they were updated at the same time': [
    [
      finding({ s3: ['New'] }, { id: 'f', updatedAt: older, analyzedAt: newer }),
      finding({ s3: ['Old'] }, { id: 'f', updatedAt: older, analyzedAt: older }),
    ],
    's3: new',
  ],
  'the time of the update goes before the time of the analysis': [
    [
      finding({ s3: ['Old'] }, { id: 'f', updatedAt: older, analyzedAt: newer }),
      finding({ s3: ['New'] }, { id: 'f', updatedAt: newer, analyzedAt: older }),
    ],
    's3: new',
  ],
  'those of the same time are pages of one': [
    [
      finding({ s3: ['A'], ec2: 'whole' }, { id: 'f', updatedAt: newer }),
      finding({ s3: ['B'], sqs: ['C'] }, { id: 'f', updatedAt: newer }),
    ],
    'ec2: whole; s3: a b; sqs: c',
  ],
  'those without any date are pages of one': [
    [finding({ s3: ['A'] }, { id: 'f' }), finding({ s3: ['B'] }, { id: 'f' })],
    's3: a b',
  ],
  'the same answer twice says what it says once': [
    [finding({ s3: ['A'] }, { id: 'f', updatedAt: newer }), finding({ s3: ['A'] }, { id: 'f', updatedAt: newer })],
    's3: a',
  ],
  'one with a date wins over one without': [
    [finding({ s3: ['A'] }, { id: 'f' }), finding({ s3: ['B'] }, { id: 'f', updatedAt: older })],
    's3: b',
  ],
  'one with an unreadable date counts as one without': [
    [
      finding({ s3: ['A'] }, { id: 'f', updatedAt: 'yesterday' }),
      finding({ s3: ['B'] }, { id: 'f', updatedAt: older }),
    ],
    's3: b',
  ],
});

describe('Dates are compared as times, however they are written', () => {
  const ascending = [
    '2019-12-18 19:10:07+00:00',
    '2019-12-18T19:10:08+00:00',
    '2019-12-18T19:10:08.500Z',
    '2019-12-18 20:10:09+01:00',
    '2019-12-18T19:10:10Z',
  ];
  for (const [index, updatedAt] of ascending.slice(1).entries()) {
    test(`${ascending[index]} is before ${updatedAt}`, () => {
      const before = finding({ s3: ['Old'] }, { id: 'f', updatedAt: ascending[index] as string });
      assert.equal(combined(finding({ s3: ['New'] }, { id: 'f', updatedAt }), before), 's3: new');
    });
  }
});

suite('Several findings must agree', {
  'unused is what both call unused': [
    [finding({ s3: ['A', 'B'] }, { id: 'f' }), finding({ s3: ['B', 'C'] }, { id: 'g' })],
    's3: b',
  ],
  'a name counts in any case': [[finding({ s3: ['GETobject'] }), finding({ S3: ['getOBJECT'] })], 's3: getobject'],
  'a service that only one reports is used': [[finding({ s3: ['A'], ec2: ['B'] }), finding({ s3: ['A'] })], 's3: a'],
  'a whole service and some of its names agree about the names': [
    [finding({ s3: 'whole' }), finding({ s3: ['A'] })],
    's3: a',
  ],
  'some of its names and a whole service, too': [[finding({ s3: ['A'] }), finding({ s3: 'whole' })], 's3: a'],
  'a whole service twice is whole': [[finding({ s3: 'whole' }), finding({ s3: 'whole' })], 's3: whole'],
  'an unused role agrees to everything': [
    [finding({ '*': 'whole' }), finding({ s3: ['A'], ec2: 'whole' })],
    'ec2: whole; s3: a',
  ],
  'everything and an unused role, too': [
    [finding({ s3: ['A'], ec2: 'whole' }), finding({ '*': 'whole' })],
    'ec2: whole; s3: a',
  ],
  'an unused role twice is unused': [[finding({ '*': 'whole' }), finding({ '*': 'whole' })], '*: whole'],
  'three are asked like two': [
    [finding({ s3: ['A', 'B'] }), finding({ s3: 'whole' }), finding({ s3: ['B', 'C'] })],
    's3: b',
  ],
  'a RESOLVED one of another id has no say': [
    [finding({ s3: ['A'] }, { id: 'f' }), finding({}, { id: 'g', active: false })],
    's3: a',
  ],
  'one about access keys has no say': [[finding({ s3: ['A'] }, { id: 'f' }), finding({}, { id: 'g' })], 's3: a'],
  'where they agree about nothing, nothing is unused': [[finding({ s3: ['A'] }), finding({ ec2: ['B'] })], ''],
});

test('Findings without an id stand each for itself, and so must agree', () => {
  assert.equal(combined(finding({ s3: ['A', 'B'] }), finding({ s3: ['B'] })), 's3: b');
});

test('Principals that share a policy are joined like sources that must agree', () => {
  const [a, b] = [{ s3: ['A', 'B'] }, { s3: ['B'], ec2: 'whole' }].map((unused) =>
    combineFindings([finding(unused as Unused)]),
  );
  assert.equal(describeCombined(a && b && intersect(a, b)), 's3: b');
});

test('The refiner is given each service with its names, or as a whole', () => {
  const findings = combineFindings([finding({ s3: ['GetObject'], ec2: 'whole', ['__proto__']: ['A'] })]);
  assert.deepEqual(findings && toReports(findings), [
    { service: 's3', actions: ['getobject'] },
    { service: 'ec2', actions: 'whole' },
    { service: '__proto__', actions: ['a'] },
  ]);
});

describe('The evidence for an action', () => {
  const more = { id: 'f', file: 'f.json', analyzedAt: newer };
  const common = { file: 'f.json', findingId: 'f', analyzedAt: newer };
  const last = { s3: { lastAccessed: older, path: ['here'] } };
  const reports: Finding = {
    ...finding({}, more),
    services: [
      {
        service: 's3',
        actions: [
          { name: 'GetObject', lastAccessed: older, path: [1] },
          { name: 'PutObject', path: [2] },
        ],
        path: [0],
      },
      { service: 'ec2', actions: 'whole', ...last.s3 },
    ],
  };
  const combinedReports = combineFindings([reports]);
  const evidence = (service: string, name: string) => combinedReports && evidenceOf(combinedReports, service, name);

  test('is where the action is reported, with the day of its last use', () => {
    assert.deepEqual(evidence('S3', 'getobject'), { ...common, path: [1], lastAccessed: older });
    assert.deepEqual(evidence('s3', 'PUTOBJECT'), { ...common, path: [2] });
  });

  test('is that of its service where that is unused as a whole', () => {
    assert.deepEqual(evidence('ec2', 'RunInstances'), { ...common, ...last.s3 });
  });

  test('is that of the role where that is unused', () => {
    const unused = combineFindings([finding({ '*': 'whole' }, more)]);
    assert.deepEqual(unused && evidenceOf(unused, 's3', 'GetObject'), { ...common, path: ['findingDetails', 0] });
  });

  test('is none for an action that nobody reports', () => {
    assert.equal(evidence('s3', 'ListBucket'), undefined);
    assert.equal(evidence('sqs', 'SendMessage'), undefined);
    assert.equal(evidence('__proto__', 'constructor'), undefined);
  });
});

function suite(name: string, cases: Readonly<Record<string, [findings: readonly Finding[], expected: string]>>): void {
  describe(name, () => {
    for (const [what, [findings, expected]] of Object.entries(cases))
      test(what, () => assert.equal(combined(...findings), expected));
  });
}
