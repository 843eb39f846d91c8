import type { Principal } from '../findings/principal.ts';
import { none } from './answers.ts';
import { answerForComputed } from './computedNames.ts';
import { answerForGroup } from './groups.ts';
import { describeHolder, type Holder } from './holders.ts';
import { answerForLiteral } from './literalNames.ts';
import { answerForMadeUp, fitPhysical, fitsPhysical, type PhysicalFit } from './madeUpNames.ts';
import { fitsName } from './names.ts';
import { rivalsFor } from './rivals.ts';
import type { HolderAnswer } from './standing.ts';
import { mayBe, type Surroundings } from './surroundings.ts';
import { UnheardDeployments } from './unheardDeployments.ts';
import type { Universe } from './universe.ts';

/** Tells which principals are which holders, against one state of the findings. What was asked once is known. */
export class Matching {
  readonly #around: Surroundings;
  readonly #answers = new Map<Holder, HolderAnswer>();
  readonly #physical = new Map<Holder, PhysicalFit>();
  readonly #deployments: UnheardDeployments;

  constructor(around: Surroundings) {
    this.#around = around;
    this.#deployments = new UnheardDeployments(around, (holder) => this.#fitOf(holder));
  }

  get universe(): Universe {
    return this.#around.universe;
  }

  /** Whose findings are a holder's. */
  answerFor(holder: Holder): HolderAnswer {
    return once(this.#answers, holder, () => this.#deployments.judge(holder, this.#answer(holder)));
  }

  /** Whether a principal can be a holder, as far as its name, kind, account and ARN tell; an unknown name may be anybody's. */
  canBe(holder: Holder, principal: Principal): boolean {
    const { known } = holder;
    if (!mayBe(holder, principal, this.#around)) return false;
    switch (known.kind) {
      case 'literal':
        return principal.name.toLowerCase() === known.name.toLowerCase();
      case 'pattern':
        return fitsName(principal.name, known.name);
      case 'physical': {
        const made = this.universe.made(principal);
        return made !== undefined && fitsPhysical(made, known);
      }
      default:
        return true;
    }
  }

  /** The other holders that a principal could be as well, as surely as this one. */
  rivalsFor(holder: Holder, principal: Principal): readonly Holder[] {
    return rivalsFor(holder, principal, this.#around);
  }

  #answer(holder: Holder): HolderAnswer {
    const { known, kind } = holder;
    if (kind === 'group') return answerForGroup(holder, this.#around);
    switch (known.kind) {
      case 'literal':
        return answerForLiteral(holder, known.name, this.#around);
      case 'physical':
        return answerForMadeUp(holder, this.#fitOf(holder), this.#around);
      case 'pattern':
        return answerForComputed(holder, known.name, this.#around);
      default:
        return {
          ...none(
            known.why === undefined
              ? `${describeHolder(holder)} holds this policy, whose name is not known here, so that it counts as using everything`
              : `${known.why}, so that nobody can say who it is`,
          ),
          isNobody: true,
        };
    }
  }

  #fitOf(holder: Holder): PhysicalFit {
    return once(this.#physical, holder, () => fitPhysical(holder, this.#around));
  }
}

function once<K, T>(known: Map<K, T>, key: K, make: () => T): T {
  let value = known.get(key);
  if (value === undefined) {
    value = make();
    known.set(key, value);
  }
  return value;
}
