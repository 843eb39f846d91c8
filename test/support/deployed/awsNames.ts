/** Numbers that look drawn and are the same for the same seed. */
export class Draws {
  #state: number;

  constructor(seed: number) {
    this.#state = (seed ^ 0x9e3779b9) >>> 0;
  }

  /** One of `0` to `below - 1`. */
  next(below: number): number {
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * below);
  }

  /** True so many times of a hundred. */
  chance(percent: number): boolean {
    return this.next(100) < percent;
  }

  /** Letters of an alphabet. */
  letters(count: number, alphabet: string): string {
    return Array.from({ length: count }, () => alphabet[this.next(alphabet.length)]).join('');
  }
}

const CAPITALS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const DIGITS = '0123456789';

/** What CloudFormation puts behind a name; of late it has small letters, too. */
export function randomPart(draws: Draws): string {
  const isNew = draws.chance(40);
  return draws.letters(12, isNew ? CAPITALS + CAPITALS.toLowerCase() + DIGITS : CAPITALS + DIGITS);
}

/**
 * A name of at most 64 characters: 13 are for the random part, one for a dash; stack and logical id have 25 each, and what one of them
 * leaves is the other's.
 */
export function physicalName(stack: string, logicalId: string, draws: Draws): string {
  const room = 50;
  const idRoom = Math.max(room - stack.length, Math.min(25, logicalId.length));
  const id = logicalId.slice(0, idRoom);
  return `${stack.slice(0, room - id.length)}-${id}-${randomPart(draws)}`;
}

/** The name of a stack that is nested. */
export function nestedStackName(stack: string, logicalId: string, draws: Draws): string {
  return `${stack}-${logicalId}-${draws.letters(12, CAPITALS + DIGITS)}`;
}
