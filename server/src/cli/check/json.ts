import { describePolicy } from '../result.ts';
import type { CheckedPolicy, CheckFormat, CheckSummary } from './format.ts';
import { describeRemedy } from './remedy.ts';

/**
 * `check --format json`: one object, `{results, notGranted, totals}`, with a line a policy and a line a principal.
 * Others build on the names in it.
 */
export class JsonFormat implements CheckFormat {
  readonly list = '{"results":[';

  file(policies: readonly CheckedPolicy[]): string {
    return policies.map((checked) => JSON.stringify(resultOf(checked))).join(',\n');
  }

  *end({ notGranted, withoutPolicy, totals }: CheckSummary): Iterable<string> {
    yield '\n],"notGranted":[';
    let separator = '\n';
    for (const { principal, actions, services, reported, managedPolicies } of notGranted) {
      const view = { principal: principal.label, actions, services, managedPolicies, reported };
      yield `${separator}${JSON.stringify(view)}`;
      separator = ',\n';
    }
    const sums = { ...totals, principalsWithoutPolicy: withoutPolicy.length };
    yield `\n],"totals":${JSON.stringify(sums)}}\n`;
  }
}

function resultOf({ file, policy, problems }: CheckedPolicy): object {
  return {
    ...describePolicy(file, policy),
    pointer: policy.document.pointer,
    findingsApply: policy.match.kind === 'matched',
    marks: problems.map(({ code, message, line, column, endLine, endColumn, pointer, ...mark }) => {
      const remedy = describeRemedy({ ...mark, code, message, pointer }, policy);
      return { code, message, line, column, endLine, endColumn, pointer, ...(remedy !== undefined && { remedy }) };
    }),
  };
}
