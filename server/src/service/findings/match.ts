import type { PolicyDocument, PolicyOwner } from '../policy/model.ts';
import { type CombinedFindings, intersect } from './combine.ts';
import type { Finding } from './finding.ts';
import type { FindingsIndex } from './findingsIndex.ts';
import type { Principal } from './principal.ts';

/** Which findings apply to a policy, and why: the reason is shown wherever the outcome is. */
export type FindingsMatch =
  | {
      readonly kind: 'matched';
      readonly findings: CombinedFindings;
      readonly principals: readonly Principal[];
      readonly why: string;
    }
  | {
      readonly kind: 'unmatched';
      readonly why: string;
      /** Something the user set stands in the way, such as a catalogue that cannot be read. */
      readonly blocked?: boolean;
    };

/** Where a policy's file lies. Paths are absolute and divided by `/`. */
export interface PolicyPlace {
  readonly path: string;
  /** The folder inside which folder names count: the workspace folder, or the PATH given on the command line. */
  readonly root?: string;
}

/** What the user said that goes before, or beyond, what can be told from the policy and its place. */
export interface MatchOptions {
  /** Principals that the user named for this policy. */
  readonly principals?: readonly Principal[];
  /** The command line's version of rule 4: findings without a principal apply wherever they lie. */
  readonly anywhere?: boolean;
  /** Whether this is the one policy that was named on the command line. */
  readonly alone?: boolean;
}

/**
 * Decides which findings apply to one policy. The first rule that has an answer wins:
 * the user's word; what the syntax tells; the names of file and folders; findings without a principal that lie near.
 *
 * Findings that name a principal never apply by mere closeness: a neighbour's policy would lose what it uses.
 */
export function matchFindings(
  document: PolicyDocument,
  place: PolicyPlace,
  index: FindingsIndex,
  options: MatchOptions = {},
): FindingsMatch {
  if (index.files.length === 0)
    return { kind: 'unmatched', why: `no findings file was found${describeRejected(index.rejected)}` };
  return (
    byUser(index, options) ??
    byOwner(document, place, index, options) ??
    byPlace(place, index) ??
    byCloseness(place, index, options) ??
    nothing(index)
  );
}

function byUser(index: FindingsIndex, { principals }: MatchOptions): FindingsMatch | undefined {
  return principals && principals.length > 0 ? matched(index, principals, 'as you named') : undefined;
}

/** Rule 2. An owner that is known and has no findings uses everything. */
function byOwner(
  { owner }: PolicyDocument,
  place: PolicyPlace,
  index: FindingsIndex,
  options: MatchOptions,
): FindingsMatch | undefined {
  if (!owner) return undefined;
  const id = owner.name ?? owner.logicalId;
  const label =
    id === undefined ? `${owner.kind}s that the template does not name literally` : `the ${owner.kind} '${id}'`;
  const named = owner.name === undefined ? physicalNames(owner, index) : index.find(owner.name);
  const found = pinByAccount(
    named.filter((principal) => mayBe(owner, principal)),
    place,
  );
  const accounts = new Set(found.map(({ account }) => account));
  if (owner.name !== undefined && accounts.size > 1) return ambiguous(owner.name, found);
  if (found.length > 0) return matched(index, found, `${label} holds this policy`);
  if (options.anywhere && index.unnamed.length > 0) return undefined;
  return {
    kind: 'unmatched',
    why: `this policy belongs to ${label}, for which there are no findings`,
  };
}

/** A principal that is known by its bare name may be a role or a user. */
function mayBe({ kind }: PolicyOwner, principal: Principal): boolean {
  return principal.kind === undefined ? kind !== 'group' : principal.kind === kind;
}

/** CloudFormation names a role without `RoleName` `stack-LogicalId-1A2B3C`; several stacks make several roles of it. */
function physicalNames({ logicalId }: PolicyOwner, index: FindingsIndex): Principal[] {
  if (logicalId === undefined) return [];
  const end = `-${logicalId.toLowerCase()}`;
  return index.principals.filter(({ name }) => {
    const dash = name.lastIndexOf('-');
    return RANDOM_SUFFIX.test(name.slice(dash + 1)) && name.slice(0, dash).toLowerCase().endsWith(end);
  });
}

/** What CloudFormation puts behind a logical id: capitals and digits, so that `web-app-server` is no `App`. */
const RANDOM_SUFFIX = /^[A-Z0-9]{6,}$/;

