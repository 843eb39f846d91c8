import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { whoHolds } from '../../support/whoHolds.ts';
import { onlyPolicy } from '../../support/yamlOutline.ts';

// What the places around a policy say about it: its kind, quota and holders; see context.test.ts for what JSON shares.

const statements = '[{Effect: Allow, Action: s3:A}]';
const policy = `{Statement: ${statements}}`;

function context(text: string): string {
  const { address } = onlyPolicy(text);
  return `${whoHolds(text)}${address === undefined ? '' : ` at ${address}`}`;
}

describe('In YAML', () => {
  const cases: Readonly<Record<string, [text: string, expected: string]>> = {
    'a role that is named literally': [
      `Resources:\n  App:\n    Type: AWS::IAM::Role\n    Properties:\n      RoleName: app\n      Policies: [{PolicyDocument: ${policy}}]\n`,
      "identity 10240 role 'app' (App) at App",
    ],
    'a role whose name is put together': [
      `Resources:\n  App:\n    Type: AWS::IAM::Role\n    Properties:\n      RoleName: !Sub a-\${B}\n      Policies: [{PolicyDocument: ${policy}}]\n`,
      'identity 10240 role (App) at App',
    ],
    'a policy that is attached by a short reference': [
      `Resources:\n  P:\n    Type: AWS::IAM::Policy\n    Properties:\n      Roles: [!Ref App]\n      PolicyDocument: ${policy}\n  App: {Type: 'AWS::IAM::Role', Properties: {RoleName: app}}\n`,
      "identity 10240 role 'app' (App) at P",
    ],
    'a managed policy to which a role refers': [
      `Resources:\n  P:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument: ${policy}\n  App:\n    Type: AWS::IAM::Role\n    Properties:\n      ManagedPolicyArns:\n        - !Ref P\n`,
      'identity 6144 role (App) at P',
    ],
    'a permissions boundary': [
      `Resources:\n  P:\n    Type: AWS::IAM::ManagedPolicy\n    Properties:\n      PolicyDocument: ${policy}\n  App:\n    Type: AWS::IAM::Role\n    Properties:\n      PermissionsBoundary: !Ref P\n`,
      'other 6144 at P',
    ],
    'a policy of IoT': [
      `Resources:\n  P:\n    Type: AWS::IoT::Policy\n    Properties:\n      PolicyDocument: ${policy}\n`,
      'other 6144 at P',
    ],
    'a resource of which part is merged in': [
      `x: &x {Type: AWS::IoT::Policy}\nResources:\n  P:\n    <<: *x\n    Properties:\n      PolicyDocument: ${policy}\n`,
      'other 6144',
    ],
    "Serverless Framework's shared role": [
      `provider:\n  iam:\n    role:\n      statements: ${statements}\n`,
      "identity 10240 role '*-*-*-lambdaRole' (IamRoleLambdaExecution) at provider",
    ],
    "Serverless Framework's shared role by its name": [
      `provider:\n  iam:\n    role:\n      name: app\n      statements: ${statements}\n`,
      "identity 10240 role 'app' (IamRoleLambdaExecution) at provider",
    ],
    "Serverless Framework's shared role by a name that is put together": [
      `provider:\n  iam:\n    role:\n      name: \${sls:stage}-app\n      statements: ${statements}\n`,
      'identity 10240 role (IamRoleLambdaExecution) at provider',
    ],
    "Serverless Framework's shared role, as it was written formerly": [
      `provider:\n  iamRoleStatements: ${statements}\n`,
      "identity 10240 role '*-*-*-lambdaRole' (IamRoleLambdaExecution) at provider",
    ],
    "a function's own role": [
      `functions:\n  hello:\n    iamRoleStatements: ${statements}\n`,
      "identity 10240 role '*-hello-*-lambdaRole' at hello",
    ],
    "a function's own role by its name, and merged defaults": [
      `x: &x {timeout: 1}\nfunctions:\n  hello:\n    <<: *x\n    iamRoleStatementsName: hello\n    iamRoleStatements: ${statements}\n`,
      "identity 10240 role 'hello' at hello",
    ],
    'the policy of an API': [`provider:\n  apiGateway:\n    resourcePolicy: ${statements}\n`, 'other 6144'],
    'a list of statements anywhere else': [`custom:\n  grants: ${statements}\n`, 'identity 6144'],
  };
  for (const [name, [text, expected]] of Object.entries(cases)) test(name, () => assert.equal(context(text), expected));
});

