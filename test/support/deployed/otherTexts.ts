import { documentOf } from './document.ts';
import { keyOfFile } from './paths.ts';
import type { Reality, RealPrincipal, RealResource } from './simulate.ts';
import type { Deployment, Inventory, Root, World } from './world.ts';

/** A file, and the keys of the policies in it by their marks. */
export interface Written {
  readonly path: string;
  readonly text: string;
}

/** What tells of a root's deployments, beside its code. */
export function evidenceOf(root: Root): Written[] {
  const { evidence, deployments, folder, family } = root;
  if (evidence === 'none' || evidence === 'stages') return [];
  const told = evidence === 'first named' ? deployments.slice(0, 1) : deployments;
  if (told.length === 0) return [];
  if (family === 'tf')
    return told.map(({ prefix, name }) => ({
      path: `${folder}/${prefix}.tfvars`,
      text: `prefix = ${JSON.stringify(prefix)}\nname = ${JSON.stringify(name)}\n`,
    }));
  const file = `template.${root.syntax}`;
  if (evidence === 'script')
    return [
      { path: `${folder}/deploy.sh`, text: `#!/bin/sh\n${told.map((one) => deployCommand(one, file)).join('\n')}\n` },
    ];
  return [{ path: `${folder}/samconfig.toml`, text: samConfig(told, file) }];
}

function deployCommand({ stack, prefix, name }: Deployment, file: string): string {
  return `aws cloudformation deploy --template-file ${file} --stack-name ${stack} --parameter-overrides Prefix=${prefix} Name=${name}`;
}

function samConfig(deployments: readonly Deployment[], file: string): string {
  const environments = deployments.map(({ stack, prefix, name, account }, place) => {
    const environment = place === 0 ? 'default' : `env${place}`;
    const role = place % 2 === 1 ? `\nrole_arn = "arn:aws:iam::${account}:role/Deployer"` : '';
    return `[${environment}.deploy.parameters]
stack_name = "${stack}"
template_file = "${file}"
parameter_overrides = "Prefix=\\"${prefix}\\" Name=\\"${name}\\""${role}
`;
  });
  return `version = 0.1\n${environments.join('\n')}`;
}

/** A workflow that deploys all that there is to two stages. */
export function matrix(): Written {
  return {
    path: '.github/workflows/deploy.yml',
    text: `on: push
jobs:
  deploy:
    strategy:
      matrix:
        stage: [dev, prod]
    runs-on: ubuntu-latest
    steps:
      - run: make deploy STAGE=\${{ matrix.stage }}
`,
  };
}

/** What lists what exists. */
export function inventoryOf({ inventory, roots }: World, reality: Reality): Written[] {
  return [
    ...inventory.accounts.flatMap((account) => accountFiles(account, inventory, reality)),
    ...(inventory.listsResources ? resourceFiles(reality.resources, roots) : []),
  ];
}

function accountFiles(account: string, { hasDetails }: Inventory, reality: Reality): Written[] {
  const own = reality.principals.filter((principal) => principal.account === account);
  const [roles, users] = ['role', 'user'].map((kind) => own.filter((principal) => principal.kind === kind));
  const text = (value: object) => JSON.stringify(value, null, 2);
  if (!hasDetails)
    return [
      {
        path: `aws/roles-${account}.json`,
        text: text({ Roles: roles?.map((role) => ({ RoleName: role.name, Arn: role.arn })) }),
      },
      {
        path: `aws/users-${account}.json`,
        text: text({ Users: users?.map((user) => ({ UserName: user.name, Arn: user.arn })) }),
      },
    ];
  const policies = reality.policies.filter((policy) => policy.account === account);
  return [
    {
      path: detailsPath(account),
      text: text({
        UserDetailList: users?.map((user) => ({
          UserName: user.name,
          Arn: user.arn,
          GroupList: [],
          ...attachedTo(user, 'User'),
        })),
        GroupDetailList: [],
        RoleDetailList: roles?.map((role) => ({ RoleName: role.name, Arn: role.arn, ...attachedTo(role, 'Role') })),
        Policies: policies.map((policy) => ({
          PolicyName: policy.name,
          Arn: `arn:aws:iam::${account}:policy/${policy.name}`,
          AttachmentCount: own.filter(({ managed }) => managed.has(policy)).length,
          IsAttachable: true,
          PolicyVersionList: [
            { Document: documentOf(`listed-${policy.name}`), VersionId: 'v1', IsDefaultVersion: true },
          ],
        })),
      }),
    },
  ];
}

