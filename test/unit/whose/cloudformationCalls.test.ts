import { describe } from 'node:test';
import { tableOf } from '../../support/factsTable.ts';

// What templates say of other files, of their parameters, and of how often they are deployed.

const doc = 'PolicyDocument: {Statement: [{Effect: Allow, Action: s3:A}]}';
const resources = (text: string, above = '', below = '') =>
  `${above}\nResources:\n  P: {Type: AWS::IAM::ManagedPolicy, Properties: {${doc}}}\n${text.replace(/^(?=.)/gm, '  ')}\n${below}\n`;

describe('A nested stack', () => {
  const table = tableOf('call', 'edge');
  const stack = (properties: string, more = '') =>
    resources(`Child: {Type: AWS::CloudFormation::Stack, Properties: {${properties}}${more}}`);
  const label = "(the nested stack 'Child')";
  table('is made of a file', stack('TemplateURL: ./child.yaml'), [`call Child.Outputs ${label} './child.yaml'`]);
  table(
    'is made of what lies in a bucket',
    stack("TemplateURL: !Sub 'https://${Bucket}.s3.amazonaws.com/x/child.yaml'"),
    [`call Child.Outputs ${label} 'https://\${Bucket}.s3.amazonaws.com/x/child.yaml'`],
  );
  table(
    'is made of what the CDK has put beside',
    stack(
      "TemplateURL: !Sub 'https://${Bucket}/1234.json'",
      ", Metadata: {'aws:asset:path': child.nested.template.json}",
    ),
    [`call Child.Outputs ${label} 'child.nested.template.json'`],
  );
  table(
    'is given values',
    stack(
      "TemplateURL: ./child.yaml, Parameters: {Stage: !Ref Stage, Name: !Sub 'x-${Stage}', Nothing: !Ref AWS::NoValue}",
    ),
    [`call Child.Outputs ${label} './child.yaml' Stage='\${Stage}' Name='x-\${Stage}'`],
  );
  table(
    'is given a policy',
    stack("TemplateURL: ./child.yaml, Parameters: {Arn: !Ref P, Arns: !Join [',', [!Ref P, x]]}"),
    [
      'edge P arn -> any argument Arn of Child.Outputs',
      'edge P arn -> any argument Arns of Child.Outputs',
      `call Child.Outputs ${label} './child.yaml' Arn='\${P}' Arns='\${P},x'`,
    ],
  );
  table('is given a policy where nobody knows what for', stack('TemplateURL: ./child.yaml, Tags: [{Value: !Ref P}]'), [
    "edge P arn -> any unknown: 'Child' refers to this policy",
    `call Child.Outputs ${label} './child.yaml'`,
  ]);
  table('is there on a condition', stack('TemplateURL: ./child.yaml', ', Condition: Is'), [
    `call Child.Outputs ${label} './child.yaml' optional`,
  ]);
  table(
    'is there several times',
    resources(
      "Fn::ForEach::All: [N, [a, b], {'C${N}': {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: x.yaml, Parameters: {Name: !Sub 'x-${N}'}}}}]",
    ),
    ["call C${N}.Outputs (the nested stack 'C${N}') 'x.yaml' Name='x-${each.key}' each of a b"],
  );
  table(
    'gives a policy to a role',
    resources(
      'Child: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: x.yaml}}\nB: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: [!GetAtt Child.Outputs.Arn]}}',
    ),
    ['edge Child.Outputs.Arn same -> role at B', "call Child.Outputs (the nested stack 'Child') 'x.yaml'"],
  );
  table(
    'gives a policy inside a text',
    resources(
      "Child: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: x.yaml}}\nB: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: [!Sub '${Child.Outputs.Arn}']}}",
    ),
    ['edge Child.Outputs.Arn same -> role at B', "call Child.Outputs (the nested stack 'Child') 'x.yaml'"],
  );
});

