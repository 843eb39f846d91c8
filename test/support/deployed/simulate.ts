import { Draws, nestedStackName, physicalName } from './awsNames.ts';
import { childOf, childPath, keyOfFile, mainPath, policyKey } from './paths.ts';
import type { Call, Deployment, Family, Holder, Name, Policy, Root, Scope, World } from './world.ts';

export interface RealPrincipal {
  readonly arn: string;
  readonly account: string;
  readonly kind: 'role' | 'user';
  readonly name: string;
  /** The managed policies that it has. */
  readonly managed: Set<RealPolicy>;
  /** The keys of the inline policies that it has. */
  readonly inline: Set<string>;
}

export interface RealPolicy {
  readonly account: string;
  readonly name: string;
  readonly key: string;
}

/** A resource as AWS, or Terraform's state, lists it. */
export interface RealResource {
  readonly root: Root;
  readonly deployment: Deployment;
  readonly stack: string;
  /** The logical id, or Terraform's address. */
  readonly address: string;
  readonly principal: RealPrincipal;
}

/** What there is once all is deployed. */
export interface Reality {
  readonly principals: readonly RealPrincipal[];
  readonly policies: readonly RealPolicy[];
  readonly resources: readonly RealResource[];
  /** The deployments that came about: a name that is taken is an error, and all of the deployment is undone. */
  readonly deployments: readonly (readonly [Root, Deployment])[];
  /** By keys of policies in files: who has them. */
  readonly holders: ReadonlyMap<string, ReadonlySet<RealPrincipal>>;
}

/** Deploys a world. */
export function deploy(world: World): Reality {
  return new Deployer(world).run();
}

/** A scope as it is deployed. */
interface Made {
  readonly scope: Scope;
  readonly path: string;
  readonly holders: Map<string, RealPrincipal[]>;
  readonly policies: Map<string, RealPolicy>;
  readonly values: Values;
}

interface Values {
  readonly account: string;
  readonly stack: string;
  readonly prefix: string;
  readonly name: string;
  readonly hasOptional: boolean;
  readonly key?: string;
}

class NameTaken extends Error {}

class Deployer {
  readonly #world: World;
  readonly #draws: Draws;
  #principals = new Map<string, RealPrincipal>();
  #policies = new Map<string, RealPolicy>();
  readonly #resources: RealResource[] = [];
  readonly #holders = new Map<string, Set<RealPrincipal>>();
  readonly #attach: (() => void)[] = [];
  readonly #exports = new Map<string, RealPolicy>();
  readonly #stacks = new Set<string>();

  constructor(world: World) {
    this.#world = world;
    this.#draws = new Draws(world.seed);
  }

