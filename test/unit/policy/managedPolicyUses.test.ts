import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { PolicyDocument } from '../../../server/src/service/policy/model.ts';
import { yaml } from '../../../server/src/service/policy/yaml/index.ts';

// Who may hold the managed policy `P`, which the role `A` of its template is given: `role (A)` where nobody else can, else why not.

function holderOf(text: string): string {
  const { documents, problems } = yaml.read(text);
  assert.deepEqual(problems, [], text);
  const { kind, owner } = documents.find(({ address }) => address?.startsWith('P')) as PolicyDocument;
  if (kind === 'other') return 'nobody: it is a boundary';
  return owner?.whyUnknown ?? `${owner?.kind} (${owner?.logicalId})`;
}

interface Template {
  /** Properties of the policy beside its document and its list of roles, each on a line. */
  readonly policy?: string;
  /** What stands beside policy and role, each line without the indentation of `Resources`. */
  readonly resources?: string;
  readonly above?: string;
  readonly below?: string;
}

function template({ policy = '', resources = '', above = '', below = '' }: Template): string {
  return `${above}
Resources:
  A:
    Type: AWS::IAM::Role
  P:
    Type: AWS::IAM::ManagedPolicy
    Properties:
      Roles: [!Ref A]
${policy.replace(/^(?=.)/gm, '      ')}
      PolicyDocument: {Statement: [{Effect: Allow, Action: s3:A}]}
${resources.replace(/^(?=.)/gm, '  ')}
${below}
`;
}

const refersTo = (whom: string) => `${whom} refers to this policy, so that nobody can say who holds it`;
const mayBring = (what: string) =>
  `${what} may bring in others that hold this policy, so that nobody can say who holds it`;
const several = 'this policy is attached to several roles, users or groups';
const onlyA = 'role (A)';
const boundary = 'nobody: it is a boundary';

const roleWith = (arn: string) => `B: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: [${arn}]}}`;

function table(cases: Readonly<Record<string, [template: Template, expected: string]>>): void {
  for (const [name, [parts, expected]] of Object.entries(cases))
    test(name, () => assert.equal(holderOf(template(parts)), expected));
}

describe('Something that refers to a managed policy and does not attach it may hand it on:', () => {
  table({
    'nothing does': [{}, onlyA],
    'an output': [{ below: 'Outputs: {Arn: {Value: !Ref P}}' }, refersTo("the output 'Arn'")],
    'an export': [
      { below: 'Outputs: {Arn: {Value: !GetAtt P.PolicyArn, Export: {Name: p}}}' },
      refersTo("the output 'Arn'"),
    ],
    'a parameter of the Systems Manager': [
      { resources: 'S: {Type: AWS::SSM::Parameter, Properties: {Value: !Ref P}}' },
      refersTo("'S'"),
    ],
    'a nested stack': [
      { resources: 'S: {Type: AWS::CloudFormation::Stack, Properties: {Parameters: {Arn: !Ref P}}}' },
      refersTo("'S'"),
    ],
    'a stack set': [
      { resources: 'S: {Type: AWS::CloudFormation::StackSet, Properties: {Parameters: [{ParameterValue: !Ref P}]}}' },
      refersTo("'S'"),
    ],
    'an application of SAM': [
      { resources: 'S: {Type: AWS::Serverless::Application, Properties: {Parameters: {Arn: !Ref P}}}' },
      refersTo("'S'"),
    ],
    'a custom resource': [{ resources: 'S: {Type: Custom::Attach, Properties: {Arn: !Ref P}}' }, refersTo("'S'")],
    'a text that a script runs': [
      { resources: 'S: {Type: AWS::EC2::Instance, Properties: {UserData: !Sub "attach ${ P }"}}' },
      refersTo("'S'"),
    ],
    'a script of several lines': [
      { resources: 'S:\n  Type: AWS::EC2::Instance\n  Properties:\n    UserData: !Sub |\n      attach ${P}\n      x' },
      refersTo("'S'"),
    ],
    'another property of a role': [
      { resources: 'B: {Type: AWS::IAM::Role, Metadata: {Also: !Ref P}}' },
      refersTo("'B'"),
    ],
    'a role that is there twice': [{ resources: `${roleWith('!Ref P')}\n${roleWith('x')}` }, refersTo("'B'")],
    'a role that another one is an alias of': [
      { resources: `B: &b {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: [!Ref P]}}\nC: *b` },
      refersTo("'B'"),
    ],
    'roles that a loop makes': [
      {
        resources: `Fn::ForEach::Workers: [N, [X, Y], {'B\${N}': {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: [!Ref P]}}}]`,
      },
      refersTo("'Fn::ForEach::Workers'"),
    ],
    'a name that a loop makes': [{ resources: roleWith("!Ref '${N}'") }, several],
    'a name that a loop makes, of another policy': [{ resources: roleWith("!Ref 'Q${N}'") }, onlyA],
    'a name that a function makes': [{ resources: roleWith('{Ref: !FindInMap [a, b, c]}') }, several],
    "the framework's own role": [
      { above: 'provider: {iam: {role: {managedPolicies: [!Ref P]}}}' },
      refersTo("'provider'"),
    ],
  });

  test('a loop that makes several of the policy itself', () => {
    const text = `Resources:
  Fn::ForEach::Ps:
    - N
    - [X, Y]
    - P\${N}:
        Type: AWS::IAM::ManagedPolicy
        Properties: {Roles: [a], PolicyDocument: {Statement: [{Effect: Allow, Action: s3:A}]}}
`;
    assert.equal(holderOf(text), "'Fn::ForEach::Ps' makes several of this policy, so that nobody can say who holds it");
  });
});

