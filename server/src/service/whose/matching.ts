import type { Principal } from '../findings/principal.ts';
import { count, quote } from '../text.ts';
import { type AccountsOfFile, accountsOf, isIn } from './accounts.ts';
import { testFolderOf } from './environments.ts';
import type { HolderIndex } from './holderIndex.ts';
import { describeHolder, type Holder } from './holders.ts';
import type { Instances } from './instances.ts';
import { displayName, fitsName, isTelling, type KnownName } from './names.ts';
import { folderOf, relativeTo } from './paths.ts';
import { isMadeOf } from './physicalName.ts';
import type { HolderAnswer } from './standing.ts';
import type { MadeUp, Universe } from './universe.ts';

/** What matching needs of a repository. */
export interface Surroundings {
  readonly root: string;
  readonly index: HolderIndex;
  readonly instances: Instances;
  readonly accountsOfFile: AccountsOfFile;
  /** The policy files that bear a name, by it in lower case. */
  readonly filesNamed: (name: string) => readonly string[];
}

/** Tells which principals are which holders, against one state of the findings. */
export class Matching {
  readonly #around: Surroundings;
  readonly universe: Universe;
  readonly #answers = new Map<Holder, HolderAnswer>();
  readonly #physical = new Map<Holder, PhysicalFit>();

  constructor(around: Surroundings, universe: Universe) {
    this.#around = around;
    this.universe = universe;
  }

  /** Whose findings are a holder's. */
  answerFor(holder: Holder): HolderAnswer {
    let answer = this.#answers.get(holder);
    if (!answer) {
      answer = this.#withDeployments(holder, this.#answer(holder));
      this.#answers.set(holder, answer);
    }
    return answer;
  }

