import { describe } from 'node:test';
import type {
  GetAccountAuthorizationDetailsResponse,
  GetGroupResponse,
  ListRolesResponse,
  ManagedPolicyDetail,
} from '@aws-sdk/client-iam';
import { tableOf } from '../../support/factsTable.ts';

// What answers of AWS commands say: whose the policies in them are, and what exists.

const policy = { Statement: [{ Effect: 'Allow', Action: 's3:A' }] };
const arn = (path: string) => `arn:aws:iam::111122223333:${path}`;

/** The types of AWS have dates, and policies as texts; its commands print dates as texts, and policies as objects. */
type Printed<T> = T extends Date
  ? string
  : T extends readonly (infer Item)[]
    ? readonly Printed<Item>[]
    : T extends object
      ? {
          [Key in keyof T]?: Key extends 'Document' | 'PolicyDocument' | 'AssumeRolePolicyDocument'
            ? object
            : Printed<T[Key]>;
        }
      : T;

const details = (answer: Printed<GetAccountAuthorizationDetailsResponse>) => JSON.stringify(answer);

describe('Policies in answers of AWS', () => {
  const table = tableOf('policy');
  const json = JSON.stringify;
  const p = 'policy /PolicyDocument identity';
  table('get-role-policy', json({ RoleName: 'App', PolicyName: 'p', PolicyDocument: policy }), [
    `${p} 10240 -> role 'App' 10240`,
  ]);
  table('get-user-policy', json({ UserName: 'ann', PolicyName: 'p', PolicyDocument: policy }), [
    `${p} 2048 -> user 'ann' 2048`,
  ]);
  table('get-group-policy', json({ GroupName: 'all', PolicyName: 'p', PolicyDocument: policy }), [
    `${p} 5120 -> group 'all' 5120`,
  ]);
  table('get-role', json({ Role: { RoleName: 'App', AssumeRolePolicyDocument: policy } }), [
    'policy /Role/AssumeRolePolicyDocument other 6144',
  ]);
  table('get-policy-version', json({ PolicyVersion: { Document: policy, VersionId: 'v2', IsDefaultVersion: true } }), [
    'policy /PolicyVersion/Document identity 6144 loose',
  ]);
  table(
    'get-policy-version of an old one',
    json({ PolicyVersion: { Document: policy, VersionId: 'v1', IsDefaultVersion: false } }),
    [
      'policy /PolicyVersion/Document identity 6144 loose left alone: this is an old version of the policy, which grants nothing',
    ],
  );
  table('a name that is no text', json({ RoleName: ['App'], PolicyDocument: policy }), [`${p} any size loose`]);
  table('a name that a tool puts in', json({ RoleName: '{{ name }}', PolicyDocument: policy }), [
    `${p} 10240 -> role ? 10240`,
  ]);
});

