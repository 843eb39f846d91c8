import type { BufferedOutput } from '../bufferedOutput.ts';
import { describePolicy } from '../result.ts';
import type { CheckedPolicy, CheckFormat, CheckSummary } from './format.ts';
import { describeRemedy } from './remedy.ts';

/**
 * `check --format json`: one object, `{results, notGranted, totals}`, with a line a policy and a line a principal. It is written as the policies go by.
 * Others build on the names in it.
 */
export class JsonFormat implements CheckFormat {
  readonly #out: BufferedOutput;
  #isFirst = true;

  constructor(out: BufferedOutput) {
    this.#out = out;
  }

  policy({ file, policy, problems }: CheckedPolicy): void {
    const result = {
      ...describePolicy(file, policy),
      pointer: policy.document.pointer,
      findingsApply: policy.match.kind === 'matched',
      marks: problems.map(({ code, message, line, column, endLine, endColumn, pointer, ...mark }) => {
        const remedy = describeRemedy({ ...mark, code, message, pointer }, policy);
        return { code, message, line, column, endLine, endColumn, pointer, ...(remedy !== undefined && { remedy }) };
      }),
    };
    this.#out.write(`${this.#isFirst ? '{"results":[\n' : ',\n'}${JSON.stringify(result)}`);
    this.#isFirst = false;
  }

  end({ notGranted, withoutPolicy, totals }: CheckSummary): void {
    if (this.#isFirst) this.#out.write('{"results":[');
    this.#out.write('\n],"notGranted":[');
    let separator = '\n';
    for (const { principal, actions, services, reported, managedPolicies } of notGranted) {
      const view = { principal: principal.label, actions, services, managedPolicies, reported };
      this.#out.write(`${separator}${JSON.stringify(view)}`);
      separator = ',\n';
    }
    const sums = { ...totals, principalsWithoutPolicy: withoutPolicy.length };
    this.#out.write(`\n],"totals":${JSON.stringify(sums)}}\n`);
  }
}
