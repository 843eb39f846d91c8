import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { combineFindings, evidenceOf, intersect, toReports } from '../../../server/src/service/findings/combine.ts';
import type { Finding } from '../../../server/src/service/findings/finding.ts';
import { readFindings } from '../../../server/src/service/findings/read.ts';
import { JsonLocator } from '../../../server/src/service/json/locate.ts';
import { today } from '../../support/catalogues.ts';
import { combined, describeCombined, finding, listOf, type Unused } from '../../support/jsonFindings.ts';

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
  'those of one file without any date are pages of one': [
    [finding({ s3: ['A'] }, { id: 'f' }), finding({ s3: ['B'] }, { id: 'f' })],
    's3: a b',
  ],
  'the same answer twice says what it says once': [
    [finding({ s3: ['A'] }, { id: 'f', updatedAt: newer }), finding({ s3: ['A'] }, { id: 'f', updatedAt: newer })],
    's3: a',
  ],
});

suite('Where nobody can tell which answer is the newest', {
  'those of several files without any date must agree': [
    [finding({ s3: ['A', 'Old'] }, { id: 'f' }), finding({ s3: ['A', 'B'] }, { id: 'f', file: 'other.json' })],
    's3: a',
  ],
  'one with a date and one without must agree': [
    [finding({ s3: ['A', 'B'] }, { id: 'f' }), finding({ s3: ['B', 'Old'] }, { id: 'f', updatedAt: older })],
    's3: b',
  ],
  'so must one with the time of its update and one with that of its analysis': [
    [
      finding({ s3: ['A', 'Old'] }, { id: 'f', updatedAt: older, analyzedAt: older }),
      finding({ s3: ['A', 'B'] }, { id: 'f', analyzedAt: newer }),
    ],
    's3: a',
  ],
  'one without a date that is not ACTIVE speaks for those with one': [
    [finding({ s3: ['Old'] }, { id: 'f', updatedAt: older }), finding({}, { id: 'f', active: false })],
    'nothing',
  ],
  'one that is not ACTIVE speaks for all of them': [
    [
      finding({ s3: ['Old'] }, { id: 'f', updatedAt: older }),
      finding({}, { id: 'f', updatedAt: 'lately', active: false }),
    ],
    'nothing',
  ],
  'nor does it matter which of them has the odd date': [
    [
      finding({ s3: ['Old'] }, { id: 'f', updatedAt: newer, analyzedAt: 'lately' }),
      finding({}, { id: 'f', updatedAt: older, active: false }),
    ],
    'nothing',
  ],
  'a date of another century is none': [
    [
      finding({ s3: ['Old'] }, { id: 'f', updatedAt: '9999-12-31T00:00:00Z' }),
      finding({}, { id: 'f', updatedAt: newer, active: false }),
    ],
    'nothing',
  ],
  'all of them must agree': [
    [
      finding({ s3: ['A', 'B'] }, { id: 'f', updatedAt: older }),
      finding({ s3: ['A'] }, { id: 'f', updatedAt: 'lately' }),
    ],
    's3: a',
  ],
  'those of the same text are pages of one': [
    [
      finding({ s3: ['A'] }, { id: 'f', updatedAt: 'lately' }),
      finding({ s3: ['B'] }, { id: 'f', updatedAt: 'lately' }),
    ],
    's3: a b',
  ],
  'a date as mails have it can be read': [
    [
      finding({ s3: ['Old'] }, { id: 'f', updatedAt: older }),
      finding({ s3: ['New'] }, { id: 'f', updatedAt: 'Wed, 20 Nov 2024 00:00:00 GMT' }),
    ],
    's3: new',
  ],
});

suite('What was wrong in another order', {
  'pages are not those of an older answer': [
    [
      finding({ s3: ['A'] }, { id: 'f', updatedAt: newer }),
      finding({ s3: ['Old'] }, { id: 'f', updatedAt: older }),
      finding({ s3: ['B'] }, { id: 'f', updatedAt: newer }),
    ],
    's3: a b',
  ],
  'of pages that disagree about the status none counts': [
    [
      finding({ s3: ['A'] }, { id: 'f', updatedAt: newer }),
      finding({ s3: ['B'] }, { id: 'f', updatedAt: newer, active: false }),
    ],
    'nothing',
  ],
  'an old ACTIVE answer does not come back because the newer one is RESOLVED': [
    [
      finding({}, { id: 'f', updatedAt: newer, active: false }),
      finding({ s3: ['Old'] }, { id: 'f', updatedAt: older }),
      finding({ s3: ['A', 'Old'] }, { id: 'g', updatedAt: older }),
    ],
    's3: a old',
  ],
  'what is older is left out before the others are asked to agree': [
    [
      finding({ s3: ['A'] }, { id: 'f', updatedAt: newer }),
      finding({ s3: ['B'] }, { id: 'f', updatedAt: older }),
      finding({ s3: ['A', 'B'] }, { id: 'g', updatedAt: older }),
    ],
    's3: a',
  ],
  'pages are united before the others are asked to agree': [
    [
      finding({ s3: ['A'] }, { id: 'f', updatedAt: newer }),
      finding({ s3: ['A', 'B'] }, { id: 'g', updatedAt: newer }),
      finding({ s3: ['B'] }, { id: 'f', updatedAt: newer }),
    ],
    's3: a b',
  ],
});

