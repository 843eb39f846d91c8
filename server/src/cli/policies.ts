import type { FileAnalysis, PolicyAnalysis } from '../service/analysis.ts';
import { count } from '../service/text.ts';
import type { Messages } from './reporter.ts';

/** The policies of a file to which no findings apply though they could, a line each: where it stands, and why. */
export function describeUnmatched(file: string, { policies }: FileAnalysis): string[] {
  return policies.flatMap(({ document, match }) =>
    // Trust and resource policies are none that findings could apply to.
    match.kind === 'unmatched' && document.kind === 'identity'
      ? [`${file}${document.pointer && `#${document.pointer}`}: ${match.why}`]
      : [],
  );
}

/** Whether no findings apply to a policy. */
export function isUnmatched({ match }: PolicyAnalysis): boolean {
  return match.kind === 'unmatched';
}

/**
 * Lists the policies to which no findings apply, as `describeUnmatched` gives them.
 * @param isRequired whether that is an error, and not only worth knowing
 */
export function reportUnmatched(unmatched: readonly string[], reporter: Messages, isRequired = false): void {
  if (unmatched.length === 0) return;
  const policies = count(unmatched.length, 'policy', 'policies');
  if (isRequired) reporter.error(`no findings apply to ${policies}, and --require-findings wants them to:`);
  else reporter.note(`no findings apply to ${policies}:`);
  for (const line of unmatched) reporter.summary(`  ${line}`);
}

/** Reports a refused proof as the error it is: the policy stays as it is, and somebody should know. */
export function reportRefusedProofs(file: string, { policies }: FileAnalysis, reporter: Messages): void {
  for (const { refined } of policies) {
    const proof = refined?.refinement.proof ?? 'ok';
    if (proof !== 'ok') reporter.error(`${file}: the proof refused the refinement: ${proof}`);
  }
}
