import { describe } from 'node:test';
import { tableOf } from '../../support/factsTable.ts';

// Where a template means the managed policy `P`, and who has it there.

const doc = 'PolicyDocument: {Statement: [{Effect: Allow, Action: s3:A}]}';

interface Template {
  /** Properties of the policy beside its document, each on a line. */
  readonly policy?: string;
  /** What stands beside the policy, each line without the indentation of `Resources`. */
  readonly resources?: string;
  readonly above?: string;
  readonly below?: string;
}

function template({ policy = '', resources = '', above = '', below = '' }: Template): string {
  return `${above}
Resources:
  P:
    Type: AWS::IAM::ManagedPolicy
    Properties:
${policy.replace(/^(?=.)/gm, '      ')}
      ${doc}
${resources.replace(/^(?=.)/gm, '  ')}
${below}
`;
}

const roleWith = (arn: string) => `B: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: [${arn}]}}`;

function tableWith(...sections: readonly string[]) {
  const table = tableOf(...sections);
  return (name: string, parts: Template, expected: readonly string[]) => table(name, template(parts), expected);
}

describe('A managed policy is attached', () => {
  const table = tableWith('edge');
  table('by nobody', { resources: roleWith('!Ref Q') }, []);
  table('by a role', { resources: roleWith('!Ref P') }, ['edge P arn -> role at B']);
  table('by its attribute', { resources: roleWith('!GetAtt P.PolicyArn') }, ['edge P arn -> role at B']);
  table('by its attribute in a list', { resources: roleWith('{"Fn::GetAtt": [P, PolicyArn]}') }, [
    'edge P arn -> role at B',
  ]);
  table('inside a text', { resources: roleWith("!Sub '${ P }'") }, ['edge P arn -> role at B']);
  table('on a condition', { resources: roleWith('!If [Is, !Ref P, !Ref AWS::NoValue]') }, ['edge P arn -> role at B']);
  table(
    'as a list that a condition chooses',
    { resources: 'B: {Type: AWS::IAM::User, Properties: {ManagedPolicyArns: !If [Is, [!Ref P], []]}}' },
    ['edge P arn -> user at B'],
  );
  table('by a function of SAM', { resources: 'F: {Type: AWS::Serverless::Function, Properties: {Policies: !Ref P}}' }, [
    'edge P arn -> role at FRole',
  ]);
  table(
    'by a function of SAM that is given a role: by nobody',
    { resources: 'F: {Type: AWS::Serverless::Function, Properties: {Role: arn, Policies: !Ref P}}' },
    [],
  );
  table(
    'by roles that a loop makes',
    {
      resources: `Fn::ForEach::Workers: [N, [X, Y], {'B\${N}': {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: [!Ref P]}}}]`,
    },
    ['edge P arn -> role at B${N}'],
  );
});

describe('Something that refers to a managed policy and does not attach it may hand it on:', () => {
  const table = tableWith('edge');
  const by = (whom: string) => [`edge P arn -> any unknown: ${whom} refers to this policy`];
  table(
    'a parameter of the Systems Manager',
    { resources: 'S: {Type: AWS::SSM::Parameter, Properties: {Value: !Ref P}}' },
    by("'S'"),
  );
  table('a custom resource', { resources: 'S: {Type: Custom::Attach, Properties: {Arn: !Ref P}}' }, by("'S'"));
  table(
    'a text that a script runs',
    { resources: 'S: {Type: AWS::EC2::Instance, Properties: {UserData: !Sub "attach ${ P }"}}' },
    by("'S'"),
  );
  table(
    'a script of several lines',
    { resources: 'S:\n  Type: AWS::EC2::Instance\n  Properties:\n    UserData: !Sub |\n      attach ${P}\n      x' },
    by("'S'"),
  );
  table('another property of a role', { resources: 'B: {Type: AWS::IAM::Role, Metadata: {Also: !Ref P}}' }, by("'B'"));
  table(
    'a statement',
    {
      resources: `B: {Type: AWS::IAM::Policy, Properties: {PolicyDocument: {Statement: [{Effect: Allow, Action: iam:AttachRolePolicy, Resource: !Ref P}]}}}`,
    },
    by("'B'"),
  );
  table('a role that is there twice', { resources: `${roleWith('!Ref P')}\n${roleWith('x')}` }, by("'B'"));
  table(
    'a role that another one is an alias of',
    { resources: `B: &b {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: [!Ref P]}}\nC: *b` },
    by("'B'"),
  );
  table('merged properties', { above: 'x: &x {ManagedPolicyArns: [!Ref P]}' }, by("'x'"));
  table('a reference of which a function makes the name', { resources: roleWith('{Ref: !FindInMap [a, b, c]}') }, [
    'edge a reference to … same -> role at B',
    'edge Mappings.a same -> role at B',
    'edge P arn -> any a reference to …',
  ]);
  table('a name that a loop makes', { resources: roleWith("!Ref '${N}'") }, [
    'edge a reference to … same -> role at B',
    'edge P arn -> any a reference to …',
  ]);
  table('but not a name that a loop makes of another policy', { resources: roleWith("!Ref 'Q${N}'") }, [
    'edge a reference to Q… same -> role at B',
  ]);
  table('a condition does not', { below: 'Conditions: {Has: !Equals [!Ref P, x]}' }, []);
  table('nor what depends on it', { resources: 'B: {Type: AWS::IAM::Role, DependsOn: P}' }, []);
});

