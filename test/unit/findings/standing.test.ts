import assert from 'node:assert/strict';
import { test } from 'node:test';
import { combineFindings, intersect } from '../../../server/src/service/findings/combine.ts';
import { readFindings } from '../../../server/src/service/findings/read.ts';
import { Standings } from '../../../server/src/service/findings/standing.ts';
import { today } from '../../support/catalogues.ts';
import { answer } from '../../support/jsonFindings.ts';

// Why an action stays is told from what last-accessed reports list, and what they do not.

const ROLE = 'arn:aws:iam::111111111111:role/App';

/** Actions of S3 with the day of their last use; null for never. */
type Tracked = Readonly<Record<string, string | null>>;

function report(tracked: Tracked | undefined, service: object = {}): object {
  const actions = Object.entries(tracked ?? {}).map(([ActionName, LastAccessedTime]) => ({
    ActionName,
    ...(LastAccessedTime !== null && { LastAccessedTime }),
  }));
  const s3 = {
    ServiceNamespace: 's3',
    LastAuthenticated: '2024-11-19T00:00:00Z',
    LastAuthenticatedEntity: ROLE,
    TotalAuthenticatedEntities: 1,
    ...(tracked && { TrackedActionsLastAccessed: actions }),
    ...service,
  };
  return {
    JobStatus: 'COMPLETED',
    JobType: 'ACTION_LEVEL',
    JobCompletionDate: '2024-11-20T00:00:00Z',
    ServicesLastAccessed: [s3],
  };
}

function combine(...values: readonly object[]) {
  const files = values.map((value, index) => readFindings(JSON.stringify(value), `${index}.json`, today));
  const combined = combineFindings(files.flatMap(({ findings }) => findings));
  assert(combined);
  return combined;
}

const named = answer(ROLE, { s3: ['PutBucketAcl'] });

const cases: Readonly<Record<string, [values: readonly object[], action: string, standing: string]>> = {
  'What a report shows as used is in use': [
    [report({ GetBucketAcl: '2024-11-19T00:00:00Z' })],
    'S3:getbucketacl',
    'used',
  ],
  'What it does not list is not tracked': [
    [report({ GetBucketAcl: '2024-11-19T00:00:00Z' })],
    's3:GetObject',
    'untracked',
  ],
  'Where it lists no actions, none is tracked': [[report(undefined)], 's3:GetObject', 'untracked'],
  'Of a service that it does not list nobody knows': [[report({})], 'kms:Decrypt', 'unlisted'],
  'Without a report, what no finding names may be in use or not tracked': [[named], 's3:GetObject', 'unreported'],
  'What a report calls unused and a finding does not name may be either': [
    [report({ GetBucketAcl: null }), named],
    's3:GetBucketAcl',
    'unreported',
  ],
  'What a finding calls unused and a report does not list is not tracked': [
    [report({ GetBucketAcl: null }), named],
    's3:PutBucketAcl',
    'untracked',
  ],
  'What a finding calls unused and a report shows as used is in use': [
    [report({ PutBucketAcl: '2024-11-19T00:00:00Z' }), named],
    's3:PutBucketAcl',
    'used',
  ],
  'Of a service that nobody used it does not matter what is tracked': [
    [
      report(undefined, {
        LastAuthenticated: undefined,
        LastAuthenticatedEntity: undefined,
        TotalAuthenticatedEntities: 0,
      }),
      named,
    ],
    's3:GetObject',
    'unreported',
  ],
};

for (const [name, [values, action, standing]] of Object.entries(cases)) {
  test(name, () => {
    const [service = '', actionName = ''] = action.split(':');
    assert.equal(new Standings(combine(...values)).of(service, actionName), standing);
  });
}

test('What one of several principals uses is in use, and the newest day is that of its last use', () => {
  const [one, other] = ['2024-11-18T00:00:00Z', '2024-11-19T00:00:00Z'].map((date) =>
    combine(report({ GetBucketAcl: date })),
  );
  assert(one && other);
  for (const shared of [intersect(one, other), intersect(other, one)]) {
    const standings = new Standings(shared);
    assert.equal(standings.of('s3', 'GetBucketAcl'), 'used');
    assert.equal(standings.lastUse('s3', 'GetBucketAcl'), '2024-11-19T00:00:00Z');
  }
});

test('What is used by one principal and not tracked for another is in use', () => {
  const used = combine(report({ GetBucketAcl: '2024-11-18T00:00:00Z' }));
  const untracked = combine(report({ PutBucketAcl: null, ListBuckets: '2024-11-18T00:00:00Z' }));
  assert.equal(new Standings(intersect(used, untracked)).of('s3', 'GetBucketAcl'), 'used');
});