  /** Whether a principal can be a holder, as far as its name, kind, account and ARN tell; an unknown name may be anybody's. */
  canBe(holder: Holder, principal: Principal): boolean {
    const { known } = holder;
    if (!this.#mayBe(holder, principal)) return false;
    switch (known.kind) {
      case 'literal':
        return principal.name.toLowerCase() === known.name.toLowerCase();
      case 'pattern':
        return fitsName(principal.name, known.name);
      case 'physical':
        return this.universe
          .madeOf(known.logicalId)
          .some((made) => made.principal.label === principal.label && fitsPhysical(made, known));
      default:
        return true;
    }
  }

  /** The other holders that a principal could be as well, as surely as this one: names that are known go before those that are not. */
  rivalsFor(holder: Holder, principal: Principal): readonly Holder[] {
    const { index } = this.#around;
    const literal = index.named(principal.name).filter((other) => this.#mayBe(other, principal));
    const made = this.universe.made(principal);
    const physical = made
      ? index
          .madeInto(made.id, made.mayBeCut)
          .filter(
            (other) =>
              other.known.kind === 'physical' && fitsPhysical(made, other.known) && this.#mayBe(other, principal),
          )
      : [];
    const patterns = [...index.patterns].filter(
      (other) =>
        other.known.kind === 'pattern' && fitsName(principal.name, other.known.name) && this.#mayBe(other, principal),
    );
    const named = physical.filter(hasNamedStack);
    const classes = [
      literal,
      named.length > 0 ? named : physical,
      patterns,
      index.unknown.filter((other) => this.#mayBe(other, principal)),
    ];
    const strongest = classes.find((all) => all.length > 0) ?? [];
    return strongest.filter(
      (other) =>
        other !== holder &&
        !isSameComputed(holder, other) &&
        !(other.known.kind === 'literal' && !isOtherPlace(holder, other, true)),
    );
  }

  #answer(holder: Holder): HolderAnswer {
    const { known, kind } = holder;
    const label = describeHolder(holder);
    if (kind === 'group') return this.#group(holder, label);
    switch (known.kind) {
      case 'literal':
        return this.#literal(holder, known.name, label);
      case 'physical':
        return this.#made(holder, label);
      case 'pattern':
        return this.#computed(holder, known.name, label);
      default:
        return none(
          known.why === undefined
            ? `${label} holds this policy, whose name is not known here, so that it counts as using everything`
            : `${known.why}, so that nobody can say who it is`,
        );
    }
  }

  #literal(holder: Holder, name: string, label: string): HolderAnswer {
    const named = this.universe.named(name);
    const found = named.filter((principal) => this.#mayBe(holder, principal));
    if (found.length === 0)
      return named.length > 0
        ? elsewhere(name, named, label)
        : none(`this policy belongs to ${label}, for which there are no findings`);
    const missing = this.#withoutFindings(found);
    if (missing)
      return none(`${label} may be ${missing.label}, which exists and has no findings: it counts as using everything`);
    if (holder.arn !== undefined) return certain(found, `${label} holds this policy`);
    const places = this.#placesOf(name, holder, found);
    if (places.length > 0) {
      const where = listPlaces(places, this.#around.root);
      const accounts = new Set(found.map(({ account }) => account));
      if (places.every((path) => isOnlyForTests(path, holder, this.#around.root)))
        return likely(
          found,
          `${label} holds this policy, and is also declared in ${where}, which is for tests or examples`,
          places,
        );
      if (!accounts.has(undefined) && accounts.size > places.length)
        return likely(
          found,
          `${label} is also declared in ${where}, and this is what the findings of ${count(accounts.size, 'account')} all leave unused`,
          places,
        );
      return ambiguous(
        found,
        `${label} is also declared in ${where}, and nothing tells which of them ${found.map(({ label: own }) => own).join(', ')} is`,
        places,
      );
    }
    const mention = this.#mentionedElsewhere(name, holder, found);
    if (mention)
      return likely(
        found,
        `${label} holds this policy, and is also meant in ${listPlaces([mention], this.#around.root)}, which may be another account's`,
        [mention],
      );
    if (found.length > 1 && found.some(({ account }) => account === undefined))
      return ambiguous(found, `${quote(name)} could be any of ${found.map(({ label: own }) => own).join(', ')}`, []);
    const isAssumed = holder.known.kind === 'literal' && holder.known.isAssumed;
    if (isAssumed) return likely(found, `${label} holds this policy, if its name is what it is by default`, []);
    return certain(found, `${label} holds this policy`);
  }

  /** Where else a holder of a literal name is declared, or, where it is declared nowhere, meant. */
  #placesOf(name: string, holder: Holder, found: readonly Principal[]): string[] {
    const all = this.#around.index
      .named(name)
      .filter((other) => other.arn === undefined && found.some((principal) => this.#mayBe(other, principal)));
    const declared = all.filter(({ isDeclared }) => isDeclared);
    const others = declared.length > 0 ? declared : all;
    const own = declared.length > 0 && !holder.isDeclared ? declared[0] : holder;
    const places = new Set<string>();
    for (const other of others)
      if (own && isOtherPlace(own, other, declared.length > 0)) places.add(other.instance.root.scope.path);
    if (declared.length === 0)
      for (const file of this.#filesOf(name, found)) if (folderOf(file) !== folderHolding(holder)) places.add(file);
    return [...places];
  }

  #mentionedElsewhere(name: string, holder: Holder, found: readonly Principal[]): string | undefined {
    const folder = folderHolding(holder);
    const isPinned = accountsOf(holder, this.#around.accountsOfFile) !== undefined;
    const all = this.#around.index
      .named(name)
      .filter((other) => other.arn === undefined && found.some((principal) => this.#mayBe(other, principal)));
    const other = all.find((candidate) => {
      if (folderHolding(candidate) === folder && candidate.provider === holder.provider) return false;
      return !(isPinned && accountsOf(candidate, this.#around.accountsOfFile) !== undefined);
    });
    const file = this.#filesOf(name, found).find((path) => folderOf(path) !== folder);
    const path = other?.instance.root.scope.path ?? file;
    return path === undefined || isOnlyForTests(path, holder, this.#around.root) ? undefined : path;
  }

  /** Policy files of this name, other than those that lie in another account's folder. */
  #filesOf(name: string, found: readonly Principal[]): readonly string[] {
    return this.#around
      .filesNamed(name)
      .filter((path) => found.some((principal) => isIn(this.#around.accountsOfFile(path), principal)));
  }

  #made(holder: Holder, label: string): HolderAnswer {
    const { principals, contested, looksLike } = this.#physicalFit(holder);
    if (principals.length === 0 && contested.size === 0) {
      const why = holder.instance.isOpen
        ? `no finding is about another stack of the template of ${label}`
        : `this policy belongs to ${label}, for which there are no findings${looksLike ? ` that are surely its own (${looksLike.label} only looks like it)` : ''}`;
      return none(why);
    }
    if (contested.size > 0) {
      const rivals = [...new Set([...contested.values()].flat().map((rival) => rival.instance.root.scope.path))].filter(
        (path) => path !== holder.instance.root.scope.path,
      );
      const own = rivals.length === 0 ? [holder.instance.root.scope.path] : rivals;
      const whose = [...contested.keys()].map(({ label: name }) => name);
      if (rivals.length > 0 && rivals.every((path) => isOnlyForTests(path, holder, this.#around.root)))
        return likely(
          [...principals, ...contested.keys()],
          `${label} may be in ${listPlaces(own, this.#around.root)} as well, which is for tests or examples`,
          rivals,
        );
      return ambiguous(
        [...principals, ...contested.keys()],
        `${label} may be in ${listPlaces(own, this.#around.root)} as well, and nothing tells of which template ${whose.join(', ')} was made`,
        own,
      );
    }
    const missing = this.#withoutFindings(principals);
    if (missing)
      return none(`${label} may be ${missing.label}, which exists and has no findings: it counts as using everything`);
    return certain(principals, `${label} holds this policy`);
  }

  /** Which principals CloudFormation made of a holder's resource, and which it may have made of another one as well. */
  #physicalFit(holder: Holder): PhysicalFit {
    const known = this.#physical.get(holder);
    if (known) return known;
    const fit = this.#fitPhysical(holder);
    this.#physical.set(holder, fit);
    return fit;
  }

  #fitPhysical(holder: Holder): PhysicalFit {
    const { known } = holder;
    if (known.kind !== 'physical') return { principals: [], contested: new Map(), stacks: new Set() };
    const fitting = this.universe
      .madeOf(known.logicalId)
      .filter((made) => fitsPhysical(made, known) && this.#mayBe(holder, made.principal));
    const own: MadeUp[] = [];
    const contested = new Map<Principal, readonly Holder[]>();
    for (const made of fitting) {
      if (this.#around.index.named(made.principal.name).some((other) => this.#mayBe(other, made.principal))) continue;
      const rivals = this.#rivalsOf(holder, made);
      if (rivals === 'claimed') continue;
      if (rivals.length > 0) contested.set(made.principal, rivals);
      else own.push(made);
    }
    const sure = own.some(({ isCertain }) => isCertain);
    const contestedSurely = fitting.some(({ isCertain, principal }) => isCertain && contested.has(principal));
    return {
      principals: sure ? own.map(({ principal }) => principal) : [],
      // Of another stack of a template whose stacks are named, others explain it better.
      contested: contestedSurely && !holder.instance.isOpen ? contested : new Map(),
      stacks: new Set(
        own.map(
          ({ stack, mayBeCut, principal }) => `${principal.account ?? ''} ${mayBeCut ? '' : stack.toLowerCase()}`,
        ),
      ),
      ...(own[0] && !sure && { looksLike: own[0].principal }),
    };
  }

  /** The other holders of which a principal may have been made; `claimed` where one of them is told by its stack's name, and this one is not. */
  #rivalsOf(holder: Holder, made: MadeUp): readonly Holder[] | 'claimed' {
    const fitting = this.#around.index.madeInto(made.id, made.mayBeCut).filter((other) => {
      if (other === holder || other.known.kind !== 'physical') return false;
      return fitsPhysical(made, other.known) && this.#mayBe(other, made.principal);
    });
    const isNamed = hasNamedStack(holder);
    const named = fitting.filter(hasNamedStack);
    if (isNamed) return named;
    if (named.length > 0) return 'claimed';
    return fitting;
  }

  #computed(holder: Holder, name: KnownName, label: string): HolderAnswer {
    const found = this.universe.all.filter((principal) => {
      if (!fitsName(principal.name, name) || !this.#mayBe(holder, principal)) return false;
      return (
        !this.#around.index.named(principal.name).some((other) => this.#mayBe(other, principal)) &&
        !this.#isMadeUp(principal)
      );
    });
    if (found.length === 0)
      return none(`this policy belongs to ${label}, and no finding is about a ${holder.kind} of such a name`);
    const missing = this.#withoutFindings(found);
    if (missing)
      return none(`${label} may be ${missing.label}, which exists and has no findings: it counts as using everything`);
    const rivals = [...this.#around.index.patterns].filter((other) => {
      if (other.known.kind !== 'pattern' || isSameComputed(holder, other)) return false;
      const fitted = other.known.name;
      return found.some((principal) => fitsName(principal.name, fitted) && this.#mayBe(other, principal));
    });
    // Who is only meant by such a name is one of those that are declared.
    const others = holder.isDeclared ? rivals.filter(({ isDeclared }) => isDeclared) : rivals;
    const places = others.map((other) => other.instance.root.scope.path);
    if (others.length > 0 && !(!holder.isDeclared && others.length === 1)) {
      const names = others
        .slice(0, 3)
        .map(
          (other) => `${describeHolder(other)} in '${relativeTo(this.#around.root, other.instance.root.scope.path)}'`,
        );
      if (places.every((path) => isOnlyForTests(path, holder, this.#around.root)))
        return likely(found, `${label} fits, as does ${names.join(' and ')}, which is for tests or examples`, places);
      return ambiguous(found, `${listLabels(found)} could be ${label} or ${names.join(' or ')}`, places);
    }
    return likely(found, `the name of ${label} fits`, []);
  }

  #isMadeUp(principal: Principal): boolean {
    const made = this.universe.made(principal);
    return (
      made?.isCertain === true &&
      this.#around.index
        .madeInto(made.id, made.mayBeCut)
        .some(({ known }) => known.kind === 'physical' && fitsPhysical(made, known))
    );
  }

  #group(holder: Holder, label: string): HolderAnswer {
    const members = holder.known.kind === 'literal' ? this.universe.membersOf(holder.known.name) : undefined;
    if (!members) return none(`${label} holds this policy, and nobody can say here who its members are`);
    const missing = this.#withoutFindings(members);
    if (missing)
      return none(`${missing.label} is a member of ${label}, and has no findings: it counts as using everything`);
    return certain(members, `these are the members of ${label}`);
  }

  #withDeployments(holder: Holder, answer: HolderAnswer): HolderAnswer {
    if (answer.kind !== 'certain' && answer.kind !== 'likely') return answer;
    const { instance } = holder;
    if (holder.arn !== undefined) return answer;
    const elsewhere = this.#unheardDeployment(holder);
    if (elsewhere !== undefined)
      return {
        ...none(
          `${describeHolder(holder)} is deployed as ${elsewhere}, too, as other findings show, and none is about it there: it counts as using everything`,
        ),
        principals: answer.principals,
      };
    const several = [...instance.root.several, ...instance.several];
    if (answer.kind === 'certain' && several.length > 0 && !this.universe.isWhole)
      return { ...answer, kind: 'likely', why: `${answer.why}, but it may be deployed more than once: ${several[0]}` };
    return answer;
  }

  /** A stack of the same template of which findings about other roles tell, and of this one none. */
  #unheardDeployment(holder: Holder): string | undefined {
    if (holder.known.kind !== 'physical' || hasNamedStack(holder)) return undefined;
    const own = this.#physicalFit(holder).stacks;
    for (const other of this.#around.index.physicalIn(holder.instance)) {
      if (other === holder) continue;
      for (const stack of this.#physicalFit(other).stacks)
        if (!own.has(stack) && !stack.endsWith(' ') && ![...own].some((known) => known.endsWith(' ')))
          return quote(stack.trim());
    }
    return undefined;
  }

  #withoutFindings(principals: readonly Principal[]): Principal | undefined {
    return principals.find((principal) => !this.universe.hasFindings(principal));
  }

  #mayBe(holder: Holder, principal: Principal): boolean {
    const { kind, arn } = holder;
    if (arn !== undefined && principal.arn?.toLowerCase() !== arn.toLowerCase()) return false;
    if (principal.kind === undefined ? kind === 'group' : principal.kind !== kind) return false;
    return isIn(accountsOf(holder, this.#around.accountsOfFile), principal);
  }
}

interface PhysicalFit {
  readonly principals: readonly Principal[];
  /** Those that others could be as well, and who. */
  readonly contested: ReadonlyMap<Principal, readonly Holder[]>;
  /** The accounts and stacks of its principals; an account alone where the stack's name may have been cut. */
  readonly stacks: ReadonlySet<string>;
  readonly looksLike?: Principal;
}

function fitsPhysical(
  made: MadeUp,
  { logicalId, stack }: { readonly logicalId: string; readonly stack: KnownName },
): boolean {
  if (!isMadeOf(made, logicalId)) return false;
  if (fitsName(made.stack, stack)) return true;
  if (!made.mayBeCut) return false;
  const [own, start] = [made.stack.toLowerCase(), (stack.stretches[0] ?? '').toLowerCase()];
  return start.startsWith(own) || (stack.stretches.length > 1 && own.startsWith(start));
}

function hasNamedStack({ known }: Holder): boolean {
  return known.kind === 'physical' && isTelling(known.stack);
}

/** Whether two declarations of one name are of two roles, as far as one deployment cannot have both. */
function isOtherPlace(one: Holder, other: Holder, areDeclared: boolean): boolean {
  if (one === other) return false;
  const [root, otherRoot] = [one.instance.root, other.instance.root];
  if (root !== otherRoot && root.scope === otherRoot.scope && (root.isOpen || otherRoot.isOpen)) return false;
  if (root === otherRoot && one.provider === other.provider)
    return (
      areDeclared &&
      one.isDeclared &&
      other.isDeclared &&
      !(one.condition !== undefined && other.condition !== undefined)
    );
  if (root !== otherRoot && !areDeclared) return folderHolding(one) !== folderHolding(other);
  return true;
}

/** Whether two computed names are one role's: of one place and one text. */
function isSameComputed(one: Holder, other: Holder): boolean {
  if (one === other) return true;
  if (one.instance.root !== other.instance.root || one.provider !== other.provider) return false;
  if (one.known.kind !== 'pattern' || other.known.kind !== 'pattern') return false;
  const isSameText = displayName(one.known.name) === displayName(other.known.name);
  return (
    isSameText &&
    (!one.isDeclared || !other.isDeclared || (one.condition !== undefined && other.condition !== undefined))
  );
}

/** The folder of the code that is deployed with a holder. */
function folderHolding({ instance }: Holder): string {
  const { path, isFolder } = instance.root.scope;
  return isFolder ? path : folderOf(path);
}

function isOnlyForTests(path: string, holder: Holder, root: string): boolean {
  return testFolderOf(path, root) !== undefined && testFolderOf(holder.instance.root.scope.path, root) === undefined;
}

function listPlaces(paths: readonly string[], root: string): string {
  const [first = '', ...others] = paths.map((path) => relativeTo(root, path));
  return others.length === 0 ? quote(first) : `${quote(first)} and ${count(others.length, 'more place')}`;
}

function listLabels(principals: readonly Principal[]): string {
  return principals.map(({ label }) => label).join(', ');
}

function elsewhere(name: string, named: readonly Principal[], label: string): HolderAnswer {
  const accounts = [...new Set(named.flatMap(({ account }) => account ?? []))];
  const kinds = new Set(named.map(({ kind }) => kind));
  if (kinds.size === 1 && accounts.length > 0 && !label.startsWith(`the ${[...kinds][0]}`))
    return none(`this policy belongs to ${label}, for which there are no findings`);
  return none(
    accounts.length > 0
      ? `the findings are about '${name}' in the account ${accounts.join(', ')}, and ${label} is in another one`
      : `the findings about '${name}' do not tell its account, and the path or a setting names one`,
  );
}

function certain(principals: readonly Principal[], why: string): HolderAnswer {
  return { kind: 'certain', principals, why, rivals: [], trail: [] };
}

function likely(principals: readonly Principal[], why: string, rivals: readonly string[]): HolderAnswer {
  return { kind: 'likely', principals, why, rivals, trail: [] };
}

function ambiguous(principals: readonly Principal[], why: string, rivals: readonly string[]): HolderAnswer {
  return { kind: 'ambiguous', principals, why, rivals, trail: [] };
}

function none(why: string): HolderAnswer {
  return { kind: 'none', principals: [], why, rivals: [], trail: [] };
}
