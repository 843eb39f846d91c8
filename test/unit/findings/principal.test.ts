import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { FindingsIndex } from '../../../server/src/service/findings/findingsIndex.ts';
import { parsePrincipal } from '../../../server/src/service/findings/principal.ts';
import { describeCombined, finding } from '../../support/jsonFindings.ts';

describe('The ARN of a role or user is taken apart', () => {
  const cases: Readonly<Record<string, string | undefined>> = {
    'arn:aws:iam::111111111111:role/App': '111111111111 role App',
    'arn:aws:iam::111111111111:user/Ann': '111111111111 user Ann',
    'arn:aws:iam::111111111111:role/team/a/App': '111111111111 role App',
    'arn:aws:iam::111111111111:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX':
      '111111111111 role AWSServiceRoleForX',
    'arn:aws-cn:iam::111111111111:role/App': '111111111111 role App',
    'arn:aws-us-gov:iam::111111111111:role/A_b+c=d,e.f@g-h': '111111111111 role A_b+c=d,e.f@g-h',
    'arn:aws:iam::111111111111:group/All': undefined,
    'arn:aws:iam::111111111111:root': undefined,
    'arn:aws:iam::1111:role/App': undefined,
    'arn:aws:iam::111111111111:role/': undefined,
    'arn:aws:s3:::bucket/role/App': undefined,
    App: undefined,
    '': undefined,
  };
  for (const [arn, expected] of Object.entries(cases)) {
    test(arn || 'an empty text', () => {
      const principal = parsePrincipal(arn);
      assert.equal(principal && `${principal.account} ${principal.kind} ${principal.name}`, expected);
    });
  }
});

describe('Principals are found', () => {
  const arns = [
    '111111111111:role/App',
    '222222222222:role/team/App',
    '111111111111:user/App',
    '111111111111:role/Other',
  ];
  const findings = arns.map((arn) => finding({ s3: ['A'] }, { principal: `arn:aws:iam::${arn}` }));
  const bucket = finding({ s3: ['A'] }, { principal: 'arn:aws:s3:::bucket' });
  const index = new FindingsIndex([
    { file: 'f.json', recognised: true, findings: [...findings, bucket, finding({ s3: ['B'] })], problems: [] },
    { file: 'g.json', recognised: true, findings: findings.slice(0, 1), problems: [] },
    { file: 'x.json', recognised: false, findings: [], problems: [] },
  ]);
  const find = (name: string) => index.find(name).map(({ label }) => label.replace('arn:aws:iam::', ''));

  test('by name, in all accounts and of both kinds', () => {
    assert.deepEqual(find('App'), ['111111111111:role/App', '222222222222:role/team/App', '111111111111:user/App']);
  });

  test('by name, in any case', () => assert.deepEqual(find('oTHER'), ['111111111111:role/Other']));

  test('by ARN', () => {
    assert.deepEqual(find('arn:aws:iam::222222222222:role/team/App'), ['222222222222:role/team/App']);
  });

  test('but not where no finding is about them', () => {
    for (const name of [
      '',
      'Nobody',
      '__proto__',
      'arn:aws:iam::333333333333:role/App',
      'arn:aws:s3:::bucket',
      'bucket',
    ])
      assert.deepEqual(find(name), [], name);
  });

  test('by a bare name, where no finding tells more', () => {
    const bare = [finding({ s3: ['A'] }, { principal: 'Bare' }), finding({ s3: ['A', 'B'] }, { principal: 'bare' })];
    const other = finding({ s3: ['A', 'B'] }, { principal: 'arn:aws:iam::111111111111:role/Other' });
    const named = finding({ s3: ['B'] }, { principal: 'OTHER' });
    const all = new FindingsIndex([
      { file: 'f.json', recognised: true, findings: [...bare, other, named], problems: [] },
    ]);
    assert.deepEqual(all.find('BARE'), [{ label: 'Bare', name: 'Bare' }]);
    assert.deepEqual(
      all.principals.map(({ label }) => label),
      ['arn:aws:iam::111111111111:role/Other', 'Bare'],
    );
    const unused = (name: string) => all.find(name).map((found) => describeCombined(all.findingsOf(found)));
    // What is said of a bare name may be about any principal of that name, so all must agree.
    assert.deepEqual([unused('bare'), unused('other')], [['s3: a'], ['s3: b']]);
  });

  test('each once, however many findings are about them', () => assert.equal(index.principals.length, 4));

  test('and what is no findings file is left out', () => {
    assert.deepEqual(
      index.files.map(({ file }) => file),
      ['f.json', 'g.json'],
    );
  });
});
