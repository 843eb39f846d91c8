import fc from 'fast-check';
import type {
  Call,
  Deployment,
  Evidence,
  Family,
  Holder,
  Name,
  NamedAttachment,
  Policy,
  PolicyFile,
  Root,
  Scope,
  Stranger,
  World,
} from './world.ts';

export const ACCOUNTS = ['111111111111', '222222222222', '333333333333'] as const;

/** Few names, so that they meet. */
const ROLE_NAMES = ['App', 'Reader', 'prod-reader', 'dev-reader', 'orders-reader'];
const ENDINGS = ['reader', 'app', 'writer'];
const POLICY_NAMES = ['Shared', 'Common', 'prod-Shared'];
const POLICY_IDS = ['Shared', 'Common', 'Own', 'Other'];
const PREFIXES = ['dev', 'prod', 'stage'];
const STACKS = [
  'orders',
  'orders-dev',
  'billing',
  'a-very-long-name-of-a-stack-dev',
  'a-very-long-name-of-a-stack-prod',
];
const IDS: Readonly<Record<Family, readonly string[]>> = {
  cfn: ['AppRole', 'ReaderRole', 'CustomBucketObjectsProviderRoleOne', 'CustomBucketObjectsProviderRoleTwo'],
  tf: ['app', 'reader', 'writer'],
};
const FOLDERS = [
  'app',
  'dev',
  'prod',
  'billing/infra',
  'tests/fixture',
  `accounts/${ACCOUNTS[0]}`,
  `accounts/${ACCOUNTS[1]}/app`,
  `accounts/${ACCOUNTS[1]}/web`,
];

const weighted = <T>(...values: readonly (readonly [weight: number, value: T])[]): fc.Arbitrary<T> =>
  fc.oneof(...values.map(([weight, value]) => ({ weight, arbitrary: fc.constant(value) })));
const sometimes = <T>(percent: number, list: fc.Arbitrary<T[]>): fc.Arbitrary<readonly T[]> =>
  fc.oneof({ weight: 100 - percent, arbitrary: fc.constant<T[]>([]) }, { weight: percent, arbitrary: list });
const rarely = (percent: number) => weighted([100 - percent, false], [percent, true]);

function holderName(family: Family): fc.Arbitrary<Name> {
  const ending = fc.constantFrom(...ENDINGS);
  const literal = fc.constantFrom(...ROLE_NAMES);
  const texts = (kind: Exclude<Name['kind'], 'made up' | 'given' | 'by default'>, text: fc.Arbitrary<string>) =>
    text.map((own): Name => ({ kind, text: own }));
  return fc.oneof(
    { weight: 5, arbitrary: texts('literal', literal) },
    { weight: family === 'cfn' ? 6 : 1, arbitrary: fc.constant<Name>({ kind: 'made up' }) },
    { weight: 1, arbitrary: texts('put together', literal) },
    { weight: 2, arbitrary: texts('prefixed', ending) },
    { weight: 1, arbitrary: texts(family === 'cfn' ? 'of the stack' : 'begun', ending) },
    { weight: 1, arbitrary: fc.constantFrom<Name>({ kind: 'given' }, { kind: 'by default' }) },
  );
}

function policyName(family: Family): fc.Arbitrary<Name> {
  return fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...POLICY_NAMES).map((text): Name => ({ kind: 'literal', text })) },
    { weight: 2, arbitrary: fc.constant<Name>({ kind: family === 'cfn' ? 'made up' : 'made up' }) },
    { weight: 1, arbitrary: fc.constant<Name>({ kind: 'prefixed', text: 'Shared' }) },
  );
}

const attachment: fc.Arbitrary<NamedAttachment> = fc.record({
  policy: fc.constantFrom(...POLICY_NAMES),
  written: weighted<NamedAttachment['written']>([2, 'arn'], [2, 'account'], [1, 'prefixed'], [2, 'looked up']),
});

function holder(family: Family): fc.Arbitrary<Holder> {
  return fc
    .record({
      id: fc.constantFrom(...IDS[family]),
      kind: weighted<Holder['kind']>([8, 'role'], [1, 'user'], [family === 'cfn' ? 1 : 0, 'function']),
      name: holderName(family),
      keys: weighted<readonly string[] | undefined>([9, undefined], [family === 'tf' ? 1 : 0, ['eu', 'us']]),
      isOptional: rarely(10),
      attached: sometimes(25, fc.array(attachment, { minLength: 1, maxLength: 2 })),
    })
    .map((own) => {
      if (own.kind === 'function') return { ...own, name: { kind: 'made up' } as const, isOptional: false };
      if (!own.keys) return own;
      const text = 'text' in own.name ? own.name.text : 'reader';
      return { ...own, isOptional: false, name: { kind: 'keyed', text } as const };
    });
}

function policy(family: Family): fc.Arbitrary<Policy & { readonly places: readonly number[] }> {
  return fc.record({
    id: fc.constantFrom(...POLICY_IDS),
    form: weighted<Policy['form']>([1, 'inline'], [1, 'managed']),
    name: policyName(family),
    holders: fc.constant([]),
    places: fc.uniqueArray(fc.nat({ max: 2 }), { maxLength: 2 }),
    means: weighted<string | undefined>([12, undefined], [1, 'App'], [1, 'prod-reader']),
    goesUp: rarely(10),
    goesDown: rarely(15),
    isApart: family === 'tf' ? rarely(0) : fc.constant(false),
    style: fc.nat({ max: 5 }),
  });
}

