import { describeHolder } from './holders.ts';
import { displayName } from './names.ts';
import { relativeTo } from './paths.ts';
import type { Question } from './question.ts';
import type { Repository } from './repository.ts';

/** So many candidates are listed; of thousands nobody reads more. */
const MAX_CANDIDATES = 50;

/** Every candidate for a policy, and why it was kept or dropped, a line each. */
export function explain(repository: Repository, path: string, pointer: string, question: Question): string[] {
  const policy = repository.policies.at(path, pointer);
  const match = repository.matchOf(path, pointer, question);
  const lines = [
    `${relativeTo(repository.root, path)}${pointer && `#${pointer}`}: ${match.kind}`,
    `because ${match.basis}`,
  ];
  if (!policy) return lines;
  const matching = repository.matchingOf(question.index);
  const { ends, perhaps, fact } = policy;
  if (ends.unknown !== undefined) lines.push(`nobody can say who takes it: ${ends.unknown}`);
  if (ends.other !== undefined) lines.push(`no identity policy: ${ends.other}`);
  for (const doubt of ends.doubts) lines.push(`no more than likely: ${doubt}`);
  const holders = [...ends.holders, ...perhaps];
  if (holders.length === 0)
    lines.push(
      fact.isLoose
        ? 'no code says who holds it, so names of file and folder count'
        : 'nothing that was read gives it to anybody',
    );
  for (const holder of holders) {
    const answer = matching.answerFor(holder);
    const { known, instance } = holder;
    const name =
      known.kind === 'pattern'
        ? ` ('${displayName(known.name)}')`
        : known.kind === 'physical'
          ? ` (named by CloudFormation: ${displayName(known.stack)}-${known.logicalId}-…)`
          : '';
    lines.push(
      `${describeHolder(holder)}${name}${instance.isOpen ? ', in a deployment beside those that are named' : ''}: ${answer.kind}, ${answer.why}`,
    );
    for (const principal of matching.universe.all.slice(0, MAX_CANDIDATES)) {
      const canBe = matching.canBe(holder, principal);
      const others = canBe ? matching.rivalsFor(holder, principal) : [];
      const fate = !canBe
        ? 'dropped: its name, kind or account is another one'
        : others.length > 0
          ? `in doubt: ${others.slice(0, 3).map(describeHolder).join(', ')} could be it as well`
          : matching.universe.hasFindings(principal)
            ? 'kept'
            : 'exists, and has no findings';
      lines.push(`  ${principal.label}: ${fate}`);
    }
  }
  if (matching.universe.all.length > MAX_CANDIDATES && holders.length > 0)
    lines.push(`  and ${matching.universe.all.length - MAX_CANDIDATES} more principals`);
  for (const { line } of match.settle ?? []) lines.push(`to settle it: ${line}`);
  return lines;
}
