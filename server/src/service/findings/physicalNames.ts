import type { FindingsIndex } from './findingsIndex.ts';
import type { Principal } from './principal.ts';

/**
 * The principals that CloudFormation may have made of a resource without a name of its own. It calls them
 * `stack-LogicalId-1A2B3C`, and several stacks make several of one resource. What only looks like one of them has a say as
 * well, lest it lose what it uses, but is none on its own.
 * @param isPossible whether what else is known does not exclude a principal
 */
export function principalsMadeOf(
  logicalId: string,
  index: FindingsIndex,
  isPossible: (principal: Principal) => boolean,
): Principal[] {
  const { whole, cut } = physicalNamesOf(index);
  const id = logicalId.toLowerCase();
  const found = (whole.get(id) ?? []).filter(({ principal }) => isPossible(principal));
  if (!found.some(({ isCertain }) => isCertain)) return [];
  const shortened = cut.filter(({ part, principal }) => part !== id && id.startsWith(part) && isPossible(principal));
  return [...found, ...shortened].map(({ principal }) => principal);
}

/**
 * The logical ids of a template's text of which CloudFormation may have made principals in the findings, in lower case. Two
 * templates that have one in common may each be the one that a principal was made of. A text in which nothing is made that
 * could hold a policy has none.
 */
export function physicalIdsIn(text: string, index: FindingsIndex): ReadonlySet<string> {
  const { whole, cut } = physicalNamesOf(index);
  const found = new Set<string>();
  if (whole.size === 0 || !MAKES_PRINCIPALS.test(text)) return found;
  for (const [, key = ''] of text.matchAll(KEY)) {
    // The role of a serverless function is called like the function.
    for (const id of [key.toLowerCase(), `${key.toLowerCase()}role`]) {
      if (whole.has(id)) found.add(id);
      for (const { part } of cut) if (id.startsWith(part)) found.add(part);
    }
  }
  return found;
}

/** Whether any finding is about a principal that CloudFormation may have named. */
export function hasPhysicalNames(index: FindingsIndex): boolean {
  return physicalNamesOf(index).whole.size > 0;
}

/** What comes before a colon, wherever it stands: better a name too many than one that is overlooked. */
const KEY = /([A-Za-z0-9]{1,255})["']?[ \t]*:/g;

const MAKES_PRINCIPALS = /AWS::(?:IAM|Serverless)::/;

interface PhysicalName {
  readonly principal: Principal;
  /** What stands for the logical id, in lower case. */
  readonly part: string;
  /** Whether nobody would choose such a name. */
  readonly isCertain: boolean;
}

interface PhysicalNames {
  /** By what stands for the logical id. */
  readonly whole: ReadonlyMap<string, readonly PhysicalName[]>;
  /** Those in which the logical id may have been cut. */
  readonly cut: readonly PhysicalName[];
}

/** Findings may be about thousands of principals, and a template has hundreds of roles: names are taken apart once. */
const known = new WeakMap<FindingsIndex, PhysicalNames>();

function physicalNamesOf(index: FindingsIndex): PhysicalNames {
  let names = known.get(index);
  if (!names) {
    const all = index.principals.flatMap((principal) => readPhysicalName(principal) ?? []);
    const whole = new Map<string, PhysicalName[]>();
    for (const name of all) {
      const alike = whole.get(name.part);
      if (alike) alike.push(name);
      else whole.set(name.part, [name]);
    }
    names = { whole, cut: all.filter(mayBeCut) };
    known.set(index, names);
  }
  return names;
}

function readPhysicalName(principal: Principal): PhysicalName | undefined {
  const [, part, suffix] = PHYSICAL_NAME.exec(principal.name) ?? [];
  if (part === undefined || suffix === undefined) return undefined;
  return { principal, part: part.toLowerCase(), isCertain: RANDOM_SUFFIX.test(suffix) };
}

/** The stack's name, which may have dashes, the logical id, which has none, and what CloudFormation makes up. */
const PHYSICAL_NAME = /^.+-([^-]+)-(?!\d+$)([A-Z0-9]{6,}|[A-Za-z0-9]{12,13})$/;

/** What nobody would choose: letters, capitals at least among them, and digits. A word, a date or an account's id is none of that. */
const RANDOM_SUFFIX = /^(?=.*[A-Z])(?=.*[0-9])/;

/** IAM's names have 64 characters at most. To fit in, CloudFormation cuts the stack's name and the logical id. */
function mayBeCut({ principal, part }: PhysicalName): boolean {
  return principal.name.length >= MIN_LENGTH_CUT && part.length >= MIN_CUT;
}

const MIN_LENGTH_CUT = 60;

/** So much of a logical id is left at least. */
const MIN_CUT = 16;