describe('A boundary is none of the policies that grant:', () => {
  table({
    'of a role': [{ resources: 'B: {Type: AWS::IAM::Role, Properties: {PermissionsBoundary: !Ref P}}' }, boundary],
    'of all functions': [{ above: 'Globals: {Function: {PermissionsBoundary: !Ref P}}' }, boundary],
    "of the framework's role": [{ above: 'provider: {iam: {role: {permissionsBoundary: !Ref P}}}' }, boundary],
    'of roles that a loop makes': [
      {
        resources: `Fn::ForEach::Workers: [N, [X], {'B\${N}': {Type: AWS::IAM::Role, Properties: {PermissionsBoundary: !Ref P}}}]`,
      },
      boundary,
    ],
    'that others must have': [
      {
        resources:
          'B: {Type: AWS::IAM::Policy, Properties: {Condition: {StringEquals: {"iam:PermissionsBoundary": !Ref P}}}}',
      },
      boundary,
    ],
  });
});

describe('A managed policy is known by its name, too:', () => {
  const shared = 'ManagedPolicyName: Shared';
  table({
    'in an ARN': [
      { policy: shared, resources: roleWith('!Sub "arn:aws:iam::${AWS::AccountId}:policy/Shared"') },
      several,
    ],
    'in an ARN in other letters': [
      { policy: shared, resources: roleWith('arn:aws:iam::1:policy/team/SHARED') },
      several,
    ],
    'that a parameter gives': [
      {
        policy: 'ManagedPolicyName: !Ref PName',
        resources: roleWith('!Sub "arn:aws:iam::${AWS::AccountId}:policy/${PName}"'),
      },
      several,
    ],
    'that a parameter has by default': [
      {
        above: 'Parameters: {PName: {Type: String, Default: Shared}, Other: {Type: String}}',
        policy: 'ManagedPolicyName: !Ref PName',
        resources: roleWith('!Sub "arn:aws:iam::1:policy/${AWS::Region}/Shared"'),
      },
      several,
    ],
    'that a parameter may have': [
      {
        above: 'Parameters: {PName: {Type: String, AllowedValues: [Mine, Shared]}}',
        policy: shared,
        resources: roleWith('!Sub "arn:aws:iam::1:policy/${PName}"'),
      },
      several,
    ],
    'in an ARN that is joined': [
      { policy: shared, resources: roleWith("!Join ['/', [!Sub 'arn:aws:iam::${AWS::AccountId}:policy', Shared]]") },
      several,
    ],
    'in ARNs that are joined to a list': [
      {
        policy: shared,
        resources:
          'S: {Type: AWS::CloudFormation::Stack, Properties: {Parameters: {Arns: !Join [",", ["arn:aws:iam::1:policy/Shared", x]]}}}',
      },
      refersTo("'S'"),
    ],
    'in a script of several lines': [
      {
        policy: shared,
        resources:
          'S:\n  Type: AWS::EC2::Instance\n  Properties:\n    UserData: |\n      attach arn:aws:iam::1:policy/Shared\n      x',
      },
      refersTo("'S'"),
    ],
    'in an ARN of which it is put into a hole': [
      { policy: shared, resources: roleWith("!Sub ['arn:aws:iam::1:policy${Path}${N}', {N: Shared, Path: /team/}]") },
      several,
    ],
    'in an ARN that has a path in a hole': [
      { policy: shared, resources: roleWith("!Sub 'arn:aws:iam::1:policy${Path}Shared'") },
      several,
    ],
    'in an ARN on a condition': [
      { policy: shared, resources: roleWith("!Join ['', ['arn:aws:iam::1:policy/', !If [Is, Shared, Other]]]") },
      several,
    ],
    'at the end of a long script': [
      {
        policy: shared,
        resources: `S: {Type: AWS::EC2::Instance, Properties: {UserData: !Join ['', ['${'echo; '.repeat(1000)}', 'arn:aws:iam::1:policy/', Shared]]}}`,
      },
      refersTo("'S'"),
    ],
    'joined or substituted': [
      {
        policy: "ManagedPolicyName: !Join ['-', [!Ref AWS::StackName, limit]]",
        resources: roleWith("!Sub 'arn:aws:iam::1:policy/${AWS::StackName}-limit'"),
      },
      several,
    ],
    'that another stack gives': [
      {
        policy: 'ManagedPolicyName: !ImportValue Name',
        resources: roleWith("!Join ['/', ['arn:aws:iam::1:policy', !ImportValue Name]]"),
      },
      several,
    ],
    'in the default of a parameter': [
      {
        above: "Parameters: {Shared: {Type: String, Default: 'arn:aws:iam::1:policy/Shared'}}",
        policy: shared,
      },
      refersTo("the parameter 'Shared'"),
    ],
    'which Identity Center attaches in each account': [
      {
        policy: shared,
        resources:
          'S: {Type: AWS::SSO::PermissionSet, Properties: {CustomerManagedPolicyReferences: [{Name: Shared, Path: /}]}}',
      },
      refersTo("'S'"),
    ],
    'which is a boundary of Identity Center': [
      {
        policy: shared,
        resources:
          'S: {Type: AWS::SSO::PermissionSet, Properties: {PermissionsBoundary: {CustomerManagedPolicyReference: {Name: Shared}}}}',
      },
      boundary,
    ],
    'but not by the name of something else': [
      {
        policy: shared,
        resources: 'S: {Type: AWS::S3::Bucket, Properties: {BucketName: Shared, Arn: "arn:aws:s3:::Shared"}}',
      },
      onlyA,
    ],
    'but not by a name that only begins so': [
      { policy: shared, resources: roleWith('arn:aws:iam::1:policy/SharedToo') },
      onlyA,
    ],
    'but not by one of AWS': [{ policy: shared, resources: roleWith('arn:aws:iam::aws:policy/ReadOnlyAccess') }, onlyA],
  });
});