describe('A managed policy of a loop', () => {
  const table = tableOf('policy', 'managed', 'edge');
  const looped = (rest: string) => `Resources:
  Fn::ForEach::Ps:
    - N
    - [X, Y]
    - P\${N}:
        Type: AWS::IAM::ManagedPolicy
        Properties: {ManagedPolicyName: !Sub 'p-\${N}', Roles: [a], ${doc}}
${rest}`;
  table('is all that the loop makes of it', looped(''), [
    "policy /Resources/Fn::ForEach::Ps/2/P${N}/Properties/PolicyDocument 'P${N}' at P${N} identity 6144 -> role 'a'",
    "managed P${N} 'p-X'",
    "managed P${N} 'p-Y'",
  ]);
  table('is attached one by one', looped('  B: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: [!Ref PX]}}'), [
    "policy /Resources/Fn::ForEach::Ps/2/P${N}/Properties/PolicyDocument 'P${N}' at P${N} identity 6144 -> role 'a'",
    'edge P${N} arn -> role at B',
    "managed P${N} 'p-X'",
    "managed P${N} 'p-Y'",
  ]);
  table(
    'is attached in another loop',
    looped(
      "  Fn::ForEach::Bs: [M, [X, Y], {'B${M}': {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: [!Ref 'P${M}']}}}]",
    ),
    [
      "policy /Resources/Fn::ForEach::Ps/2/P${N}/Properties/PolicyDocument 'P${N}' at P${N} identity 6144 -> role 'a'",
      'edge P${N} arn -> role at B${M}',
      "managed P${N} 'p-X'",
      "managed P${N} 'p-Y'",
    ],
  );
});

describe('A boundary is none of the policies that grant:', () => {
  const table = tableWith('edge');
  const boundary = ['edge P arn -> arn other: this policy is a permissions boundary'];
  table('of a role', { resources: 'B: {Type: AWS::IAM::Role, Properties: {PermissionsBoundary: !Ref P}}' }, boundary);
  table('of all functions', { above: 'Globals: {Function: {PermissionsBoundary: !Ref P}}' }, boundary);
  table("of the framework's role", { above: 'provider: {iam: {role: {permissionsBoundary: !Ref P}}}' }, boundary);
  table(
    "of the framework's role, as it may be written",
    { above: 'provider: {iam: {role: {permissionBoundary: !Ref P}}}' },
    boundary,
  );
  table(
    'of roles that a loop makes',
    {
      resources: `Fn::ForEach::Workers: [N, [X], {'B\${N}': {Type: AWS::IAM::Role, Properties: {PermissionsBoundary: !Ref P}}}]`,
    },
    boundary,
  );
  table(
    'that others must have',
    {
      resources:
        'B: {Type: AWS::IAM::Policy, Properties: {Condition: {StringEquals: {"iam:PermissionsBoundary": !Ref P}}}}',
    },
    boundary,
  );
});

describe('A managed policy is called', () => {
  const table = tableWith('managed');
  table('as CloudFormation makes it up', {}, ['managed P made of P']);
  table('as it is written out', { policy: 'ManagedPolicyName: Shared' }, ["managed P 'Shared'"]);
  table('as it is put together', { policy: "ManagedPolicyName: !Sub '${AWS::StackName}-limit'" }, [
    "managed P '${AWS::StackName}-limit'",
  ]);
  table('one of two names', { policy: 'ManagedPolicyName: !If [Is, one, other]' }, [
    "managed P 'one'",
    "managed P 'other'",
  ]);
});

