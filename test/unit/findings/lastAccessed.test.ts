import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readFindings } from '../../../server/src/service/findings/read.ts';
import { actionLevel, failed, running, serviceLevel } from '../../fixtures/findings/lastAccessed.ts';
import { today } from '../../support/catalogues.ts';
import { combined, describeProblems } from '../../support/jsonFindings.ts';

// Reports of `aws iam get-service-last-accessed-details`.

const APP = 'arn:aws:iam::111111111111:role/team/App';
const OTHER = 'arn:aws:iam::111111111111:user/Other';

/** A report with these services, of which the first fields may be left out. */
function report(services: readonly object[], more: object = {}) {
  const ServicesLastAccessed = services.map((service) => ({ ServiceNamespace: 's3', ...service }));
  return { ...actionLevel, ServicesLastAccessed, ...more };
}

/** What a file of reports says together, with the default age of 90 days: `s3: a b; sqs: whole`. */
function unused(...reports: readonly object[]): string {
  return combined(...read(reports.map((value) => JSON.stringify(value)).join('\n')).findings);
}

function read(text: string, file = 'App.last-accessed.json') {
  return readFindings(text, file, today);
}

describe('What of a report is unused', () => {
  const used = { LastAuthenticated: '2024-11-19T00:00:00Z', TotalAuthenticatedEntities: 1 };
  const tracked = (...actions: readonly object[]) => [{ ...used, TrackedActionsLastAccessed: actions }];
  const cases: Readonly<Record<string, [services: readonly object[], expected: string]>> = {
    'a service that nobody used is, as a whole': [[{ TotalAuthenticatedEntities: 0 }], 's3: whole'],
    'so is one of which nothing at all is said': [[{}], 's3: whole'],
    'so is one with null in every place': [
      [{ TotalAuthenticatedEntities: null, LastAuthenticated: null }],
      's3: whole',
    ],
    'so is one that was used too long ago': [[{ ...used, LastAuthenticated: '2024-08-21T00:00:00Z' }], 's3: whole'],
    'one that was used lately is not': [[{ ...used, LastAuthenticated: '2024-08-23T00:00:00Z' }], ''],
    'one that somebody used, nobody knows when, is not': [[{ TotalAuthenticatedEntities: 2 }], ''],
    'one that was used at a time that cannot be read is not': [[{ LastAuthenticated: 'lately' }], ''],
    'one that was used at a number is not': [[{ LastAuthenticated: 1_700_000_000 }], ''],
    'a tracked action without a date is': [tracked({ ActionName: 'GetBucketAcl' }), 's3: getbucketacl'],
    'one that was used too long ago is': [
      tracked({ ActionName: 'GetBucketAcl', LastAccessedTime: '2024-01-01 00:00:00+00:00' }),
      's3: getbucketacl',
    ],
    'one that was used lately is not, and neither is one that is not tracked': [
      tracked({ ActionName: 'GetBucketAcl', LastAccessedTime: '2024-11-01T00:00:00Z' }, { ActionName: 'PutBucketAcl' }),
      's3: putbucketacl',
    ],
    'an action with a date that cannot be read is not': [
      tracked({ ActionName: 'A', LastAccessedTime: 'lately' }, { ActionName: 'B', LastAccessedTime: 1 }),
      '',
    ],
    'an action that somebody used somewhere, nobody knows when, is not': [
      tracked(
        { ActionName: 'A', LastAccessedEntity: APP },
        { ActionName: 'B', LastAccessedTime: null, LastAccessedRegion: 'eu-west-1' },
        { ActionName: 'C', last_access: 'lately' },
        { ActionName: 'D', LastAccessedEntity: null },
      ),
      's3: d',
    ],
    'a service that somebody used somewhere, nobody knows when, is not': [
      [
        { ServiceNamespace: 's3', LastAuthenticatedEntity: APP },
        { ServiceNamespace: 'sqs', LastAuthenticatedRegion: 'eu-west-1', TotalAuthenticatedEntities: 0 },
        { ServiceNamespace: 'ses', LastAccess: 'lately' },
        { ServiceNamespace: 'sns', LastAuthenticatedRegion: null, TrackedActionsLastAccessed: [] },
      ],
      'sns: whole',
    ],
    'an action with null for a date is': [tracked({ ActionName: 'A', LastAccessedTime: null }), 's3: a'],
    'a service is not unused as a whole while one of its actions is in use': [
      [
        {
          TrackedActionsLastAccessed: [
            { ActionName: 'A', LastAccessedTime: '2024-11-01T00:00:00Z' },
            { ActionName: 'B' },
          ],
        },
      ],
      's3: b',
    ],
    'an action that is listed twice is in use if it is once': [
      tracked({ ActionName: 'A', LastAccessedTime: '2024-11-01T00:00:00Z' }, { ActionName: 'a' }, { ActionName: 'B' }),
      's3: b',
    ],
    'a service that is listed twice is in use if it is once': [[used, { TotalAuthenticatedEntities: 0 }], ''],
    'so it is where that comes first, with an action that is used': [
      [
        { TotalAuthenticatedEntities: 0 },
        ...tracked({ ActionName: 'A', LastAccessedTime: '2024-11-01T00:00:00Z' }, { ActionName: 'B' }),
        ...tracked({ ActionName: 'A' }),
      ],
      's3: b',
    ],
    'names may have their service prefix': [tracked({ ActionName: 's3:A' }), 's3: a'],
  };
  for (const [name, [services, expected]] of Object.entries(cases))
    test(name, () => assert.equal(unused(report(services)), expected));

  test('nothing that was ever used, where the report has no date of its own', () => {
    const undated = { JobCompletionDate: undefined, JobCreationDate: undefined };
    const old = { ServiceNamespace: 'sqs', LastAuthenticated: '2000-01-01T00:00:00Z' };
    assert.equal(unused(report([old, { TotalAuthenticatedEntities: 0 }], undated)), 's3: whole');
  });

  test('nothing that was ever used, where the report’s date cannot be right', () => {
    const old = { ServiceNamespace: 'sqs', LastAuthenticated: '2000-01-01T00:00:00Z' };
    const later = [
      { LastAuthenticated: '2024-11-21T00:00:00Z' },
      { TrackedActionsLastAccessed: [{ ActionName: 'A', LastAccessedTime: '2024-11-21T00:00:00Z' }] },
    ];
    const at = (JobCompletionDate: string) => ({ JobCompletionDate });
    for (const service of later) {
      assert.equal(unused(report([old, service], at('2024-11-20T00:00:00Z'))), '');
      assert.equal(unused(report([old, service], at('2024-11-22T00:00:00Z'))), 'sqs: whole');
    }
    assert.equal(unused(report([old, ...later], at('9999-12-31T00:00:00Z'))), '');
  });

  test('the example of AWS’s own shape', () => {
    assert.equal(unused(actionLevel), 's3: createbucket putbucketacl; sns: whole; sqs: whole');
  });

  test('the same in the spelling of other tools', () => {
    const spelled = JSON.parse(
      JSON.stringify(actionLevel).replace(/"([A-Z]\w+)":/g, (_, key: string) => {
        return `"${key.replace(/(?<!^)[A-Z]/g, '_$&').toLowerCase()}":`;
      }),
    );
    assert.equal(unused(spelled), unused(actionLevel));
  });
});

