import { oneLine } from '../oneLine.ts';
import { describeTotals } from './describeTotals.ts';
import type { CheckedPolicy, CheckFormat, CheckFormatOptions, CheckSummary } from './format.ts';
import { describeRemedy } from './remedy.ts';
import { repositoryPath } from './repositoryPath.ts';

const COMMANDS = { error: 'error', warning: 'warning', information: 'notice', hint: 'notice' } as const;

/**
 * `check --format github`: workflow commands, which GitHub Actions shows as annotations on the lines of a pull request
 * (https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#setting-a-warning-message); then the sum.
 */
export class GithubFormat implements CheckFormat {
  readonly #command: (typeof COMMANDS)[keyof typeof COMMANDS];

  constructor({ severity }: CheckFormatOptions) {
    this.#command = COMMANDS[severity];
  }

  file(policies: readonly CheckedPolicy[]): string {
    return policies.flatMap((checked) => this.#annotations(checked)).join('');
  }

  *end({ totals }: CheckSummary): Iterable<string> {
    yield `${describeTotals(totals)}\n`;
  }

  #annotations({ file, policy, problems }: CheckedPolicy): string[] {
    return problems.map((problem) => {
      const { code, message, line, column, endLine, endColumn } = problem;
      const remedy = describeRemedy(problem, policy);
      const properties = {
        ...(file !== '-' && { file: repositoryPath(file) }),
        line,
        endLine,
        col: column,
        // Columns of a span over several lines mean nothing to GitHub.
        ...(line === endLine && { endColumn }),
        title: code,
      };
      const list = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
      const text = oneLine(remedy === undefined ? message : `${message}: ${remedy}`);
      return `::${this.#command} ${list.join(',')}::${escapeData(text)}\n`;
    });
  }
}

/** As GitHub's own toolkit does (actions/toolkit, packages/core/src/command.ts). */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
