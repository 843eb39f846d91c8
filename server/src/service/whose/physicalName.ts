/** A name as CloudFormation makes one up: `STACK-LOGICALID-RANDOM`. */
export interface PhysicalName {
  /** The stack's name, as far as it is there. */
  readonly stack: string;
  /** What stands for the logical id. */
  readonly id: string;
  /** Whether nobody would choose such a name; else it only looks like one. */
  readonly isCertain: boolean;
  /** Whether the stack's name and the logical id may have been cut to fit in. */
  readonly mayBeCut: boolean;
}

/** Takes a name apart that CloudFormation may have made; `undefined` for any other. */
export function readPhysicalName(name: string): PhysicalName | undefined {
  const [, stack, id, suffix] = PHYSICAL_NAME.exec(name) ?? [];
  if (stack === undefined || id === undefined || suffix === undefined) return undefined;
  return { stack, id, isCertain: RANDOM_SUFFIX.test(suffix), mayBeCut: name.length >= MIN_LENGTH_CUT };
}

/** The stack's name, which may have dashes, the logical id, which has none, and what CloudFormation makes up. */
const PHYSICAL_NAME = /^(.+)-([^-]+)-(?!\d+$)([A-Z0-9]{6,}|[A-Za-z0-9]{12,13})$/;

/** What nobody would choose: letters, capitals at least among them, and digits. A word, a date or an account's id is none of that. */
const RANDOM_SUFFIX = /^(?=.*[A-Z])(?=.*[0-9])/;

/** IAM's names have 64 characters at most, and CloudFormation cuts at dashes, too. */
const MIN_LENGTH_CUT = 60;

/** So much of a logical id is left at least: less would be the beginning of too many. */
export const MIN_CUT = 8;

/** The beginning that a logical id has in common with all that is left of it where it was cut. */
export function startOf(logicalId: string): string {
  return logicalId.slice(0, MIN_CUT).toLowerCase();
}

/** Whether CloudFormation may have made the name of a resource with this logical id. */
export function isMadeOf({ id, mayBeCut }: PhysicalName, logicalId: string): boolean {
  const [own, whole] = [id.toLowerCase(), logicalId.toLowerCase()];
  return own === whole || (mayBeCut && own.length >= MIN_CUT && whole.startsWith(own));
}
