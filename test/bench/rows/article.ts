import assert from 'node:assert/strict';
import { planStatement } from '../../../server/src/service/refine/statementPlan.ts';
import { FINDINGS } from '../../protocol/support/article.ts';
import { today } from '../../support/catalogues.ts';
import { contextOf } from '../../support/refine.ts';
import { medianTime, statementOf } from '../support/inProcess.ts';
import { milliseconds, type Row } from '../support/result.ts';

const GOAL_MS = 0.05;

/** `s3:Get*` of the article, refined and proven. The findings are joined with the catalogue beforehand, as an editor does once. */
export const article: Row = async () => {
  const statement = statementOf(['s3:Get*']);
  const context = contextOf(today, { s3: reported('s3') });
  // Outcomes are remembered by context: a new one each time.
  const refine = () => planStatement(statement, { ...context });
  const { verdict, change } = refine();
  assert.equal(verdict, 'ok');
  assert.equal(change?.change.kind, 'replace');
  const time = await medianTime('s3:Get*', refine);
  const work = '`s3:Get*` of the article, refined and proven';
  return [
    {
      work,
      measured: milliseconds(time),
      peer: '',
      ratio: '',
      goal: `≤ ${milliseconds(GOAL_MS)}`,
      reached: time <= GOAL_MS,
    },
  ];
};

/** What the article's findings say of a service. */
function reported(service: string): readonly string[] {
  const findings = JSON.parse(FINDINGS) as { serviceNamespace: string; actions: string[] }[];
  return findings.find(({ serviceNamespace }) => serviceNamespace === service)?.actions ?? [];
}
