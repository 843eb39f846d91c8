import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { onlyPolicy } from '../../support/jsonOutline.ts';

// What the places around a policy say about it: `kind quota owner`.

const policy = '{"Statement": [{"Effect": "Allow", "Action": "s3:Get*"}]}';

function context(text: string): string {
  const { kind, quota, owner } = onlyPolicy(text);
  const who = owner && [owner.kind, owner.name && `'${owner.name}'`, owner.logicalId && `(${owner.logicalId})`];
  return [kind, quota, ...(who ?? [])].filter(Boolean).join(' ');
}

describe('CloudFormation resources', () => {
  const resources: Readonly<Record<string, string>> = {
    'AWS::IAM::Role': 'identity 10240 role (Id)',
    'AWS::IAM::User': 'identity 2048 user (Id)',
    'AWS::IAM::Group': 'identity 5120 group (Id)',
    'AWS::IAM::RolePolicy': 'identity 10240',
    'AWS::IAM::UserPolicy': 'identity 2048',
    'AWS::IAM::GroupPolicy': 'identity 5120',
    'AWS::IAM::Policy': 'identity 10240',
    'AWS::IAM::ManagedPolicy': 'identity 6144',
    'AWS::SSO::PermissionSet': 'identity 10240 role',
    'AWS::Serverless::Function': 'identity 10240 role (IdRole)',
    'AWS::Serverless::StateMachine': 'identity 10240 role (IdRole)',
    'AWS::S3::BucketPolicy': 'other 6144',
    'AWS::SQS::QueuePolicy': 'other 6144',
    'AWS::SNS::TopicPolicy': 'other 6144',
    'AWS::KMS::Key': 'other 6144',
    'AWS::EC2::VPCEndpoint': 'other 6144',
    'AWS::IoT::Policy': 'other 6144',
    'AWS::Organizations::Policy': 'other 6144',
    'AWS::SecretsManager::ResourcePolicy': 'other 6144',
    'AWS::Lambda::Unheard': 'other 6144',
    'Custom::Policy': 'other 6144',
  };
  for (const [type, expected] of Object.entries(resources)) {
    test(`${type} is ${expected}`, () => {
      const text = `{"Resources": {"Id": {"Type": "${type}", "Properties": {"PolicyDocument": ${policy}}}}}`;
      assert.equal(context(text), expected);
    });
  }

  const role = (properties: string) =>
    `{"Resources": {"Id": {"Type": "AWS::IAM::Role", "Properties": {${properties}}}}}`;
  const cases: Readonly<Record<string, [text: string, expected: string]>> = {
    'A role that is named literally': [
      role(`"RoleName": "App", "Policies": [{"PolicyName": "p", "PolicyDocument": ${policy}}]`),
      "identity 10240 role 'App' (Id)",
    ],
    'A role whose name is made when it is deployed': [
      role(`"RoleName": {"Fn::Sub": "App"}, "Policies": [{"PolicyName": "p", "PolicyDocument": ${policy}}]`),
      'identity 10240 role (Id)',
    ],
    "A role's trust policy": [role(`"AssumeRolePolicyDocument": ${policy}`), 'other 6144'],
    'A user that is named literally': [
      `{"Id": {"Type": "AWS::IAM::User", "Properties": {"UserName": "Ann", "Policies": [{"PolicyDocument": ${policy}}]}}}`,
      "identity 2048 user 'Ann' (Id)",
    ],
    'A resource of another type, whatever else it names': [
      `{"Id": {"Type": "AWS::Transfer::User", "Properties": {"UserName": "Ann", "Policy": ${policy}}}}`,
      'other 6144',
    ],
    "A role's policy as a resource of its own": [
      `{"Id": {"Type": "AWS::IAM::RolePolicy", "Properties": {"RoleName": "App", "PolicyDocument": ${policy}}}}`,
      "identity 10240 role 'App'",
    ],
    'An inline policy of users': [
      `{"Type": "AWS::IAM::Policy", "Properties": {"Users": ["Ann"], "Roles": ["App"], "PolicyDocument": ${policy}}}`,
      'identity 2048 role',
    ],
    'An inline policy of groups': [
      `{"Type": "AWS::IAM::Policy", "Properties": {"Groups": ["All"], "Roles": ["App"], "PolicyDocument": ${policy}}}`,
      'identity 5120 role',
    ],
    'A policy of one role, by its name': [
      `{"Type": "AWS::IAM::ManagedPolicy", "Properties": {"Roles": ["App"], "PolicyDocument": ${policy}}}`,
      "identity 6144 role 'App'",
    ],
    'A policy of one role of its template': [
      template({ Policy: inlinePolicy({ Ref: 'AppRole' }), AppRole: { Type: 'AWS::IAM::Role' } }),
      'identity 10240 role (AppRole)',
    ],
    'A policy of one role of its template, which is named there': [
      template({ Policy: inlinePolicy({ Ref: 'AppRole' }), AppRole: iamRole({ RoleName: 'App' }) }),
      "identity 10240 role 'App' (AppRole)",
    ],
    'A policy of one role of its template, which is named when it is deployed': [
      template({ Policy: inlinePolicy({ Ref: 'AppRole' }), AppRole: iamRole({ RoleName: { 'Fn::Sub': 'App' } }) }),
      'identity 10240 role (AppRole)',
    ],
    'A policy of a role that is a parameter of its template': [
      JSON.stringify({
        Parameters: { AppRole: { Type: 'String' } },
        Resources: { Policy: inlinePolicy({ Ref: 'AppRole' }) },
      }),
      'identity 10240 role',
    ],
    'A policy of a role that is given as a resource of another type': [
      template({ Policy: inlinePolicy({ Ref: 'AppRole' }), AppRole: { Type: 'AWS::IAM::User' } }),
      'identity 10240 role',
    ],
    'A policy of one role of another template': [
      template({ Policy: inlinePolicy({ 'Fn::ImportValue': 'AppRole' }), AppRole: iamRole({ RoleName: 'App' }) }),
      'identity 10240 role',
    ],
    "A role's policy as a resource of its own, which names the role by its logical id": [
      template({
        Policy: {
          Type: 'AWS::IAM::RolePolicy',
          Properties: { RoleName: { Ref: 'AppRole' }, PolicyDocument: JSON.parse(policy) },
        },
        AppRole: iamRole({ Path: '/' }),
      }),
      'identity 10240 role (AppRole)',
    ],
    "A role's policy as a resource of its own, of a role that is named when it is deployed": [
      `{"Type": "AWS::IAM::RolePolicy", "Properties": {"RoleName": {"Fn::Sub": "App"}, "PolicyDocument": ${policy}}}`,
      'identity 10240 role',
    ],
    "A resource in the CDK's construct tree": [
      `{"aws:cdk:cloudformation:type": "AWS::S3::BucketPolicy", "aws:cdk:cloudformation:props": {"policyDocument": ${policy}}}`,
      'other 6144',
    ],
    "A trust policy in the CDK's construct tree": [
      `{"aws:cdk:cloudformation:type": "AWS::IAM::Role", "aws:cdk:cloudformation:props": {"assumeRolePolicyDocument": ${policy}}}`,
      'other 6144',
    ],
    "A serverless function's policy": [
      `{"Id": {"Type": "AWS::Serverless::Function", "Properties": {"Policies": [${policy}]}}}`,
      'identity 10240 role (IdRole)',
    ],
    'A policy of a serverless function that is given a role': [
      `{"Id": {"Type": "AWS::Serverless::Function", "Properties": {"Role": "arn", "Policies": [${policy}]}}}`,
      'identity 10240 role',
    ],
    'A Type that is no resource type': [`{"Type": "Policy", "Document": ${policy}}`, 'identity 6144'],
  };
  for (const [name, [text, expected]] of Object.entries(cases)) test(name, () => assert.equal(context(text), expected));
});