/** Rule 3: the file's base name, else the nearest folder above it and inside the root, is a principal's name. */
function byPlace(place: PolicyPlace, index: FindingsIndex): FindingsMatch | undefined {
  const { path, root } = place;
  const base = (path.split('/').at(-1) ?? '').split('.')[0] ?? '';
  const bases = [base, base.replace(/[-_]policy$/i, '')].map(
    (name) => [name, `the file is called '${path.split('/').at(-1)}'`] as const,
  );
  const folders = foldersBetween(path, root).map((name) => [name, `it lies in the folder '${name}'`] as const);
  for (const [name, because] of [...bases, ...folders]) {
    const named = name === '' ? [] : index.find(name);
    const found = pinByAccount(named, place);
    if (named.length > 0 && found.length === 0) return elsewhere(name, named);
    if (found.length > 1) return ambiguous(name, found);
    if (found.length === 1) return matched(index, found, because);
  }
  return undefined;
}

/** The names of the folders above `path` and below `root`, nearest first. */
function foldersBetween(path: string, root: string | undefined): string[] {
  const prefix = root === undefined ? undefined : root.replace(/\/*$/, '/');
  if (prefix === undefined || !path.startsWith(prefix)) return [];
  return path.slice(prefix.length).split('/').slice(0, -1).reverse();
}

/**
 * An account's id in the path says where the policy is deployed: it tells roles of the same name apart, and findings of
 * another account's role do not apply, because the role may be in use in this one. What lies above the root is the user's
 * own machine and says nothing. Where the path names an account, findings that name none do not apply either.
 */
function pinByAccount(found: readonly Principal[], { path, root }: PolicyPlace): readonly Principal[] {
  const inside =
    root !== undefined && path.startsWith(root) ? path.slice(root.length) : path.slice(path.lastIndexOf('/'));
  const accounts = inside.match(/(?<!\d)\d{12}(?!\d)/g);
  return accounts ? found.filter(({ account }) => account !== undefined && accounts.includes(account)) : found;
}

function elsewhere(name: string, named: readonly Principal[]): FindingsMatch {
  const accounts = named.flatMap(({ account }) => account ?? []);
  const why =
    accounts.length > 0
      ? `the findings are about '${name}' in the account ${accounts.join(', ')}, and the path names another one`
      : `the findings about '${name}' do not tell its account, and the path names one`;
  return { kind: 'unmatched', why };
}

/** Rule 4: findings that name nobody apply in their own folder and below, the nearest first. */
function byCloseness(
  { path }: PolicyPlace,
  index: FindingsIndex,
  { anywhere, alone }: MatchOptions,
): FindingsMatch | undefined {
  if (anywhere) {
    const [only, ...others] = index.principals;
    if (alone && only && others.length === 0 && index.unnamed.length === 0)
      return matched(index, [only], 'the findings are about nobody else');
    return index.unnamed.length > 0 ? matchedUnnamed(index, index.unnamed) : undefined;
  }
  const above = index.unnamed.filter(({ file }) => path.startsWith(folderOf(file)));
  const nearest = Math.max(...above.map(({ file }) => folderOf(file).length));
  const near = above.filter(({ file }) => folderOf(file).length === nearest);
  return near.length > 0 ? matchedUnnamed(index, near) : undefined;
}

function folderOf(file: string): string {
  return file.slice(0, file.lastIndexOf('/') + 1);
}

function matchedUnnamed(index: FindingsIndex, findings: readonly Finding[]): FindingsMatch {
  const names = findings.map(({ file }) => `'${file.split('/').at(-1)}'`);
  return {
    kind: 'matched',
    findings: index.combineUnnamed(findings),
    principals: [],
    why: `${names.join(' and ')} ${names.length === 1 ? 'names' : 'name'} no principal`,
  };
}

/** What is unused by all these principals. */
function matched(index: FindingsIndex, principals: readonly Principal[], why: string): FindingsMatch {
  const [first, ...others] = principals.map((principal) => index.findingsOf(principal));
  return { kind: 'matched', findings: others.reduce(intersect, first as CombinedFindings), principals, why };
}

function ambiguous(name: string, found: readonly Principal[]): FindingsMatch {
  return { kind: 'unmatched', why: `'${name}' could be any of ${found.map(({ label }) => label).join(', ')}` };
}

function nothing(index: FindingsIndex): FindingsMatch {
  const count = index.principals.length;
  const whom = count === 1 ? index.principals[0]?.name : `${count} principals`;
  const about = count === 0 ? 'none of the findings is about a role or user' : `the findings are about ${whom}`;
  // Another tool's file is no reason to find nothing; a file that is broken may well be.
  const broken = describeRejected(
    index.rejected.filter(
      ({ recognised, problems }) => recognised || problems.some(({ at }) => typeof at === 'number'),
    ),
  );
  return {
    kind: 'unmatched',
    why: `no principal matches this policy: ${about}, and neither its file nor a folder above it has such a name${broken}`,
  };
}

/** A findings file that could not be used must not look like none. */
function describeRejected(rejected: FindingsIndex['rejected']): string {
  return rejected
    .slice(0, 3)
    .map(({ file, problems }) => `; '${file.split('/').at(-1)}' was not used: ${problems[0]?.message}`)
    .join('');
}