describe('A managed policy is meant by a name or ARN:', () => {
  const table = tableWith('named', 'aws');
  table('of some account', { resources: roleWith('arn:aws:iam::111122223333:policy/Shared') }, [
    "named 'Shared' 111122223333 -> role at B",
  ]);
  table('of the own account', { resources: roleWith('!Sub "arn:aws:iam::${AWS::AccountId}:policy/Shared"') }, [
    "named 'Shared' -> role at B",
  ]);
  table('with a path', { resources: roleWith('arn:aws:iam::1:policy/team/SHARED') }, ["named 'SHARED' -> role at B"]);
  table('that a parameter gives', { resources: roleWith('!Sub "arn:aws:iam::${AWS::AccountId}:policy/${PName}"') }, [
    "named '${PName}' -> role at B",
  ]);
  table(
    'that a parameter has by default',
    {
      above: 'Parameters: {PName: {Type: String, Default: Shared}}',
      resources: roleWith('!Sub "arn:aws:iam::1:policy/${PName}"'),
    },
    ["named '${PName}' -> role at B", "named 'Shared' -> role at B"],
  );
  table(
    'that a parameter may have',
    {
      above: 'Parameters: {PName: {Type: String, AllowedValues: [Mine, Shared]}}',
      resources: roleWith('!Sub "arn:aws:iam::1:policy/${PName}"'),
    },
    ["named '${PName}' -> role at B", "named 'Mine' -> role at B", "named 'Shared' -> role at B"],
  );
  table(
    'in an ARN that is joined',
    { resources: roleWith("!Join ['/', [!Sub 'arn:aws:iam::${AWS::AccountId}:policy', Shared]]") },
    ["named 'Shared' -> role at B"],
  );
  table(
    'in ARNs that are joined to a list',
    {
      resources:
        'S: {Type: Custom::S, Properties: {Arns: !Join [",", ["arn:aws:iam::1:policy/Shared", "arn:aws:iam::1:policy/Other"]]}}',
    },
    [
      "named 'Shared' -> any unknown: 'S' refers to this policy",
      "named 'Shared,arn' -> any unknown: 'S' refers to this policy",
      "named 'Other' -> any unknown: 'S' refers to this policy",
    ],
  );
  table(
    'in a script of several lines',
    {
      resources:
        'S:\n  Type: AWS::EC2::Instance\n  Properties:\n    UserData: |\n      attach arn:aws:iam::1:policy/Shared\n      x',
    },
    ["named 'Shared' -> any unknown: 'S' refers to this policy"],
  );
  table(
    'that is put into a hole',
    { resources: roleWith("!Sub ['arn:aws:iam::1:policy${Path}${N}', {N: Shared, Path: /team/}]") },
    ["named 'Shared' -> role at B"],
  );
  table('behind a path in a hole', { resources: roleWith("!Sub 'arn:aws:iam::1:policy${Path}Shared'") }, [
    "named 'Shared' -> role at B",
  ]);
  table('behind a path in a hole, and in one', { resources: roleWith("!Sub 'arn:aws:iam::1:policy${Path}${Name}'") }, [
    "named '${Name}' -> role at B",
  ]);
  table('on a condition', { resources: roleWith("!Join ['', ['arn:aws:iam::1:policy/', !If [Is, Shared, Other]]]") }, [
    "named 'Shared' -> role at B",
    "named 'Other' -> role at B",
  ]);
  table(
    'at the end of a long script',
    {
      resources: `S: {Type: AWS::EC2::Instance, Properties: {UserData: !Join ['', ['${'echo; '.repeat(1000)}', 'arn:aws:iam::1:policy/', Shared]]}}`,
    },
    ["named 'Shared' -> any unknown: 'S' refers to this policy"],
  );
  table(
    'in a boundary',
    {
      resources:
        'B: {Type: AWS::IAM::Role, Properties: {PermissionsBoundary: !Sub "arn:aws:iam::${AWS::AccountId}:policy/Shared"}}',
    },
    ["named 'Shared' -> arn other: this policy is a permissions boundary"],
  );
  table(
    'which Identity Center attaches in each account',
    {
      resources:
        'S: {Type: AWS::SSO::PermissionSet, Properties: {CustomerManagedPolicyReferences: [{Name: Shared, Path: /}]}}',
    },
    ["named 'Shared' -> role ? (Identity Center makes roles of 'S' in other accounts, and names them itself)"],
  );
  table(
    'which is a boundary of Identity Center',
    {
      resources:
        'S: {Type: AWS::SSO::PermissionSet, Properties: {PermissionsBoundary: {CustomerManagedPolicyReference: {Name: Shared}}}}',
    },
    ["named 'Shared' -> arn other: this policy is a permissions boundary"],
  );
  table('with a comma', { resources: roleWith('"arn:aws:iam::1:policy/a,b"') }, [
    "named 'a' -> role at B",
    "named 'a,b' -> role at B",
  ]);
  table(
    'but not something else of such a name',
    { resources: 'S: {Type: AWS::S3::Bucket, Properties: {BucketName: Shared, Arn: "arn:aws:s3:::policy-Shared"}}' },
    [],
  );
  table(
    'but not all names that a wildcard means',
    { resources: 'S: {Type: AWS::IAM::Policy, Properties: {Resource: "arn:aws:iam::1:policy/app-*"}}' },
    [],
  );
  table('one of AWS', { resources: roleWith('arn:aws:iam::aws:policy/ReadOnlyAccess') }, [
    'aws ReadOnlyAccess -> role at B',
  ]);
  table(
    'one of AWS, with a partition put in',
    { resources: roleWith("!Sub 'arn:${AWS::Partition}:iam::aws:policy/service-role/A'") },
    ['aws service-role/A -> role at B'],
  );
  table(
    'one of AWS, joined as the CDK does it',
    { resources: roleWith("!Join ['', ['arn:', !Ref AWS::Partition, ':iam::aws:policy/A']]") },
    ['aws A -> role at B'],
  );
  table(
    'one of AWS on a condition',
    { resources: roleWith('!If [Is, arn:aws:iam::aws:policy/A, !Ref AWS::NoValue]') },
    ['aws A -> role at B'],
  );
  table(
    'one of AWS that nobody attaches',
    { resources: 'S: {Type: Custom::S, Properties: {Arn: arn:aws:iam::aws:policy/A}}' },
    [],
  );
});