describe('Answers of AWS commands and plain files', () => {
  const cases: Readonly<Record<string, [text: string, expected: string]>> = {
    'a plain policy counts as a managed one': [policy, 'identity 6144'],
    'get-role-policy': [
      `{"RoleName": "App", "PolicyName": "p", "PolicyDocument": ${policy}}`,
      "identity 10240 role 'App'",
    ],
    'get-user-policy': [
      `{"UserName": "Ann", "PolicyName": "p", "PolicyDocument": ${policy}}`,
      "identity 2048 user 'Ann'",
    ],
    'get-group-policy': [
      `{"GroupName": "All", "PolicyName": "p", "PolicyDocument": ${policy}}`,
      "identity 5120 group 'All'",
    ],
    'get-policy-version': [`{"PolicyVersion": {"Document": ${policy}, "VersionId": "v1"}}`, 'identity 6144'],
    'get-role, which has the trust policy': [
      `{"Role": {"RoleName": "App", "AssumeRolePolicyDocument": ${policy}}}`,
      'other 6144',
    ],
    'get-account-authorization-details': [
      `{"RoleDetailList": [{"RoleName": "App", "RolePolicyList": [{"PolicyName": "p", "PolicyDocument": ${policy}}]}]}`,
      "identity 10240 role 'App'",
    ],
    'a service control policy under its own key': [`{"ServiceControlPolicy": ${policy}}`, 'other 6144'],
    'a RoleName that is no string': [`{"RoleName": ["App"], "PolicyDocument": ${policy}}`, 'identity 6144'],
    'a RoleName that is repeated': [`{"RoleName": "A", "RoleName": "B", "PolicyDocument": ${policy}}`, 'identity 6144'],
  };
  for (const [name, [text, expected]] of Object.entries(cases)) test(name, () => assert.equal(context(text), expected));
});

