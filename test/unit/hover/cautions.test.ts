import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { combineFindings } from '../../../server/src/service/findings/combine.ts';
import type { Finding } from '../../../server/src/service/findings/finding.ts';
import { FindingsIndex } from '../../../server/src/service/findings/findingsIndex.ts';
import { matchFindings } from '../../../server/src/service/findings/match.ts';
import { parsePrincipal } from '../../../server/src/service/findings/principal.ts';
import { describeCautions } from '../../../server/src/service/hover/cautions.ts';
import { finding } from '../../support/jsonFindings.ts';
import { onlyPolicy } from '../../support/jsonOutline.ts';

const NOW = Date.parse('2024-11-20T00:00:00Z');

const [APP, ADMIN] = ['App', 'Admin'].map((name) => `arn:aws:iam::111111111111:role/${name}`);

/** The ages of which the cautions about these findings speak, in days, each found where all are taken together. */
function ageOf(...findings: readonly Finding[]): number | undefined {
  const combined = combineFindings(findings);
  assert(combined);
  const match = { kind: 'matched', findings: combined, principals: [], why: '' } as const;
  const [caution = ''] = describeCautions(match, { path: '/policy.json' }, NOW);
  const days = /are ([\d,]+) days old/.exec(caution)?.[1];
  return days === undefined ? undefined : Number(days);
}

function analyzed(day: string | undefined, principal = APP ?? '', id = `${principal} ${day}`): Finding {
  return finding({ s3: ['GetObject'] }, { principal, id, ...(day !== undefined && { analyzedAt: day }) });
}

describe('Findings are old', () => {
  const cases: Readonly<Record<string, [findings: readonly Finding[], days: number | undefined]>> = {
    'after more than 90 days': [[analyzed('2024-08-21')], 91],
    'but not after 90': [[analyzed('2024-08-22')], undefined],
    'but not when the clock is behind': [[analyzed('2025-08-22')], undefined],
    'but not without a date': [[analyzed(undefined)], undefined],
    'but not by a date that cannot be read': [[analyzed('yesterday')], undefined],
    'by the newest of one principal': [[analyzed('2024-01-01'), analyzed('2024-11-01')], undefined],
    'by the oldest of several principals': [[analyzed('2024-08-12', ADMIN), analyzed('2024-11-01')], 100],
  };
  for (const [name, [findings, days]] of Object.entries(cases))
    test(name, () => assert.equal(ageOf(...findings), days));
});

describe('The account is a caution', () => {
  const cautionsIn = (path: string, ...arns: readonly string[]) => {
    const principals = arns.flatMap((arn) => parsePrincipal(arn) ?? []);
    const match = { kind: 'matched', findings: { services: new Map() }, principals, why: '' } as const;
    return describeCautions(match, { path, root: '/222222222222/ws' }, NOW).join('\n');
  };
  test('where nothing else says which one it is', () => {
    assert.match(cautionsIn('/222222222222/ws/App.json', APP ?? ''), /about the account `111111111111`/);
  });
  test('but not where the path below the root names it', () => {
    assert.equal(cautionsIn('/222222222222/ws/111111111111/App.json', APP ?? ''), '');
  });
  test('but not where several are meant', () => {
    assert.equal(cautionsIn('/222222222222/ws/App.json', APP ?? '', 'arn:aws:iam::222222222222:role/App'), '');
  });
  test('but not where the settings name it, which an ARN does and a name does not', () => {
    const index = new FindingsIndex([
      { file: '/ws/f.json', recognised: true, findings: [analyzed('2024-11-01')], problems: [] },
    ]);
    const cautions = [APP ?? '', 'App'].map((named) => {
      const mappings = [{ key: '*.json', principals: [named] }];
      const match = matchFindings(onlyPolicy('{"Statement": {"Effect": "Allow"}}'), { path: '/ws/p.json' }, index, {
        mappings,
      });
      assert.equal(match.kind, 'matched');
      return match.kind === 'matched' ? describeCautions(match, { path: '/ws/p.json' }, NOW).length : -1;
    });
    assert.deepEqual(cautions, [0, 1]);
  });
});