  run(): Reality {
    const { roots, strangers, files } = this.#world;
    for (const { account, name } of strangers) this.#principal('role', account, name, true);
    const deployments: (readonly [Root, Deployment])[] = [];
    for (const root of roots)
      for (const deployment of root.deployments) if (this.#try(root, deployment)) deployments.push([root, deployment]);
    for (const attach of this.#attach) attach();
    for (const file of files) {
      const holder = this.#named(file.name, file.account) ?? this.#principal('role', file.account, file.name, true);
      this.#give(keyOfFile(file.path), holder);
      holder.inline.add(keyOfFile(file.path));
    }
    return {
      principals: [...this.#principals.values()],
      policies: [...this.#policies.values()],
      resources: this.#resources,
      deployments,
      holders: this.#holders,
    };
  }

  /** All of a deployment, or nothing. */
  #try(root: Root, deployment: Deployment): boolean {
    const before = [new Map(this.#principals), new Map(this.#policies)] as const;
    const counts = [this.#resources.length, this.#attach.length] as const;
    const stack = `${deployment.account} ${deployment.stack}`;
    if (root.family === 'cfn' && this.#stacks.has(stack)) return false;
    try {
      this.#deployRoot(root, deployment);
      if (root.family === 'cfn') this.#stacks.add(stack);
      return true;
    } catch (error) {
      if (!(error instanceof NameTaken)) throw error;
      [this.#principals, this.#policies] = before;
      this.#resources.length = counts[0];
      this.#attach.length = counts[1];
      return false;
    }
  }

  #deployRoot(root: Root, deployment: Deployment): void {
    const values: Values = { ...deployment };
    const main = this.#make(root, deployment, root.scope, mainPath(root), values, '');
    const exported = root.scope.policies.filter(
      ({ form, goesUp }) => root.family === 'cfn' && form === 'managed' && goesUp,
    );
    for (const { id } of exported) if (this.#exports.has(`${deployment.account} ${id}`)) throw new NameTaken();
    const child = childOf(root, this.#world);
    const children: [Call, Made][] = [];
    if (child)
      for (const call of root.calls)
        for (const key of call.keys ?? [undefined]) {
          const stack =
            root.family === 'cfn' ? nestedStackName(deployment.stack, call.id, this.#draws) : deployment.stack;
          const inner: Values = {
            ...values,
            stack,
            prefix: call.prefix ?? values.prefix,
            name: key ?? call.name,
            ...(key !== undefined && { key }),
          };
          const address = `module.${call.id}${key === undefined ? '' : `["${key}"]`}.`;
          children.push([call, this.#make(root, deployment, child, childPath(root), inner, address)]);
        }
    this.#attach.push(() => this.#attachIn(root.family, main));
    for (const [call, made] of children) {
      this.#attach.push(() => this.#attachIn(root.family, made));
      this.#attach.push(() => this.#handOver(main, call, made));
    }
    // Exports bear the name of their policy, and one of each is in an account.
    for (const { id } of exported.slice(0, 1)) {
      const real = main.policies.get(id);
      if (real) this.#exports.set(`${deployment.account} ${id}`, real);
    }
  }

  /** What goes from caller to callee, and back. */
  #handOver(main: Made, call: Call, made: Made): void {
    const down = main.scope.policies.find(({ form, goesDown }) => form === 'managed' && goesDown);
    const given = down && main.policies.get(down.id);
    if (given && made.scope.takes !== undefined)
      for (const holder of made.holders.get(made.scope.takes) ?? []) this.#attachManaged(given, holder);
    const up = made.scope.policies.find(({ form, goesUp }) => form === 'managed' && goesUp);
    const handed = up && made.policies.get(up.id);
    if (handed && call.upTo !== undefined && !call.keys)
      for (const holder of main.holders.get(call.upTo) ?? []) this.#attachManaged(handed, holder);
  }

  #make(root: Root, deployment: Deployment, scope: Scope, path: string, values: Values, address: string): Made {
    const made: Made = { scope, path, holders: new Map(), policies: new Map(), values };
    for (const holder of scope.holders) {
      if (holder.isOptional && !values.hasOptional) continue;
      const real = (holder.keys ?? [undefined]).map((key) => {
        const own = key === undefined ? values : { ...values, key };
        const name = nameOf(holder.name, holder, root.family, own, this.#draws);
        const principal = this.#principal(holder.kind === 'user' ? 'user' : 'role', values.account, name, false);
        this.#resources.push({
          root,
          deployment,
          stack: values.stack,
          address: resourceAddress(holder, root.family, address, key),
          principal,
        });
        return principal;
      });
      made.holders.set(holder.id, real);
    }
    for (const policy of scope.policies) {
      if (policy.form !== 'managed') continue;
      const name = nameOf(policy.name, policy, root.family, values, this.#draws);
      const id = `${values.account} ${name}`.toLowerCase();
      if (this.#policies.has(id)) throw new NameTaken();
      const real = { account: values.account, name, key: policyKey(path, policy) };
      this.#policies.set(id, real);
      made.policies.set(policy.id, real);
    }
    return made;
  }

  #attachIn(family: Family, { scope, path, holders, policies, values }: Made): void {
    for (const policy of scope.policies) {
      const meant = policy.means === undefined ? undefined : this.#named(policy.means, values.account);
      const own = [...policy.holders.flatMap((id) => holders.get(id) ?? []), ...(meant ? [meant] : [])];
      const managed = policies.get(policy.id);
      for (const holder of own)
        if (managed) this.#attachManaged(managed, holder);
        else {
          this.#give(policyKey(path, policy), holder);
          holder.inline.add(policyKey(path, policy));
        }
    }
    for (const { id, attached } of scope.holders)
      for (const { policy, written } of attached) {
        const name = written === 'prefixed' ? `${values.prefix}-${policy}` : policy;
        const found = this.#policies.get(`${values.account} ${name}`.toLowerCase());
        const imported =
          family === 'cfn' && written === 'looked up' ? this.#exports.get(`${values.account} ${policy}`) : undefined;
        const real = family === 'cfn' && written === 'looked up' ? imported : found;
        if (real) for (const holder of holders.get(id) ?? []) this.#attachManaged(real, holder);
      }
  }

  #attachManaged(policy: RealPolicy, holder: RealPrincipal): void {
    holder.managed.add(policy);
    this.#give(policy.key, holder);
  }

  #give(key: string, holder: RealPrincipal): void {
    this.#holders.set(key, (this.#holders.get(key) ?? new Set()).add(holder));
  }

  #named(name: string, account: string): RealPrincipal | undefined {
    return this.#principals.get(`${account} role ${name}`.toLowerCase());
  }

  #principal(kind: 'role' | 'user', account: string, name: string, mayBeThere: boolean): RealPrincipal {
    const id = `${account} ${kind} ${name}`.toLowerCase();
    const known = this.#principals.get(id);
    if (known && !mayBeThere) throw new NameTaken();
    if (known) return known;
    const arn = `arn:aws:iam::${account}:${kind}/${name}`;
    const principal = { arn, account, kind, name, managed: new Set<RealPolicy>(), inline: new Set<string>() };
    this.#principals.set(id, principal);
    return principal;
  }
}

function nameOf(name: Name, of: Holder | Policy, family: Family, values: Values, draws: Draws): string {
  const made = () =>
    family === 'cfn'
      ? physicalName(values.stack, logicalIdOf(of), draws)
      : `terraform-2024112009${draws.letters(16, '0123456789')}`;
  switch (name.kind) {
    case 'literal':
    case 'put together':
      return name.text;
    case 'prefixed':
      return `${values.prefix}-${name.text}`;
    case 'of the stack':
      return family === 'cfn' ? `${values.stack}-${name.text}`.slice(0, 64) : name.text;
    case 'begun':
      return family === 'tf' ? `${name.text}-2024112009${draws.letters(16, '0123456789')}` : made();
    case 'keyed':
      return values.key === undefined ? name.text : `${values.key}-${name.text}`;
    case 'given':
    case 'by default':
      return values.name;
    default:
      return made();
  }
}

/** The logical id of the resource that bears the name: SAM makes the role of a function. */
export function logicalIdOf(of: Holder | Policy): string {
  return 'kind' in of && of.kind === 'function' ? `${of.id}Role` : of.id;
}

function resourceAddress(holder: Holder, family: Family, address: string, key: string | undefined): string {
  if (family === 'cfn') return logicalIdOf(holder);
  const index = key !== undefined ? `["${key}"]` : holder.isOptional ? '[0]' : '';
  return `${address}aws_iam_${holder.kind === 'user' ? 'user' : 'role'}.${holder.id}${index}`;
}
