import type { FileAnalysis } from '../service/analysis.ts';
import type { Reporter } from './reporter.ts';

/** The policies of a file to which no findings apply though they could, a line each: where it stands, and why. */
export function describeUnmatched(file: string, { policies }: FileAnalysis): string[] {
  return policies.flatMap(({ document, match }) =>
    // Trust and resource policies are none that findings could apply to.
    match.kind === 'unmatched' && document.kind === 'identity'
      ? [`${file}${document.pointer && `#${document.pointer}`}: ${match.why}`]
      : [],
  );
}

/** Reports a refused proof as the error it is: the policy stays as it is, and somebody should know. */
export function reportRefusedProofs(file: string, { policies }: FileAnalysis, reporter: Reporter): void {
  for (const { refined } of policies) {
    const proof = refined?.refinement.proof ?? 'ok';
    if (proof !== 'ok') reporter.error(`${file}: the proof refused the refinement: ${proof}`);
  }
}
