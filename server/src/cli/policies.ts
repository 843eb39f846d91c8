import type { FileAnalysis, PolicyAnalysis } from '../service/analysis.ts';
import { holdersOf } from '../service/provenFor.ts';
import { count } from '../service/text.ts';
import type { Messages } from './reporter.ts';
import type { Setup } from './setUp.ts';

/** The policies of a file to which no findings apply though they could, a line each: where it stands, and why. */
export function describeUnmatched(file: string, { policies }: FileAnalysis): string[] {
  return policies.flatMap((policy) => {
    const { document, standing, match } = policy;
    // Trust and resource policies are none that findings could apply to.
    if (!isUnmatched(policy) || standing.kind !== 'identity') return [];
    const [line] = match.settle ?? [];
    const way = line === undefined ? '' : `; to settle it: ${line.line}`;
    const degree = match.kind === 'none' ? '' : `${match.kind}: `;
    return [`${file}${document.pointer && `#${document.address ?? document.pointer}`}: ${degree}${match.basis}${way}`];
  });
}

/** Whether no findings apply to a policy. */
export function isUnmatched({ refined }: PolicyAnalysis): boolean {
  return refined === undefined;
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

/** To whom findings that name nobody are applied in a file, a word each by which to count them. */
export function unnamedHolders({ policies, place }: FileAnalysis): readonly string[] {
  const applied = policies.filter(
    ({ match, refined, standing }) => match.unnamedIn && refined && standing.kind === 'identity',
  );
  return [...holdersOf(applied, place.path)];
}

/** Says to how many findings that name nobody were applied: the user named them for all that is named. */
export function reportUnnamed(
  holders: ReadonlySet<string>,
  { anywhere }: Pick<Setup, 'anywhere'>,
  reporter: Messages,
): void {
  if (!anywhere || holders.size < 2) return;
  const whom = count(holders.size, 'role or user', 'roles and users');
  reporter.note(
    `findings that do not say whose they are were applied to the policies of ${whom}; --strict applies them to none`,
  );
}

/** Reports a refused proof as the error it is: the policy stays as it is, and somebody should know. */
export function reportRefusedProofs(file: string, { policies }: FileAnalysis, reporter: Messages): void {
  for (const { refined } of policies) {
    const proof = refined?.refinement.proof ?? 'ok';
    if (proof !== 'ok') reporter.error(`${file}: the proof refused the refinement: ${proof}`);
  }
}