describe('What nobody sees may attach a managed policy:', () => {
  const include = '{Name: AWS::Include, Parameters: {Location: s3://b/more.yaml}}';
  table({
    'resources that are included': [{ resources: `Fn::Transform: ${include}` }, mayBring("'AWS::Include'")],
    'properties that are included': [
      { resources: `B: {Type: AWS::IAM::Role, Properties: {Fn::Transform: ${include}}}` },
      mayBring("'AWS::Include'"),
    ],
    'a template that is included': [{ above: `Transform: ${include}` }, mayBring("'AWS::Include'")],
    'what a macro makes': [{ above: 'Transform: [AWS::Serverless-2016-10-31, Mine]' }, mayBring("'Mine'")],
    'but not what SAM makes': [{ above: 'Transform: [AWS::Serverless-2016-10-31, AWS::LanguageExtensions]' }, onlyA],
    'but not what is included in an API': [
      { resources: `S: {Type: AWS::Serverless::Api, Properties: {DefinitionBody: {Fn::Transform: ${include}}}}` },
      onlyA,
    ],
    "another tool's tag": [{ resources: 'B: !Include b.yaml' }, mayBring("'Fn::Include'")],
    'a file that the framework puts in for a resource': [
      { resources: 'B: ${file(b.yml)}' },
      mayBring("'${file(b.yml)}'"),
    ],
    'a file that the framework puts in for its managed policies': [
      { above: 'provider: {iam: {role: {managedPolicies: "${file(b.yml)}"}}}' },
      mayBring("'${file(b.yml)}'"),
    ],
    'but not a name that the framework puts in': [
      { above: 'provider: {region: "${opt:region}", iam: {role: {name: "${sls:stage}"}}}' },
      onlyA,
    ],
  });

  test('a file that the framework puts in beside the resources', () => {
    const text = `resources:\n  - \${file(more.yml)}\n  -\n${template({}).replace(/^(?=.)/gm, '    ')}`;
    assert.equal(holderOf(text), mayBring("'${file(more.yml)}'"));
  });
});