describe('An application of SAM', () => {
  const table = tableOf('call');
  const app = (location: string) =>
    resources(
      `App: {Type: AWS::Serverless::Application, Properties: {Location: ${location}, Parameters: {Stage: dev}}}`,
    );
  table('is made of a file', app('./app/template.yaml'), [
    "call App.Outputs (the application 'App') './app/template.yaml' Stage='dev'",
  ]);
  table('is made of what a repository of applications has', app('{ApplicationId: arn, SemanticVersion: 1.0.0}'), [
    "call App.Outputs (the application 'App') Stage='dev'",
  ]);
});

describe('A stack set', () => {
  const table = tableOf('call', 'edge');
  const set = (properties: string) =>
    resources(`Set: {Type: AWS::CloudFormation::StackSet, Properties: {StackSetName: roles, ${properties}}}`);
  const groups = (group: string) => `StackInstancesGroup: [{${group}}]`;
  const as = "as 'StackSet-roles-*'";
  table(
    'is deployed to the accounts that it lists',
    set(
      `TemplateURL: ./roles.yaml, ${groups("Regions: [eu-west-1], DeploymentTargets: {Accounts: ['111122223333', '444455556666']}")}`,
    ),
    [`call Set.Outputs (the stack set 'Set') './roles.yaml' in 111122223333 444455556666 ${as}`],
  );
  table(
    'is deployed to any number of accounts',
    set(
      `TemplateURL: ./roles.yaml, ${groups('Regions: [eu-west-1], DeploymentTargets: {OrganizationalUnitIds: [ou-1]}')}`,
    ),
    [`call Set.Outputs (the stack set 'Set') './roles.yaml' several ${as}`],
  );
  table(
    'is deployed to accounts that a parameter lists',
    set(`TemplateURL: ./roles.yaml, ${groups('Regions: [eu-west-1], DeploymentTargets: {Accounts: !Ref Accounts}')}`),
    [`call Set.Outputs (the stack set 'Set') './roles.yaml' several ${as}`],
  );
  table(
    'is deployed to an account several times',
    set(
      `TemplateURL: ./roles.yaml, ${groups("Regions: [eu-west-1, us-east-1], DeploymentTargets: {Accounts: ['111122223333']}")}`,
    ),
    [`call Set.Outputs (the stack set 'Set') './roles.yaml' several ${as}`],
  );
  table(
    'has a template in itself',
    set(`TemplateBody: '{}', ${groups("DeploymentTargets: {Accounts: ['111122223333']}")}`),
    [`call Set.Outputs (the stack set 'Set') in 111122223333 ${as}`],
  );
  table(
    'is given values, and a policy',
    set(
      'TemplateURL: ./roles.yaml, Parameters: [{ParameterKey: Arn, ParameterValue: !Ref P}, {ParameterKey: Stage, ParameterValue: dev}]',
    ),
    [
      'edge P arn -> any argument Arn of Set.Outputs',
      `call Set.Outputs (the stack set 'Set') './roles.yaml' Arn='\${P}' Stage='dev' several ${as}`,
    ],
  );
});

describe('Parameters', () => {
  const table = tableOf('value', 'edge', 'named', 'deployment');
  const parameters = (text: string, more = '') => resources(more, `Parameters: {${text}}`);
  table('have defaults', parameters('Stage: {Type: String, Default: dev}'), ["value Stage 'dev' default"]);
  table('have one value only', parameters('Stage: {Type: String, AllowedValues: [dev], Default: dev}'), [
    "value Stage 'dev'",
  ]);
  table('keep what nobody is to see', parameters('Secret: {Type: String, NoEcho: true, Default: dev}'), []);
  table(
    'are named after what the Systems Manager has',
    parameters('Stage: {Type: "AWS::SSM::Parameter::Value<String>", Default: /stage}'),
    [],
  );
  table(
    'may be several environments',
    parameters('Stage: {Type: String, Default: dev, AllowedValues: [dev, test, prod]}'),
    ["value Stage 'dev' default", "deployment here several (its parameter 'Stage' may be 'dev' or 'test' or 'prod')"],
  );
  table(
    'may have several values that are no environments',
    parameters('Size: {Type: String, AllowedValues: [small, large]}'),
    [],
  );
  const role = 'B: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: [!Ref Arn]}}';
  table('are given policies', parameters('Arn: {Type: String}', role), ['edge Arn same -> role at B']);
  table(
    'are given lists of policies',
    parameters(
      'Arns: {Type: CommaDelimitedList}',
      'B: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: !Ref Arns}}',
    ),
    ['edge Arns same -> role at B'],
  );
  table('that are numbers are given none', parameters('Arn: {Type: Number}', role), []);
  table('that may be but words are given none', parameters('Arn: {Type: String, AllowedValues: [a, b]}', role), []);
  table('have a policy by default', parameters("Arn: {Type: String, Default: 'arn:aws:iam::1:policy/Shared'}", role), [
    'edge Arn same -> role at B',
    "named 'Shared' -> any Arn",
    "value Arn 'arn:aws:iam::1:policy/Shared' default",
  ]);
  table(
    'have a policy by default that nobody takes',
    parameters("Arn: {Type: String, Default: 'arn:aws:iam::1:policy/Shared'}"),
    ["named 'Shared' -> any Arn", "value Arn 'arn:aws:iam::1:policy/Shared' default"],
  );
  table(
    'are looked at by conditions',
    resources('', 'Parameters: {Arn: {Type: String}}', "Conditions: {Has: !Not [!Equals [!Ref Arn, '']]}"),
    [],
  );
});

