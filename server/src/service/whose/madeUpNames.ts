import type { Principal } from '../findings/principal.ts';
import { ambiguous, certain, likely, none } from './answers.ts';
import { describeHolder, type Holder } from './holders.ts';
import { fitsName, isTelling, type KnownName } from './names.ts';
import { isMadeOf } from './physicalName.ts';
import { isOnlyForTests, listPlaces } from './places.ts';
import type { HolderAnswer } from './standing.ts';
import { isDeclaredByName, mayAlsoBe, mayBe, type Surroundings, withoutFindings } from './surroundings.ts';
import type { MadeUp } from './universe.ts';

/** Which names CloudFormation made of a holder's resource, and which it may have made of another one as well. */
export interface PhysicalFit {
  readonly own: readonly MadeUp[];
  /** Those that others could be as well, and who. */
  readonly contested: ReadonlyMap<Principal, readonly Holder[]>;
}

/** Whose findings are those of a holder of which CloudFormation makes up the name. */
export function answerForMadeUp(holder: Holder, { own, contested }: PhysicalFit, around: Surroundings): HolderAnswer {
  const label = describeHolder(holder);
  const principals = [...own.map(({ principal }) => principal), ...contested.keys()];
  if (principals.length === 0)
    return holder.instance.isOpen
      ? { ...none(`no finding is about another stack of the template of ${label}`), isNobody: true }
      : { ...none(`this policy belongs to ${label}, for which there are no findings`), isNobody: true };
  const missing = withoutFindings(principals, around);
  if (missing)
    return none(`${label} may be ${missing.label}, which exists and has no findings: it counts as using everything`);
  // Another stack of a template whose stacks are named there need not be: who could be of one has a say, and is in nobody's way.
  if (contested.size > 0 && !holder.instance.isOpen) return contestedBy(holder, principals, contested, around);
  if (own.some(({ isCertain }) => isCertain) || holder.instance.isOpen)
    return certain(principals, `${label} holds this policy`);
  return likely(principals, `${label} holds this policy, if CloudFormation made this name of it`);
}

function contestedBy(
  holder: Holder,
  principals: readonly Principal[],
  contested: PhysicalFit['contested'],
  { root }: Surroundings,
): HolderAnswer {
  const label = describeHolder(holder);
  const { path: own } = holder.instance.root.scope;
  const all = new Set([...contested.values()].flat().map(({ instance }) => instance.root.scope.path));
  const rivals = [...all].filter((path) => path !== own);
  const places = rivals.length === 0 ? [own] : rivals;
  if (rivals.length > 0 && rivals.every((path) => isOnlyForTests(path, holder, root)))
    return likely(
      principals,
      `${label} may be in ${listPlaces(places, root)} as well, which is for tests or examples`,
      rivals,
    );
  const whose = [...contested.keys()].map(({ label: name }) => name);
  return ambiguous(
    principals,
    `${label} may be in ${listPlaces(places, root)} as well, and nothing tells of which template ${whose.join(', ')} was made`,
    places,
  );
}

/** Tells which principals CloudFormation made of a holder's resource. */
export function fitPhysical(holder: Holder, around: Surroundings): PhysicalFit {
  const { known } = holder;
  const own: MadeUp[] = [];
  const contested = new Map<Principal, readonly Holder[]>();
  for (const made of known.kind === 'physical' ? around.universe.madeOf(known.logicalId) : []) {
    const makers = makersOf(made, around);
    if (!makers.includes(holder) || !mayBe(holder, made.principal, around)) continue;
    if (isDeclaredByName(made.principal, around)) continue;
    const rivals = makers.filter((other) => other !== holder);
    if (rivals.length > 0) contested.set(made.principal, rivals);
    else own.push(made);
  }
  return { own, contested };
}

/**
 * The holders of which CloudFormation may have made a principal, as far as its name, kind and account tell. Of these, those count of which
 * most is known of the stack's name.
 */
export function makersOf(made: MadeUp, around: Surroundings): Holder[] {
  const fitting = around.index
    .madeInto(made.id, made.mayBeCut)
    .filter(
      (holder) =>
        holder.known.kind === 'physical' &&
        fitsPhysical(made, holder.known) &&
        mayAlsoBe(holder, made.principal, around),
    );
  const most = Math.max(...fitting.map(stackKnowledge));
  return fitting.filter((holder) => stackKnowledge(holder) === most);
}

/** Whether CloudFormation may have made a name of a resource with this logical id in a stack of this name. */
export function fitsPhysical(
  made: MadeUp,
  { logicalId, stack }: { readonly logicalId: string; readonly stack: KnownName },
): boolean {
  if (!isMadeOf(made, logicalId)) return false;
  if (fitsName(made.stack, stack)) return true;
  if (!made.mayBeCut) return false;
  const [own, start] = [made.stack.toLowerCase(), (stack.stretches[0] ?? '').toLowerCase()];
  return start.startsWith(own) || (stack.stretches.length > 1 && own.startsWith(start));
}

/** How much is known of a holder's stack: nothing, in what it is nested, or what it is called. */
function stackKnowledge({ known }: Holder): 0 | 1 | 2 {
  if (known.kind !== 'physical' || !isTelling(known.stack)) return 0;
  const { stretches } = known.stack;
  // The name of a stack that is nested in one of an unknown name begins and ends with what nobody knows.
  return stretches[0] === '' && stretches.at(-1) === '' ? 1 : 2;
}
