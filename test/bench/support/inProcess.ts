import { Bench } from 'tinybench';
import { json } from '../../../server/src/service/policy/json/index.ts';
import type { Statement } from '../../../server/src/service/policy/model.ts';

/** The median time of a piece of work in this process, warm, in milliseconds. */
export async function medianTime(name: string, work: () => unknown): Promise<number> {
  const bench = new Bench({ time: 1000, warmupTime: 500 }).add(name, () => void work(), { async: false });
  await bench.run();
  const result = bench.tasks[0]?.result;
  if (result?.state !== 'completed') throw new Error(`'${name}' could not be measured: ${result?.state}`);
  return result.latency.p50;
}

/** The text of a policy with one statement of these entries. */
export function policyText(entries: readonly string[]): string {
  return JSON.stringify(
    { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: entries, Resource: '*' }] },
    null,
    4,
  );
}

/** A statement of these entries, as it is read from a file. */
export function statementOf(entries: readonly string[]): Statement {
  const statement = json.read(policyText(entries)).documents[0]?.statements[0];
  if (!statement) throw new Error('there is no statement');
  return statement;
}
