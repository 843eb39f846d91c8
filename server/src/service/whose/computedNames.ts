import type { Principal } from '../findings/principal.ts';
import { ambiguous, likely, none } from './answers.ts';
import { describeHolder, type Holder } from './holders.ts';
import { fitsPhysical } from './madeUpNames.ts';
import { fitsName, type KnownName } from './names.ts';
import { relativeTo } from './paths.ts';
import { isOnlyForTests, isSameComputed } from './places.ts';
import type { HolderAnswer } from './standing.ts';
import { isDeclaredByName, mayAlsoBe, mayBe, type Surroundings, withoutFindings } from './surroundings.ts';

/** Whose findings are those of a holder with a name that is computed when it is deployed: those that fit it, and never for sure. */
export function answerForComputed(holder: Holder, name: KnownName, around: Surroundings): HolderAnswer {
  const { index, universe, root } = around;
  const label = describeHolder(holder);
  const found = universe.all.filter(
    (principal) =>
      fitsName(principal.name, name) &&
      mayBe(holder, principal, around) &&
      !isDeclaredByName(principal, around) &&
      !isMadeUp(principal, around),
  );
  if (found.length === 0)
    return {
      ...none(`this policy belongs to ${label}, and no finding is about a ${holder.kind} of such a name`),
      isNobody: true,
    };
  const missing = withoutFindings(found, around);
  if (missing)
    return none(`${label} may be ${missing.label}, which exists and has no findings: it counts as using everything`);
  const rivals = index.patterns.filter((other) => {
    if (other.known.kind !== 'pattern' || isSameComputed(holder, other)) return false;
    const fitted = other.known.name;
    return found.some((principal) => fitsName(principal.name, fitted) && mayAlsoBe(other, principal, around));
  });
  // Who is only meant by such a name is one of those that are declared.
  const others = holder.isDeclared ? rivals.filter(({ isDeclared }) => isDeclared) : rivals;
  const places = others.map((other) => other.instance.root.scope.path);
  if (others.length > 0 && !(!holder.isDeclared && others.length === 1)) {
    const names = others
      .slice(0, 3)
      .map((other) => `${describeHolder(other)} in '${relativeTo(root, other.instance.root.scope.path)}'`);
    if (places.every((path) => isOnlyForTests(path, holder, root)))
      return likely(found, `${label} fits, as does ${names.join(' and ')}, which is for tests or examples`, places);
    return ambiguous(
      found,
      `${found.map(({ label: own }) => own).join(', ')} could be ${label} or ${names.join(' or ')}`,
      places,
    );
  }
  return likely(found, `the name of ${label} fits`);
}

/** Whether CloudFormation surely made a principal's name of a resource of the repository. */
function isMadeUp(principal: Principal, { universe, index }: Surroundings): boolean {
  const made = universe.made(principal);
  return (
    made?.isCertain === true &&
    index.madeInto(made.id, made.mayBeCut).some(({ known }) => known.kind === 'physical' && fitsPhysical(made, known))
  );
}