describe('Whom a report is about', () => {
  const by = (...arns: readonly string[]) =>
    report(arns.map((arn) => ({ LastAuthenticated: '2024-11-19T00:00:00Z', LastAuthenticatedEntity: arn })));
  const byAction = report([{ TrackedActionsLastAccessed: [{ ActionName: 'A', LastAccessedEntity: OTHER }] }]);
  const nobody = report([{}]);
  const cases: Readonly<Record<string, [file: string, reports: readonly object[], principal: string]>> = {
    'tell the ARNs of who used something': ['x.json', [by(APP, APP)], APP],
    'tell those of tracked actions, too': ['x.json', [byAction], OTHER],
    'the ARN goes before the file’s name': ['Some.last-accessed.json', [by(APP)], APP],
    'without any the file’s name tells': ['a/App.last-accessed.json', [nobody], 'App'],
    'also with a dash': ['App-last-accessed.json', [nobody], 'App'],
    'what is no ARN of a role or user counts for none': ['App-last-accessed.json', [by('root', '')], 'App'],
    'a field that somebody put in goes before the file’s name': [
      'Some-last-accessed.json',
      [{ ...nobody, Arn: APP }],
      APP,
    ],
    'and tells of several': [
      'last-accessed.json',
      [
        { ...nobody, roleName: 'A' },
        { ...nobody, roleName: 'B' },
      ],
      'A, B',
    ],
    'one that tells of a policy is not about nobody': [
      'last-accessed.json',
      [{ ...nobody, Arn: 'arn:aws:iam::111111111111:policy/Some' }],
      '',
    ],
    'nobody, where neither tells': ['last-accessed.json', [nobody], 'nobody'],
    'each of several tells for itself': ['x.json', [by(APP), by(OTHER)], `${APP}, ${OTHER}`],
    'the file’s name does not tell of several': ['App.last-accessed.json', [nobody, nobody], ''],
    'several principals are a group or policy, which the file’s name tells': [
      'Devs.last-accessed.json',
      [by(APP, OTHER)],
      'Devs',
    ],
    'several principals in a file of no such name are not used': ['x.json', [by(APP, OTHER)], ''],
  };
  for (const [name, [file, reports, expected]] of Object.entries(cases)) {
    test(name, () => {
      const { findings } = read(JSON.stringify(reports), file);
      assert.equal(findings.map(({ principal }) => principal ?? 'nobody').join(', '), expected);
    });
  }

  test('what is not used is said, as no error', () => {
    const [problem, ...others] = read(JSON.stringify(by(APP, OTHER)), 'x.json').problems;
    assert.deepEqual([problem?.code, problem?.isNotice, others], ['invalid-findings', true, []]);
    assert.match(
      problem?.message ?? '',
      /^This report is about several principals \(.*App, .*Other, …\), so it is not used/,
    );
  });
});

