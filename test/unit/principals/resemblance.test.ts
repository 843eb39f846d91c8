import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { json } from '../../../server/src/service/policy/json/index.ts';
import { hintsOf, resemblance } from '../../../server/src/service/principals/resemblance.ts';

describe('The name of a principal', () => {
  /** Names from the one that resembles the hint most to those that do not at all. */
  const cases: Readonly<Record<string, readonly string[]>> = {
    'reporting-role': ['ReportingRole', 'DailyReportingRole', 'OrderRole'],
    reportingrole: ['ReportingRole', 'OrderRole'],
    AppServerRole: ['stack-AppServerRole-1A2B3C', 'AppClient', 'DataRole'],
    policy: ['PolicyRole'],
  };
  for (const [hint, names] of Object.entries(cases)) {
    test(`resembles '${hint}' the less the fewer words it shares with it`, () => {
      const ranks = names.map((name) => resemblance(name, ['unrelated', hint]));
      assert.deepEqual(
        ranks,
        ranks.toSorted((a, b) => b - a),
      );
      if (names.length > 1) assert.ok((ranks[0] as number) > (ranks[1] as number));
      assert.ok((ranks.at(-1) as number) < 0.6);
    });
  }

  test('that says the same in other words is as good as equal', () => {
    assert.equal(resemblance('ReportingRole', ['reporting_policy']), 1);
  });

  test('that shares only what nearly everything is called resembles nothing', () => {
    assert.equal(resemblance('OrderRole', ['user-role']), 0);
    assert.equal(resemblance('Role', ['']), 0);
    assert.equal(resemblance('Anything', []), 0);
  });
});

test('A policy, its file and its folders inside the workspace folder give the hints, without what they end with', () => {
  const [document] = json.read('{"Statement": [{"Effect": "Allow", "Action": "s3:GetObject"}]}').documents;
  assert(document);
  const hints = hintsOf(
    { ...document, owner: { kind: 'role', name: 'App', logicalId: 'AppRole' }, address: 'AppPolicy' },
    {
      path: '/home/me/work/roles/team/app.prod.json',
      root: '/home/me/work/',
    },
  );
  assert.deepEqual(hints, ['App', 'AppRole', 'AppPolicy', 'app', 'roles', 'team']);
});