function scope(family: Family): fc.Arbitrary<Scope> {
  return fc
    .record({
      holders: fc.uniqueArray(holder(family), { minLength: 1, maxLength: 3, selector: ({ id }) => id }),
      policies: fc.uniqueArray(policy(family), { minLength: 1, maxLength: 3, selector: ({ id }) => id }),
      takes: weighted([2, false], [1, true]),
    })
    .map(({ holders, policies, takes }) => ({
      holders,
      takes: takes ? holders[0]?.id : undefined,
      policies: policies.map(({ places, ...own }) => ({
        ...own,
        holders: [...new Set(places.flatMap((place) => holders[place % holders.length]?.id ?? []))],
      })),
    }));
}

type MadeCall = Omit<Call, 'upTo'> & { readonly isUp: boolean };

function call(family: Family): fc.Arbitrary<MadeCall> {
  return fc.record({
    id: fc.constantFrom('One', 'Two'),
    prefix: weighted<string | undefined>([2, undefined], [1, 'dev'], [1, 'prod']),
    name: fc.constantFrom(...ROLE_NAMES),
    keys: weighted<readonly string[] | undefined>([4, undefined], [family === 'tf' ? 1 : 0, ['App', 'Reader']]),
    isUp: rarely(30),
  });
}

const deployment: fc.Arbitrary<Deployment> = fc.record({
  account: fc.constantFrom(...ACCOUNTS.slice(0, 2), ACCOUNTS[0], ACCOUNTS[1], ACCOUNTS[2]),
  stack: fc.constantFrom(...STACKS),
  prefix: fc.constantFrom(...PREFIXES),
  name: fc.constantFrom(...ROLE_NAMES),
  hasOptional: fc.boolean(),
});

function root(family: Family): fc.Arbitrary<Root> {
  return fc
    .record({
      syntax: weighted<Root['syntax']>([2, 'yaml'], [1, 'json']),
      folder: fc.constantFrom(...FOLDERS),
      scope: scope(family),
      calls: sometimes(25, fc.uniqueArray(call(family), { minLength: 1, maxLength: 2, selector: ({ id }) => id })),
      child: fc.option(scope(family)),
      deployments: sometimes(
        88,
        fc.oneof(
          { weight: 4, arbitrary: fc.array(deployment, { minLength: 1, maxLength: 1 }) },
          { weight: 3, arbitrary: fc.array(deployment, { minLength: 2, maxLength: 3 }) },
        ),
      ),
      evidence: weighted<Evidence>([3, 'none'], [4, 'named'], [1, 'script'], [1, 'first named'], [1, 'stages']),
    })
    .map(({ calls, child, deployments, ...own }): Root => {
      const [pinned] = /\d{12}/.exec(own.folder) ?? [];
      return {
        ...own,
        family,
        child: child ?? undefined,
        calls: calls.map(({ isUp, ...made }) => ({ ...made, upTo: isUp ? own.scope.holders[0]?.id : undefined })),
        // What is called the same in one account is the same.
        deployments: distinct(
          deployments.map((made) => (pinned === undefined ? made : { ...made, account: pinned })),
          family,
        ),
      };
    });
}

function distinct(deployments: readonly Deployment[], family: Family): Deployment[] {
  const keyOf = ({ account, stack, prefix }: Deployment) => (family === 'cfn' ? `${account} ${stack}` : prefix);
  return deployments.filter((own, place) => deployments.findIndex((other) => keyOf(other) === keyOf(own)) === place);
}

const policyFile: fc.Arbitrary<PolicyFile> = fc
  .record({
    folder: fc.constantFrom('roles', 'dev', 'prod', `accounts/${ACCOUNTS[1]}`),
    name: fc.constantFrom(...ROLE_NAMES),
    account: fc.constantFrom(...ACCOUNTS),
    isFolder: rarely(20),
  })
  .map(({ folder, name, account, isFolder }) => ({
    path: isFolder ? `${folder}/${name}/policy.json` : `${folder}/${name}.json`,
    name,
    account: /\d{12}/.exec(folder)?.[0] ?? account,
  }));

const stranger: fc.Arbitrary<Stranger> = fc.record({
  account: fc.constantFrom(...ACCOUNTS),
  name: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom('Admin', 'Auditor') },
    { weight: 1, arbitrary: fc.constantFrom(...ROLE_NAMES, 'foo-AppRole-1A2B3C4D5E6F', 'stage-reader') },
  ),
});

/** Repositories, and what is deployed. */
export const world: fc.Arbitrary<World> = fc
  .record({
    roots: fc.array(fc.oneof({ weight: 3, arbitrary: root('cfn') }, { weight: 2, arbitrary: root('tf') }), {
      minLength: 1,
      maxLength: 3,
    }),
    shared: fc.record({ cfn: scope('cfn'), tf: scope('tf') }),
    files: sometimes(25, fc.uniqueArray(policyFile, { minLength: 1, maxLength: 2, selector: ({ path }) => path })),
    strangers: fc.array(stranger, { maxLength: 2 }),
    inventory: fc.record({
      accounts: fc.oneof(
        { weight: 3, arbitrary: fc.constant([]) },
        { weight: 1, arbitrary: fc.constant([...ACCOUNTS]) },
        { weight: 1, arbitrary: fc.constant([ACCOUNTS[0]]) },
      ),
      hasDetails: fc.boolean(),
      listsResources: rarely(15),
    }),
    hasMatrix: rarely(5),
    seed: fc.nat(),
    tellsBareNames: rarely(15),
    unnamed: fc.option(fc.nat(), { freq: 8 }),
  })
  .map(({ unnamed, roots, ...own }) => ({
    ...own,
    unnamed: unnamed ?? undefined,
    // Two roots in one folder would write to the same files.
    roots: roots.filter(
      ({ folder, family }, place) =>
        roots.findIndex((other) => other.folder === folder && other.family === family) === place,
    ),
  }));