/** The file that describes an account. */
export function detailsPath(account: string): string {
  return `aws/details-${account}.json`;
}

function attachedTo({ account, managed, inline, name: owner }: RealPrincipal, kind: 'User' | 'Role'): object {
  return {
    [`${kind}PolicyList`]: [...inline].map((_, place) => ({
      PolicyName: `inline-${place}`,
      PolicyDocument: documentOf(`listed-${kind}-${owner}-${place}`),
    })),
    AttachedManagedPolicies: [...managed].map(({ name }) => ({
      PolicyName: name,
      PolicyArn: `arn:aws:iam::${account}:policy/${name}`,
    })),
  };
}

/** Who has the policies of what describes an account, by keys as of other policies. */
export function holdersInDetails({ inventory }: World, reality: Reality): Map<string, Set<RealPrincipal>> {
  const holders = new Map<string, Set<RealPrincipal>>();
  for (const account of inventory.hasDetails ? inventory.accounts : []) {
    const path = detailsPath(account);
    for (const principal of reality.principals.filter((own) => own.account === account)) {
      const kind = principal.kind === 'user' ? 'User' : 'Role';
      for (let place = 0; place < principal.inline.size; place++)
        holders.set(`${path}#listed-${kind}-${principal.name}-${place}`, new Set([principal]));
      for (const { name } of principal.managed) {
        const key = `${path}#listed-${name}`;
        holders.set(key, (holders.get(key) ?? new Set()).add(principal));
      }
    }
  }
  return holders;
}

function resourceFiles(resources: readonly RealResource[], roots: readonly Root[]): Written[] {
  const stacks = new Map<string, RealResource[]>();
  for (const resource of resources) {
    const { root, stack, deployment } = resource;
    const key =
      root.family === 'cfn'
        ? `${deployment.account} ${stack}`
        : `${roots.indexOf(root)} ${root.deployments.indexOf(deployment)}`;
    stacks.set(key, [...(stacks.get(key) ?? []), resource]);
  }
  return [...stacks.values()].map((own, place) => {
    const [first] = own;
    return first?.root.family === 'tf'
      ? { path: `${first.root.folder}/state-${place}.json`, text: stateText(own) }
      : { path: `aws/stack-${place}.json`, text: stackText(own) };
  });
}

function stackText(resources: readonly RealResource[]): string {
  const StackResources = resources.map(({ stack, address, principal, deployment: { account } }) => ({
    StackName: stack,
    StackId: `arn:aws:cloudformation:eu-west-1:${account}:stack/${stack}/1a2b3c4d`,
    LogicalResourceId: address,
    PhysicalResourceId: principal.name,
    ResourceType: principal.kind === 'user' ? 'AWS::IAM::User' : 'AWS::IAM::Role',
    ResourceStatus: 'CREATE_COMPLETE',
  }));
  return JSON.stringify({ StackResources }, null, 2);
}

function stateText(resources: readonly RealResource[]): string {
  const modules = new Map<string, object[]>();
  for (const { address, principal } of resources) {
    const [, module = ''] = /^(module\..*)\.aws_/.exec(address) ?? [];
    const { arn, name, kind } = principal;
    const resource = { address, mode: 'managed', type: `aws_iam_${kind}`, values: { arn, name } };
    modules.set(module, [...(modules.get(module) ?? []), resource]);
  }
  const child_modules = [...modules].flatMap(([address, own]) => (address === '' ? [] : [{ address, resources: own }]));
  return JSON.stringify(
    {
      format_version: '1.0',
      terraform_version: '1.9.0',
      values: { root_module: { resources: modules.get('') ?? [], child_modules } },
    },
    null,
    2,
  );
}

/** A file that is a policy. */
export function policyFile(path: string): Written {
  return { path, text: JSON.stringify(documentOf(keyOfFile(path).split('#')[1] ?? ''), null, 2) };
}