describe('Pages of a report', () => {
  const page = (service: string, IsTruncated: boolean) => report([{ ServiceNamespace: service }], { IsTruncated });

  test('are united', () => assert.equal(unused(page('s3', true), page('sqs', false)), 's3: whole; sqs: whole'));

  test('are those of one principal, whichever page names it', () => {
    const second = report([{ LastAuthenticatedEntity: APP, TotalAuthenticatedEntities: 1 }]);
    const { findings } = read(`${JSON.stringify(page('sqs', true))}${JSON.stringify(second)}`, 'x.json');
    assert.deepEqual(
      findings.map(({ principal }) => principal),
      [APP, APP],
    );
  });

  test('are no pages where the one before was the last: two reports must agree', () => {
    const entity = { LastAuthenticatedEntity: APP, LastAuthenticated: '2024-11-19T00:00:00Z' };
    const first = report([entity, { ServiceNamespace: 'sqs' }]);
    const second = report([entity, { ServiceNamespace: 'sns' }, { ServiceNamespace: 'sqs' }]);
    assert.equal(unused(first, second), 'sqs: whole');
  });

  test('are no pages where they list a service twice: the other one may be about another principal', () => {
    const entity = { LastAuthenticatedEntity: APP, LastAuthenticated: '2024-11-19T00:00:00Z' };
    const first = report([entity, { ServiceNamespace: 'sns' }], { IsTruncated: true });
    const { findings } = read(JSON.stringify([first, report([{}, { ServiceNamespace: 'sqs' }])]), 'x.json');
    assert.equal(combined(...findings), 'sns: whole');
  });

  test('are no pages where they are of another job', () => {
    const { findings } = read(JSON.stringify([page('s3', true), { ...page('sqs', false), JobCreationDate: 'x' }]));
    assert.deepEqual(findings, []);
  });

  test('of which the last is missing are said to, and used', () => {
    const file = read(JSON.stringify(page('s3', true)));
    assert.match(describeProblems(file), /^truncated at \/IsTruncated: The last page of this report is missing/);
    assert.equal(combined(...file.findings), 's3: whole');
  });
});

describe('A report that says less than it could tells what to run', () => {
  test('about services only: they are used, and the commands have the ARN', () => {
    const file = read(JSON.stringify(serviceLevel));
    assert.equal(combined(...file.findings), 'sns: whole; sqs: whole');
    const [problem] = file.problems;
    assert.deepEqual([problem?.code, problem?.isNotice], ['findings-without-actions', true]);
    assert.deepEqual(problem?.commands, [
      `job=$(aws iam generate-service-last-accessed-details --arn ${APP} --granularity ACTION_LEVEL --query JobId --output text)`,
      'sleep 15',
      'aws iam get-service-last-accessed-details --job-id "$job" --max-items 1000 > App.last-accessed.json',
    ]);
  });

  test('of a job that still runs, or failed: nothing of it is used', () => {
    for (const [value, message] of [
      [running, /was still being made/],
      [failed, /could not make/],
    ] as const) {
      const file = read(JSON.stringify(value));
      assert.deepEqual([file.recognised, file.findings], [true, []]);
      assert.match(file.problems[0]?.message ?? '', message);
      assert.equal(file.problems[0]?.isNotice, true);
    }
  });
});

test('A list of services cut out of a report is no list of unused ones', () => {
  const { findings, problems } = read(JSON.stringify(actionLevel.ServicesLastAccessed));
  assert.equal(combined(...findings), 'nothing');
  assert.equal(problems.length, 3);
});