describe('Dates are compared as times, however they are written', () => {
  const ascending = [
    '2019-12-18 19:10:07+00:00',
    '2019-12-18T19:10:08+00:00',
    '2019-12-18T19:10:08.500Z',
    '2019-12-18 20:10:09+01:00',
    '2019-12-18T19:10:10Z',
    '2019-12-18T20:10:11+0100',
    '2019-12-18 19:10:12',
    '2019-12-18T19:10:13.123456+00:00',
    '2019-12-19',
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
  'one that names no action calls nothing unused': [[finding({ s3: ['A'] }), finding({ s3: [] })], ''],
  'one of which nothing could be read does neither': [
    [finding({}, { isUnreadable: true }), finding({ s3: ['A'] })],
    '',
  ],
  'an empty page of a finding takes nothing from the others': [
    [finding({ s3: [] }, { id: 'f' }), finding({ s3: ['A'] }, { id: 'f' })],
    's3: a',
  ],
  'a RESOLVED one of another id has no say': [
    [finding({ s3: ['A'] }, { id: 'f' }), finding({}, { id: 'g', active: false })],
    's3: a',
  ],
  'one about access keys has no say': [[finding({ s3: ['A'] }, { id: 'f' }), finding({}, { id: 'g' })], 's3: a'],
  'where they agree about nothing, nothing is unused': [[finding({ s3: ['A'] }), finding({ ec2: ['B'] })], ''],
});

describe('A finding about permissions of which nothing can be read has a say', () => {
  const details: Readonly<Record<string, unknown>> = {
    'with patterns for names': { serviceNamespace: 's3', actions: ['s3:Put*'] },
    'with names under another field': { serviceNamespace: 's3', permissions: ['PutObject'] },
    'with a text for the names': { serviceNamespace: 's3', actions: 'PutObject' },
    'with a text for all of it': 's3:PutObject',
  };
  for (const [name, unusedPermissionDetails] of Object.entries(details)) {
    test(name, () => {
      const text = JSON.stringify({ id: 'g', findingDetails: [{ unusedPermissionDetails }] });
      const { findings } = readFindings(text, 'f.json', today);
      assert.equal(combined(...findings), 'nothing');
      assert.equal(combined(finding({ s3: ['A'] }, { id: 'f' }), ...findings), '');
    });
  }
});

describe('A finding and a last-accessed report must agree', () => {
  const list = { list: 'TrackedActionsLastAccessed' };
  const place = { offset: 0, path: [] };
  /** A report that lists these actions of s3, each with the day of its last use. */
  const report = (tracked: Readonly<Record<string, string | undefined>>, used = true): Finding => ({
    active: true,
    analyzedAt: '2024-11-20T00:00:00Z',
    services: [],
    usage: [
      {
        service: 's3',
        used,
        tracked: { names: listOf('s3', Object.keys(tracked)), lastAccessed: Object.values(tracked), ...list },
        place,
      },
    ],
    file: 'App.last-accessed.json',
  });
  const cases: Readonly<Record<string, [findings: readonly Finding[], expected: string]>> = {
    'about an action that both call unused': [[finding({ s3: ['A'] }), report({ A: undefined })], 's3: a'],
    'an action that the report shows in use stays': [
      [finding({ s3: ['A', 'B'] }), report({ A: '2024-11-19', B: undefined })],
      's3: b',
    ],
    'an action that the report does not list is not tracked, and stays': [
      [finding({ s3: ['A', 'B'] }), report({ B: undefined })],
      's3: b',
    ],
    'an action that only the report calls unused stays': [
      [finding({ s3: ['A'] }), report({ A: undefined, B: undefined })],
      's3: a',
    ],
    'a service that the report does not list stays': [[finding({ sqs: 'whole' }), report({ A: undefined })], ''],
    'a report that shows all in use has its say': [[finding({ s3: ['A'] }), report({ A: '2024-11-19' })], ''],
    'a whole service and a report about its actions': [
      [finding({ s3: 'whole' }), report({ A: '2024-11-19', B: undefined })],
      's3: b',
    ],
    'a whole service that the report does not know in use': [[finding({ s3: ['A'] }), report({}, false)], 's3: a'],
    'an unused role and a report': [[finding({ '*': 'whole' }), report({ A: undefined })], 's3: a'],
    'two reports of one principal, the older one first or last': [
      [report({ A: undefined, B: '2024-11-19' }), report({ A: undefined, B: undefined })],
      's3: a',
    ],
    'a RESOLVED finding has no say': [[finding({ s3: [] }, { active: false }), report({ A: undefined })], 's3: a'],
  };
  for (const [name, [findings, expected]] of Object.entries(cases)) {
    test(name, () => {
      assert.equal(combined(...findings), expected);
      assert.equal(combined(...[...findings].reverse()), expected);
    });
  }

  test('and the age from which on an action is unused is the user’s', () => {
    const findings = [report({ A: '2024-11-01', B: '2024-06-01', C: undefined })];
    const unused = (age: number) => describeCombined(combineFindings(findings, age));
    assert.deepEqual([unused(10), unused(30), unused(400)], ['s3: a b c', 's3: b c', 's3: c']);
    const used = (age: number) => combineFindings(findings, age)?.used?.get('s3');
    assert.deepEqual([used(10), used(30), used(400)], [undefined, ['A'], ['A', 'B']]);
  });

  test('and what any of them shows in use is known to exist', () => {
    const a = combineFindings([report({ A: '2024-11-19', B: '2024-11-19' })]);
    const b = combineFindings([report({ B: '2024-11-19', C: '2024-11-19' })]);
    assert.deepEqual(a && b && intersect(a, b).used?.get('s3'), ['A', 'B', 'C']);
  });
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
    reports.map(({ service, actions }) => [service, actions === 'whole' ? actions : [...actions]]),
    [
      ['s3', ['GetObject']],
      ['ec2', 'whole'],
      ['__proto__', ['A']],
    ],
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
    const findings = combineFindings(readFindings(source, 'f.json', today).findings);
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
    assert.deepEqual(evidence('ec2', 'RunInstances'), { ...common, lastAccessed: older, scope: 'service', at });
  });

  test('is that of the role where that is unused', () => {
    const role = '{"findingDetails": [{"unusedIamRoleDetails": {}}]}';
    assert.deepEqual(evidence('s3', 'GetObject', role), {
      file: 'f.json',
      scope: 'principal',
      at: '{"unusedIamRoleDetails": {}}',
    });
  });

  test('is the place in a list that names nobody, too', () => {
    const list = '[{"serviceNamespace": "s3", "actions": [1, "GetObject"]}, {"serviceNamespace": "ec2"}]';
    assert.deepEqual(evidence('s3', 'GetObject', list), { file: 'f.json', at: '"GetObject"' });
    assert.deepEqual(evidence('ec2', 'RunInstances', list), {
      file: 'f.json',
      scope: 'service',
      at: '{"serviceNamespace": "ec2"}',
    });
  });

  test('is the place in its own value, where a file holds several', () => {
    const other = text.replace('"id":"f"', '"id":"g"').replace('GetObject', 'GetBucketAcl');
    const values = `${text}\n${other}\n${text}`;
    const [, second] = readFindings(values, 'f.json', today).findings;
    const findings = second && combineFindings([second]);
    const found = findings && evidenceOf(findings, 's3', 'GetBucketAcl');
    assert.ok(found);
    const { start, end } = new JsonLocator(values).locate(found.place);
    assert.equal(values.slice(start, end), '"GetBucketAcl"');
  });

  test('of a last-accessed report is its list, without what is in use', () => {
    const tracked = [{ ActionName: 'A', LastAccessedTime: newer }, { ActionName: 'B' }];
    const services = [{ ServiceNamespace: 's3', LastAuthenticated: newer, TrackedActionsLastAccessed: tracked }];
    const report = JSON.stringify({ JobCompletionDate: newer, ServicesLastAccessed: services });
    const common = { file: 'f.json', analyzedAt: newer, isLastAccessedReport: true };
    assert.deepEqual(evidence('s3', 'B', report), { ...common, at: '"B"' });
    assert.equal(evidence('s3', 'A', report), undefined);
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
