import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { onlyPolicy } from '../../support/yamlOutline.ts';

// What the places around a policy say about it: `kind quota owner address`; see context.test.ts for what JSON shares.

function context(text: string): string {
  const { kind, quota, owner, address } = onlyPolicy(text);
  const who = owner && [owner.kind, owner.name && `'${owner.name}'`, owner.logicalId && `(${owner.logicalId})`];
  return [kind, quota, ...(who ?? []), address && `at ${address}`].filter(Boolean).join(' ');
}

const statements = '[{Effect: Allow, Action: s3:A}]';
const policy = `{Statement: ${statements}}`;

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
      'identity 10240 at provider',
    ],
    "Serverless Framework's shared role by its name": [
      `provider:\n  iam:\n    role:\n      name: app\n      statements: ${statements}\n`,
      "identity 10240 role 'app' at provider",
    ],
    "Serverless Framework's shared role by a name that is put together": [
      `provider:\n  iam:\n    role:\n      name: \${sls:stage}-app\n      statements: ${statements}\n`,
      'identity 10240 role at provider',
    ],
    "Serverless Framework's shared role, as it was written formerly": [
      `provider:\n  iamRoleStatements: ${statements}\n`,
      'identity 10240 at provider',
    ],
    "a function's own role": [
      `functions:\n  hello:\n    iamRoleStatements: ${statements}\n`,
      'identity 10240 role at hello',
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

describe("Serverless Framework's shared role is one of several where", () => {
  const inherited = 'functions with roles of their own may inherit these statements';
  const named = `provider:\n  iam:\n    role:\n      name: app\n      statements: ${statements}\n`;
  const plugin = 'plugins: [other, serverless-iam-roles-per-function]\n';
  const cases: Readonly<Record<string, [text: string, expected: string | undefined]>> = {
    'a function inherits its statements': [
      `${named}functions:\n  a: {handler: x}\n  b: {handler: x, iamRoleStatementsInherit: true}\n`,
      inherited,
    ],
    'functions inherit them by default': [
      `${named}custom:\n  serverless-iam-roles-per-function:\n    defaultInherit: true\n`,
      inherited,
    ],
    'a variable says whether they do': [
      `${named}functions:\n  b: {iamRoleStatementsInherit: "\${self:x}"}\n`,
      inherited,
    ],
    'a merged function says so': [
      `${named}x: &x {iamRoleStatementsInherit: true}\nfunctions:\n  b:\n    <<: *x\n    handler: x\n`,
      inherited,
    ],
    'it has no name': [
      `provider:\n  iam:\n    role:\n      statements: ${statements}\nfunctions:\n  b: {iamRoleStatementsInherit: true}\n`,
      inherited,
    ],
    'it is written as formerly': [
      `provider:\n  iamRoleStatements: ${statements}\nfunctions:\n  b: {iamRoleStatementsInherit: true}\n`,
      inherited,
    ],
    'functions stand in other files': [`${plugin}${named}functions: \${file(functions.yml)}\n`, inherited],
    'some functions do': [`${plugin}${named}functions:\n  - \${file(functions.yml)}\n  - a: {handler: x}\n`, inherited],
    'one function does': [`${plugin}${named}functions:\n  a: \${file(a.yml)}\n`, inherited],
    "the plugin's settings do": [`${plugin}${named}custom: \${file(custom.yml)}\n`, inherited],
    'but not where that is turned off': [
      `${plugin}${named}functions:\n  a: {iamRoleStatementsInherit: false}\ncustom:\n  serverless-iam-roles-per-function: {defaultInherit: false}\n`,
      undefined,
    ],
    'but not without the plugin': [`plugins: [other]\n${named}functions: \${file(functions.yml)}\n`, undefined],
  };
  for (const [name, [text, expected]] of Object.entries(cases))
    test(name, () => {
      const { owner } = onlyPolicy(text);
      assert.equal(owner?.whyUnknown, expected);
      if (expected === undefined) assert.equal(owner?.name, 'app');
    });
});
