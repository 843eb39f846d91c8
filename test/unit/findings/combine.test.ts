import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { combineFindings, evidenceOf, intersect, toReports } from '../../../server/src/service/findings/combine.ts';
import type { Finding } from '../../../server/src/service/findings/finding.ts';
import { readFindings } from '../../../server/src/service/findings/read.ts';
import { JsonLocator } from '../../../server/src/service/json/locate.ts';
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
  const reports = findings ? toReports(findings) : [];
  assert.deepEqual(
    reports.map(({ service, actions }) => `${service}: ${actions}`.toLowerCase()),
    ['s3: getobject', 'ec2: whole', '__proto__: a'],
  );
});

describe('The evidence for an action', () => {
  const text = JSON.stringify({
    id: 'f',
    analyzedAt: newer,
    findingDetails: [
      {
        unusedPermissionDetails: {
          serviceNamespace: 's3',
          actions: [{ action: 'GetObject', lastAccessed: older }, 1, { action: 'PutObject' }],
        },
      },
      { unusedPermissionDetails: { serviceNamespace: 'ec2', lastAccessed: older } },
    ],
  });
  const common = { file: 'f.json', findingId: 'f', analyzedAt: newer };

  /** The evidence, with the text of its place instead of the path to it. */
  function evidence(service: string, name: string, source = text) {
    const findings = combineFindings(readFindings(source, 'f.json').findings);
    const found = findings && evidenceOf(findings, service, name);
    if (!found) return undefined;
    const { place, ...rest } = found;
    const { start, end } = new JsonLocator(source).locate(place);
    return { ...rest, at: source.slice(start, end) };
  }

  test('is where the action is reported, with the day of its last use', () => {
    const at = '"GetObject"';
    assert.deepEqual(evidence('S3', 'getobject'), { ...common, lastAccessed: older, at });
    assert.deepEqual(evidence('s3', 'PUTOBJECT'), { ...common, at: '"PutObject"' });
  });

  test('is that of its service where that is unused as a whole', () => {
    const at = '{"serviceNamespace":"ec2","lastAccessed":"2024-11-01T00:00:00Z"}';
    assert.deepEqual(evidence('ec2', 'RunInstances'), { ...common, lastAccessed: older, at });
  });

  test('is that of the role where that is unused', () => {
    const role = '{"findingDetails": [{"unusedIamRoleDetails": {}}]}';
    assert.deepEqual(evidence('s3', 'GetObject', role), { file: 'f.json', at: '{"unusedIamRoleDetails": {}}' });
  });

  test('is the place in a list that names nobody, too', () => {
    const list = '[{"serviceNamespace": "s3", "actions": [1, "GetObject"]}, {"serviceNamespace": "ec2"}]';
    assert.deepEqual(evidence('s3', 'GetObject', list), { file: 'f.json', at: '"GetObject"' });
    assert.deepEqual(evidence('ec2', 'RunInstances', list), { file: 'f.json', at: '{"serviceNamespace": "ec2"}' });
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