describe('get-account-authorization-details', () => {
  const shared = arn('policy/team/Shared');
  const managed = (more: Partial<Printed<ManagedPolicyDetail>> = {}): Printed<ManagedPolicyDetail> => ({
    PolicyName: 'Shared',
    Arn: shared,
    PolicyVersionList: [{ Document: policy, VersionId: 'v2', IsDefaultVersion: true }],
    ...more,
  });
  const attached = { AttachedManagedPolicies: [{ PolicyName: 'Shared', PolicyArn: shared }] };
  const role = (name: string, more: object = {}) => ({
    RoleName: name,
    Arn: arn(`role/${name}`),
    CreateDate: '2024-01-02T03:04:05Z',
    ...more,
  });
  const at = 'policy /Policies/0/PolicyVersionList/0/Document';

  const policies = tableOf('policy', 'edge');
  policies(
    'inline policies of roles, users and groups',
    details({
      RoleDetailList: [role('App', { RolePolicyList: [{ PolicyName: 'p', PolicyDocument: policy }] })],
      UserDetailList: [
        { UserName: 'ann', Arn: arn('user/ann'), UserPolicyList: [{ PolicyName: 'p', PolicyDocument: policy }] },
      ],
      GroupDetailList: [
        { GroupName: 'all', Arn: arn('group/all'), GroupPolicyList: [{ PolicyName: 'p', PolicyDocument: policy }] },
      ],
    }),
    [
      `policy /RoleDetailList/0/RolePolicyList/0/PolicyDocument identity 10240 -> role 'App' ${arn('role/App')} 10240`,
      `policy /UserDetailList/0/UserPolicyList/0/PolicyDocument identity 2048 -> user 'ann' ${arn('user/ann')} 2048`,
      `policy /GroupDetailList/0/GroupPolicyList/0/PolicyDocument identity 5120 -> group 'all' ${arn('group/all')} 5120`,
    ],
  );
  policies(
    'a managed policy of one role',
    details({ RoleDetailList: [role('A'), role('B', attached)], Policies: [managed({ AttachmentCount: 1 })] }),
    [`${at} at ${shared} identity 6144`, `edge ${shared} arn -> role 'B' ${arn('role/B')}`],
  );
  policies(
    'a managed policy of a user and a group',
    details({
      UserDetailList: [{ UserName: 'ann', Arn: arn('user/ann'), ...attached }],
      GroupDetailList: [{ GroupName: 'all', Arn: arn('group/all'), ...attached }],
      Policies: [managed()],
    }),
    [
      `${at} at ${shared} identity 6144`,
      `edge ${shared} arn -> user 'ann' ${arn('user/ann')}`,
      `edge ${shared} arn -> group 'all' ${arn('group/all')}`,
    ],
  );
  policies('a managed policy of nobody', details({ Policies: [managed({ AttachmentCount: 0 })] }), [
    `${at} at ${shared} identity 6144`,
  ]);
  policies(
    'a managed policy that more have than are listed',
    details({ RoleDetailList: [role('B', attached)], Policies: [managed({ AttachmentCount: 2 })] }),
    [
      `${at} at ${shared} identity 6144 -> any unknown: AWS counts 2 attachments of 'Shared', of which 1 are listed here`,
      `edge ${shared} arn -> role 'B' ${arn('role/B')}`,
    ],
  );
  policies(
    'a managed policy in an answer that is not whole',
    details({ IsTruncated: true, RoleDetailList: [role('B', attached)], Policies: [managed()] }),
    [
      `${at} at ${shared} identity 6144 -> any unknown: this answer of AWS is not whole, and more may have this policy`,
      `edge ${shared} arn -> role 'B' ${arn('role/B')}`,
    ],
  );
  policies(
    'old versions of a managed policy',
    details({
      Policies: [
        managed({
          AttachmentCount: 0,
          PolicyVersionList: [
            { Document: policy, VersionId: 'v2', IsDefaultVersion: true },
            { Document: policy, VersionId: 'v1', IsDefaultVersion: false },
          ],
        }),
      ],
    }),
    [
      `${at} at ${shared} identity 6144`,
      `policy /Policies/0/PolicyVersionList/1/Document at ${shared} identity 6144 left alone: this is an old version of the policy, which grants nothing`,
    ],
  );
  policies(
    'a policy of AWS',
    details({ Policies: [managed({ Arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess', AttachmentCount: 0 })] }),
    [`${at} at arn:aws:iam::aws:policy/ReadOnlyAccess identity 6144 left alone: this is a policy of AWS`],
  );
  policies(
    'a boundary',
    details({
      RoleDetailList: [
        role('A', { PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: shared } }),
      ],
      Policies: [managed({ AttachmentCount: 0 })],
    }),
    [`${at} at ${shared} identity 6144`, `edge ${shared} arn -> arn other: this policy is a permissions boundary`],
  );
  policies(
    'a boundary of somebody who is not listed',
    details({ Policies: [managed({ AttachmentCount: 0, PermissionsBoundaryUsageCount: 1 })] }),
    [`${at} at ${shared} identity 6144 -> any other: this policy is a permissions boundary`],
  );

  const names = tableOf('named', 'aws');
  names(
    'policies that stand elsewhere',
    details({
      RoleDetailList: [
        role('B', {
          AttachedManagedPolicies: [
            { PolicyName: 'Mine', PolicyArn: arn('policy/Mine') },
            { PolicyName: 'A', PolicyArn: 'arn:aws:iam::aws:policy/A' },
          ],
        }),
      ],
    }),
    [`named 'Mine' 111122223333 -> role 'B' ${arn('role/B')}`, `aws A -> role 'B' ${arn('role/B')}`],
  );
  names(
    'list-attached-role-policies, which does not say of whom',
    JSON.stringify({ AttachedPolicies: [{ PolicyName: 'Mine', PolicyArn: arn('policy/Mine') }], Policies: [] }),
    [`named 'Mine' 111122223333 -> any unknown: 'AttachedPolicies' refers to this policy`],
  );
  names(
    'list-policies, which says of nobody',
    JSON.stringify({ Policies: [{ PolicyName: 'Mine', Arn: arn('policy/Mine') }] }),
    [],
  );

  const inventory = tableOf('account', 'exists');
  inventory(
    'what exists',
    details({
      IsTruncated: false,
      RoleDetailList: [role('A', attached), role('B')],
      UserDetailList: [
        { UserName: 'ann', Arn: arn('user/ann'), GroupList: ['all', 'ops'], AttachedManagedPolicies: [] },
      ],
      GroupDetailList: [{ GroupName: 'all', Arn: arn('group/all') }],
      Policies: [],
    }),
    [
      'account 111122223333 role+user whole',
      `exists ${arn('role/A')} 2024-01-02T03:04:05Z has ${shared}`,
      `exists ${arn('role/B')} 2024-01-02T03:04:05Z`,
      `exists ${arn('user/ann')} has no policies in all ops`,
    ],
  );
  inventory(
    'one page of several, which does not tell of all who have a policy or are in a group',
    details({
      IsTruncated: true,
      RoleDetailList: [role('A', attached)],
      UserDetailList: [{ UserName: 'ann', Arn: arn('user/ann'), GroupList: ['all'] }],
      Policies: [],
    }),
    [
      'account 111122223333 role+user in part',
      `exists ${arn('role/A')} 2024-01-02T03:04:05Z`,
      `exists ${arn('user/ann')}`,
    ],
  );
});

describe('What exists', () => {
  const table = tableOf('account', 'exists', 'stack', 'state');
  const roles: Printed<ListRolesResponse> = { Roles: [{ RoleName: 'App', Arn: arn('role/service/App') }] };
  table('list-roles', JSON.stringify(roles), ['account 111122223333 role whole', `exists ${arn('role/service/App')}`]);
  table('list-roles with more to come', JSON.stringify({ ...roles, NextToken: 'x' }), [
    'account 111122223333 role in part',
    `exists ${arn('role/service/App')}`,
  ]);
  table('list-roles in YAML', `Roles:\n- Arn: ${arn('role/App')}\n  RoleName: App\n`, [
    'account 111122223333 role whole',
    `exists ${arn('role/App')}`,
  ]);
  table('list-users', JSON.stringify({ Users: [{ UserName: 'ann', Arn: arn('user/ann') }] }), [
    'account 111122223333 user whole',
    `exists ${arn('user/ann')}`,
  ]);
  const group: Printed<GetGroupResponse> = {
    Group: { GroupName: 'all', Arn: arn('group/all') },
    Users: [{ UserName: 'ann', Arn: arn('user/ann') }],
  };
  table('get-group, which lists its members alone', JSON.stringify(group), [
    'account 111122223333 whole',
    `exists ${arn('user/ann')} in all`,
  ]);
  table('get-group with more to come', JSON.stringify({ ...group, IsTruncated: true }), []);
  const resource = (
    LogicalResourceId: string,
    ResourceType: string,
    PhysicalResourceId: string,
    more: object = {},
  ) => ({ LogicalResourceId, ResourceType, PhysicalResourceId, ...more });
  const stackId = 'arn:aws:cloudformation:eu-west-1:111122223333:stack/orders-dev/0a1b';
  table(
    'describe-stack-resources',
    JSON.stringify({
      StackResources: [
        resource('AppRole', 'AWS::IAM::Role', 'orders-dev-AppRole-1A2B3C4D5E6F', {
          StackName: 'orders-dev',
          StackId: stackId,
        }),
        resource('Table', 'AWS::DynamoDB::Table', 'orders-dev-Table-1', { StackName: 'orders-dev', StackId: stackId }),
      ],
    }),
    ['stack orders-dev 111122223333 AppRole=orders-dev-AppRole-1A2B3C4D5E6F'],
  );
  table(
    'describe-stack-resources of several stacks',
    JSON.stringify({
      StackResources: ['dev', 'prod'].map((stage) =>
        resource('AppRole', 'AWS::IAM::Role', `orders-${stage}-AppRole-1`, { StackName: `orders-${stage}` }),
      ),
    }),
    ['stack orders-dev AppRole=orders-dev-AppRole-1', 'stack orders-prod AppRole=orders-prod-AppRole-1'],
  );
  table(
    'list-stack-resources',
    JSON.stringify({
      StackResourceSummaries: [
        resource('AppRole', 'AWS::IAM::Role', 'orders-dev-AppRole-1A2B3C4D5E6F'),
        resource('Shared', 'AWS::IAM::ManagedPolicy', arn('policy/orders-dev-Shared-1')),
      ],
    }),
    [`stack 111122223333 AppRole=orders-dev-AppRole-1A2B3C4D5E6F Shared=${arn('policy/orders-dev-Shared-1')}`],
  );
  const state = {
    root_module: {
      resources: [
        {
          address: 'aws_iam_role.app["a"]',
          mode: 'managed',
          type: 'aws_iam_role',
          name: 'app',
          values: { arn: arn('role/app-a'), assume_role_policy: '{}' },
        },
        {
          address: 'data.aws_iam_role.x',
          mode: 'data',
          type: 'aws_iam_role',
          name: 'x',
          values: { arn: arn('role/x') },
        },
        { address: 'aws_s3_bucket.b', mode: 'managed', type: 'aws_s3_bucket', values: { arn: 'arn:aws:s3:::b' } },
      ],
      child_modules: [
        {
          address: 'module.m',
          resources: [
            {
              address: 'module.m.aws_iam_user.u',
              mode: 'managed',
              type: 'aws_iam_user',
              values: { arn: arn('user/u') },
            },
          ],
        },
      ],
    },
  };
  const listed = [`state aws_iam_role.app["a"]=${arn('role/app-a')} module.m.aws_iam_user.u=${arn('user/u')}`];
  table('terraform show', JSON.stringify({ format_version: '1.0', terraform_version: '1.9.0', values: state }), listed);
  table(
    'terraform show of a plan',
    JSON.stringify({
      format_version: '1.2',
      terraform_version: '1.9.0',
      planned_values: {},
      prior_state: { values: state },
    }),
    listed,
  );
});

describe('A state of Terraform', () => {
  const table = tableOf();
  table(
    'says nothing else',
    JSON.stringify({
      terraform_version: '1.9.0',
      values: {
        root_module: {
          resources: [{ address: 'x.y', values: { policy_arn: arn('policy/Shared'), AttachedManagedPolicies: [] } }],
        },
      },
    }),
    ['state'],
  );
});