describe('Mappings', () => {
  const table = tableOf('edge', 'named');
  table(
    'may hold policies',
    resources(
      'B: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: [!FindInMap [Arns, !Ref Stage, Own]]}}',
      "Mappings: {Arns: {dev: {Own: 'arn:aws:iam::1:policy/Dev'}}}",
    ),
    ['edge Mappings.Arns same -> role at B', "named 'Dev' -> any Mappings.Arns", "named 'Dev' -> any Mappings."],
  );
});

describe('Outputs', () => {
  const table = tableOf('value');
  table(
    'give names',
    resources(
      'App: {Type: AWS::IAM::Role, Properties: {RoleName: app}}\nOther: {Type: AWS::IAM::Role}',
      '',
      'Outputs: {Name: {Value: !Ref App}, Other: {Value: !Ref Other}, Text: {Value: !Sub "x-${App}"}}',
    ),
    ["value output.Name '${App}'", "value output.Other '${Other}'", "value output.Text 'x-${App}'", "value App 'app'"],
  );
});

describe('Files that are put in', () => {
  const table = tableOf('include');
  const role = (policy: string) =>
    resources(`B: {Type: AWS::IAM::Role, Properties: {Policies: [{PolicyName: p, PolicyDocument: ${policy}}]}}`);
  table('by a transform', role('{Fn::Transform: {Name: AWS::Include, Parameters: {Location: ./policy.json}}}'), [
    "include './policy.json' -> role at B 10240",
  ]);
  table(
    'by a transform, from a bucket',
    role('{Fn::Transform: {Name: AWS::Include, Parameters: {Location: s3://b/policy.json}}}'),
    [],
  );
  table("by another tool's tag", role('!Include policy.json'), ["include 'policy.json' -> role at B 10240"]);
  table('by the Serverless Framework', role("'${file(./policies/app.json)}'"), [
    "include './policies/app.json' -> role at B 10240",
  ]);
  table('by the Serverless Framework, for a stage', role("'${file(policies/${sls:stage}.json)}'"), [
    "include 'policies/*.json' -> role at B 10240",
  ]);
  table('by the Serverless Framework, a part of it', role("'${file(policies.yml):app}'"), [
    "include 'policies.yml' -> role at B 10240",
  ]);
  table('as statements', role('{Statement: "${file(statements.yml)}"}'), [
    "include 'statements.yml' -> role at B 10240",
  ]);
  table('as some of the statements', role('{Statement: ["${file(statements.yml)}", {Effect: Allow, Action: s3:A}]}'), [
    "include 'statements.yml' -> role at B 10240",
  ]);
  table(
    'as a trust policy',
    resources('B: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: !Include trust.json}}'),
    ["include 'trust.json' -> other: it is put in where another kind of policy stands"],
  );
  table('where no policy stands', resources('B: {Type: AWS::IAM::Role, Properties: {Tags: !Include tags.json}}'), []);
});