describe("Serverless Framework's shared role", () => {
  const app = "identity 10240 role 'app' (IamRoleLambdaExecution)";
  const unseen = `${app} unknown: functions with roles of their own may inherit these statements`;
  const own = `iamRoleStatements: ${statements}`;
  const named = `provider:\n  iam:\n    role:\n      name: app\n      statements: ${statements}\n`;
  const plugin = 'plugins: [other, serverless-iam-roles-per-function]\n';
  const roleOfB = "role '*-*-b-*-lambdaRole' (BIamRoleLambdaExecution)";
  const withB = `identity 10240 ${roleOfB} + role 'app' (IamRoleLambdaExecution)`;
  const unnamedWithB = `identity 10240 role '*-*-*-lambdaRole' (IamRoleLambdaExecution) + ${roleOfB}`;
  const cases: Readonly<Record<string, [text: string, expected: string]>> = {
    'is one of several where a function inherits its statements': [
      `${named}functions:\n  a: {handler: x}\n  b: {handler: x, iamRoleStatementsInherit: true, ${own}}\n`,
      withB,
    ],
    // The plugin makes no role of such a function's own.
    'is alone where a function without statements would inherit them': [
      `${named}functions:\n  a: {handler: x}\n  b: {handler: x, iamRoleStatementsInherit: true}\n`,
      app,
    ],
    'is one of several where functions inherit them by default': [
      `${named}custom:\n  serverless-iam-roles-per-function:\n    defaultInherit: true\nfunctions:\n  b: {${own}}\n`,
      withB,
    ],
    'is alone where there are no functions that could inherit them by default': [
      `${named}custom:\n  serverless-iam-roles-per-function:\n    defaultInherit: true\n`,
      app,
    ],
    'is one of several where a variable says whether they do': [
      `${named}functions:\n  b: {iamRoleStatementsInherit: "\${self:x}", ${own}}\n`,
      withB,
    ],
    'may be one of several where a merged function says so': [
      `${named}x: &x {iamRoleStatementsInherit: true}\nfunctions:\n  b:\n    <<: *x\n    handler: x\n`,
      unseen,
    ],
    'is one of several where it has no name': [
      `provider:\n  iam:\n    role:\n      statements: ${statements}\nfunctions:\n  b: {iamRoleStatementsInherit: true, ${own}}\n`,
      unnamedWithB,
    ],
    'is one of several where it is written as formerly': [
      `provider:\n  iamRoleStatements: ${statements}\nfunctions:\n  b: {iamRoleStatementsInherit: true, ${own}}\n`,
      unnamedWithB,
    ],
    'may be one of several where functions stand in other files': [
      `${plugin}${named}functions: \${file(functions.yml)}\n`,
      unseen,
    ],
    'may be one of several where some functions do': [
      `${plugin}${named}functions:\n  - \${file(functions.yml)}\n  - a: {handler: x}\n`,
      unseen,
    ],
    'may be one of several where one function does': [`${plugin}${named}functions:\n  a: \${file(a.yml)}\n`, unseen],
    "is one of several where the plugin's settings do": [
      `${plugin}${named}custom: \${file(custom.yml)}\nfunctions:\n  b: {${own}}\n`,
      withB,
    ],
    'is alone where that is turned off': [
      `${plugin}${named}functions:\n  a: {iamRoleStatementsInherit: false, ${own}}\ncustom:\n  serverless-iam-roles-per-function: {defaultInherit: false}\n`,
      app,
    ],
    'is alone without the plugin': [`plugins: [other]\n${named}functions: \${file(functions.yml)}\n`, app],
  };
  for (const [name, [text, expected]] of Object.entries(cases))
    test(name, () =>
      assert.equal(
        whoHolds(text, (address) => address === 'provider'),
        expected,
      ),
    );
});