describe('A managed policy of a template', () => {
  const attached = (...arns: readonly unknown[]) => iamRole({ ManagedPolicyArns: arns });
  const boundary = (arn: unknown) => iamRole({ PermissionsBoundary: arn });
  const shared = { Ref: 'Shared' };
  const several = 'identity 6144 role';
  const cases: Readonly<Record<string, [resources: object, expected: string, outputs?: object]>> = {
    'to which nobody refers': [{ Shared: managed({}), A: attached({ Ref: 'Other' }) }, 'identity 6144'],
    'of one role that refers to it': [{ Shared: managed({}), A: attached(shared) }, 'identity 6144 role (A)'],
    'of one role that refers to it, and is named': [
      { Shared: managed({}), A: iamRole({ RoleName: 'App', ManagedPolicyArns: [shared] }) },
      "identity 6144 role 'App' (A)",
    ],
    'of one user that refers to it': [
      { Shared: managed({}), A: { Type: 'AWS::IAM::User', Properties: { ManagedPolicyArns: [shared] } } },
      'identity 6144 user (A)',
    ],
    'of a role in its list and another one that refers to it': [
      { Shared: managed({ Roles: [{ Ref: 'A' }] }), A: iamRole({}), B: attached(shared) },
      several,
    ],
    'of two roles that refer to it': [{ Shared: managed({}), A: attached(shared), B: attached(shared) }, several],
    'of a role that refers to it by its attribute': [
      {
        Shared: managed({ Roles: ['App'] }),
        B: attached({ 'Fn::GetAtt': ['Shared', 'PolicyArn'] }),
      },
      several,
    ],
    'of a role that refers to it inside a text': [
      { Shared: managed({ Roles: ['App'] }), B: attached({ 'Fn::Sub': '${Shared}' }) },
      several,
    ],
    'of a role that refers to it on a condition': [
      {
        Shared: managed({ Roles: ['App'] }),
        B: iamRole({ ManagedPolicyArns: { 'Fn::If': ['Is', [shared], []] } }),
      },
      several,
    ],
    'of a role that refers to it by its name': [
      {
        Shared: managed({ Roles: ['App'], ManagedPolicyName: 'Mine' }),
        B: attached({ 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:policy/Mine' }),
      },
      several,
    ],
    'of a role and a function': [
      {
        Shared: managed({}),
        A: attached(shared),
        F: { Type: 'AWS::Serverless::Function', Properties: { Policies: [shared] } },
      },
      several,
    ],
    'of a function, whose role is made when it is deployed': [
      { Shared: managed({}), F: { Type: 'AWS::Serverless::Function', Properties: { Policies: shared } } },
      several,
    ],
    'of one role, and exported for those of other stacks': [
      { Shared: managed({}), A: attached(shared) },
      several,
      { Arn: { Value: shared, Export: { Name: 'shared' } } },
    ],
    'of one role, and an output, which another stack may read': [
      { Shared: managed({}), A: attached(shared) },
      several,
      { Arn: { Value: shared } },
    ],
    'of one role, beside outputs of other things': [
      { Shared: managed({}), A: attached(shared) },
      'identity 6144 role (A)',
      { Role: { Value: { 'Fn::GetAtt': ['A', 'Arn'] } } },
    ],
    'of one role, and given to a nested stack': [
      {
        Shared: managed({}),
        A: attached(shared),
        Nested: { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters: { PolicyArn: shared } } },
      },
      several,
    ],
    'that is exported only': [{ Shared: managed({}) }, several, { Arn: { Value: shared, Export: {} } }],
    'that is a boundary': [{ Shared: managed({}), A: boundary(shared) }, 'other 6144'],
    'that is a boundary by a name that is put together': [
      {
        Shared: managed({ ManagedPolicyName: { 'Fn::Sub': '${AWS::StackName}-limit' } }),
        A: boundary({ 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:policy/${AWS::StackName}-limit' }),
      },
      'other 6144',
    ],
    'that is a boundary and attached, too': [
      { Shared: managed({ Roles: ['App'] }), A: boundary(shared), B: attached(shared) },
      'other 6144',
    ],
    'beside the boundary of another one': [
      { Shared: managed({ Roles: ['App'] }), A: boundary({ Ref: 'Limit' }) },
      "identity 6144 role 'App'",
    ],
    'beside what else may stand there': [
      { Shared: managed({}), A: attached(null, 1, {}, [], { Ref: [] }, { 'Fn::Sub': {} }), B: 'no resource' },
      'identity 6144',
    ],
  };
  for (const [name, [resources, expected, outputs]] of Object.entries(cases))
    test(name, () => assert.equal(context(template(resources, outputs)), expected));
});

describe('AWS managed policies that are attached', () => {
  const role = (arns: unknown) =>
    template({ Role: iamRole({ ManagedPolicyArns: arns, Policies: [{ PolicyDocument: JSON.parse(policy) }] }) });
  const cases: Readonly<Record<string, [text: string, expected: readonly string[] | undefined]>> = {
    'by their ARNs': [
      role(['arn:aws:iam::aws:policy/ReadOnlyAccess', 'arn:aws-cn:iam::aws:policy/service-role/A']),
      ['ReadOnlyAccess', 'service-role/A'],
    ],
    'by an ARN with a partition put in': [
      role([{ 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/ReadOnlyAccess' }]),
      ['ReadOnlyAccess'],
    ],
    'by an ARN that is joined, as the CDK writes it': [
      role([{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/ReadOnlyAccess']] }]),
      ['ReadOnlyAccess'],
    ],
    'of a role to which the policy is attached': [
      template({
        Policy: inlinePolicy({ Ref: 'AppRole' }),
        AppRole: iamRole({ ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] }),
      }),
      ['ReadOnlyAccess'],
    ],
    'in get-account-authorization-details': [
      JSON.stringify({
        RoleName: 'App',
        RolePolicyList: [{ PolicyDocument: JSON.parse(policy) }],
        AttachedManagedPolicies: [
          { PolicyName: 'ReadOnlyAccess', PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
          { PolicyName: 'Mine', PolicyArn: 'arn:aws:iam::111111111111:policy/Mine' },
        ],
      }),
      ['ReadOnlyAccess'],
    ],
    'but none of the account': [role(['arn:aws:iam::111111111111:policy/Mine', { Ref: 'Mine' }]), undefined],
    'but nothing that is no list': [role('arn:aws:iam::aws:policy/ReadOnlyAccess'), undefined],
    'but nothing else that may stand there': [role([null, 1, {}, [], [[]], { Ref: [] }]), undefined],
  };
  for (const [name, [text, expected]] of Object.entries(cases))
    test(name, () => assert.deepEqual(onlyPolicy(text).owner?.managedPolicies, expected));
});

function template(resources: object, outputs?: object): string {
  return JSON.stringify({ Resources: resources, Outputs: outputs });
}

function iamRole(properties: object): object {
  return { Type: 'AWS::IAM::Role', Properties: properties };
}

function inlinePolicy(role: object): object {
  return { Type: 'AWS::IAM::Policy', Properties: { Roles: [role], PolicyDocument: JSON.parse(policy) } };
}

function managed(properties: object): object {
  return { Type: 'AWS::IAM::ManagedPolicy', Properties: { ...properties, PolicyDocument: JSON.parse(policy) } };
}