describe('A name that is put together the same way is the same:', () => {
  const table = tableWith('edge', 'managed', 'named');
  table(
    'of a parameter',
    { policy: 'ManagedPolicyName: !Ref PName', resources: roleWith('!Sub "arn:aws:iam::1:policy/${PName}"') },
    ['edge P arn -> role at B', "managed P '${PName}'", "named '${PName}' -> role at B"],
  );
  table(
    'of another stack',
    {
      policy: 'ManagedPolicyName: !ImportValue Name',
      resources: roleWith("!Join ['/', ['arn:aws:iam::1:policy', !ImportValue Name]]"),
    },
    ['edge P arn -> role at B', "managed P '${Fn::ImportValue Name}'", "named '${Fn::ImportValue Name}' -> role at B"],
  );
});

describe('What nobody sees may attach a managed policy:', () => {
  const table = tableWith('policy');
  const include = '{Name: AWS::Include, Parameters: {Location: s3://b/more.yaml}}';
  const p = "policy /Resources/P/Properties/PolicyDocument 'P' at P identity 6144";
  const may = (what: string) => [`${p} -> any unknown: ${what} may bring in others that hold this policy`];
  table('resources that are included', { resources: `Fn::Transform: ${include}` }, may("'AWS::Include'"));
  table(
    'properties that are included',
    { resources: `B: {Type: AWS::IAM::Role, Properties: {Fn::Transform: ${include}}}` },
    may("'AWS::Include'"),
  );
  table('a template that is included', { above: `Transform: ${include}` }, may("'AWS::Include'"));
  table('what a macro makes', { above: 'Transform: [AWS::Serverless-2016-10-31, Mine]' }, may("'Mine'"));
  table('but not what SAM makes', { above: 'Transform: [AWS::Serverless-2016-10-31, AWS::LanguageExtensions]' }, [p]);
  table(
    'but not what is included in an API',
    { resources: `S: {Type: AWS::Serverless::Api, Properties: {DefinitionBody: {Fn::Transform: ${include}}}}` },
    [p],
  );
  table("another tool's tag", { resources: 'B: !Include b.yaml' }, may("'Fn::Include'"));
  table(
    'a file that the framework puts in for a resource',
    { resources: 'B: ${file(b.yml)}' },
    may("'${file(b.yml)}'"),
  );
  table(
    'a file that the framework puts in for its managed policies',
    { above: 'provider: {iam: {role: {managedPolicies: "${file(b.yml)}"}}}' },
    may("'${file(b.yml)}'"),
  );
  table(
    'but not a name that the framework puts in',
    { above: 'provider: {region: "${opt:region}", iam: {role: {name: "${sls:stage}"}}}' },
    [p],
  );
});

describe('Other stacks have a managed policy', () => {
  const table = tableWith('edge', 'import');
  table('by an output', { below: 'Outputs: {Arn: {Value: !Ref P}}' }, ['edge P arn -> any output Arn']);
  table(
    'by an export',
    { below: "Outputs: {Arn: {Value: !GetAtt P.PolicyArn, Export: {Name: !Sub '${AWS::StackName}-p'}}}" },
    ['edge P arn -> any output Arn', "edge P arn -> any export '${AWS::StackName}-p'"],
  );
  table('that they import', { resources: roleWith('!ImportValue orders-p') }, ["import 'orders-p' -> role at B"]);
  table(
    'that they import by a name that is put together',
    { resources: roleWith("{'Fn::ImportValue': !Sub '${Stack}-p'}") },
    ["import '${Stack}-p' -> role at B"],
  );
});
