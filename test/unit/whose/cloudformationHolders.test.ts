import { describe } from 'node:test';
import { tableOf } from '../../support/factsTable.ts';

// The roles, users and groups that templates declare, and who takes the policies that stand there.

const doc = 'PolicyDocument: {Statement: [{Effect: Allow, Action: s3:A}]}';
const inline = `Policies: [{PolicyName: p, ${doc}}]`;

const template = (resources: string, above = '') => `${above}\nResources:\n${resources.replace(/^(?=.)/gm, '  ')}\n`;
const role = (properties: string) => template(`App: {Type: AWS::IAM::Role, Properties: {${properties}, ${inline}}}`);

describe('Names', () => {
  const table = tableOf('role', 'user', 'group');
  table('that CloudFormation makes up', role('Path: /'), ['role App made of App']);
  table('that are written out', role('RoleName: app'), ["role App 'app'"]);
  table(
    'of a user and a group',
    template(
      'Ann: {Type: AWS::IAM::User, Properties: {UserName: ann}}\nAll: {Type: AWS::IAM::Group, Properties: {GroupName: all}}',
    ),
    ["user Ann 'ann'", "group All 'all'"],
  );
  table('that a parameter gives', role('RoleName: !Ref Name'), ["role App '${Name}'"]);
  table('that are put together', role("RoleName: !Sub '${AWS::StackName}-app-${Stage}'"), [
    "role App '${AWS::StackName}-app-${Stage}'",
  ]);
  table('that are put together of variables', role("RoleName: !Sub ['${A}-app-${B}', {A: orders, B: !Ref Stage}]"), [
    "role App 'orders-app-${Stage}'",
  ]);
  table('that are joined', role("RoleName: !Join ['-', [orders, !Ref Stage, !Ref AWS::NoValue, app]]"), [
    "role App 'orders-${Stage}-app'",
  ]);
  table('with a hole that is none', role("RoleName: !Sub 'a${!b}c'"), ["role App 'a${b}c'"]);
  table('one of two', role('RoleName: !If [IsProd, prod-app, dev-app]'), ["role App '*-app'"]);
  table('one of two that have nothing in common', role('RoleName: !If [IsProd, x, y]'), ["role App '*'"]);
  table('that begin and end alike', role('RoleName: !If [IsProd, app-prod-role, app-dev-role]'), [
    "role App 'app-*-role'",
  ]);
  table('that are alike, one being the beginning of the other', role('RoleName: !If [IsProd, app-a, app-a-a]'), [
    "role App 'app-a*'",
  ]);
  table('that are there on a condition only', role('RoleName: !If [HasName, app, !Ref AWS::NoValue]'), [
    "role App ? (the name of 'App' depends on a condition)",
  ]);
  table('that are none', role('RoleName: !Ref AWS::NoValue'), ['role App made of App']);
  table(
    'that a mapping has',
    template(
      `App: {Type: AWS::IAM::Role, Properties: {RoleName: !FindInMap [Names, !Ref Stage, App]}}`,
      'Mappings: {Names: {dev: {App: orders-dev, Db: x}, prod: {App: orders-prod}}}',
    ),
    ["role App 'orders-*'"],
  );
  table(
    'that a mapping has for sure',
    template(
      `App: {Type: AWS::IAM::Role, Properties: {RoleName: !FindInMap [Names, dev, App]}}`,
      'Mappings: {Names: {dev: {App: orders-dev}, prod: {App: orders-prod}}}',
    ),
    ["role App 'orders-dev'"],
  );
  table('that another stack gives', role('RoleName: !ImportValue app-role'), [
    "role App '${Fn::ImportValue app-role}'",
  ]);
  table('that a tool puts in', role("RoleName: '{{ name }}-app'"), ["role App '*-app'"]);
  table('that the Systems Manager has', role("RoleName: '{{resolve:ssm:/app/role}}'"), ["role App '*'"]);
  table('that are partly merged in', `x: &x {RoleName: app}\n${role('<<: *x')}`, [
    "role App ? (part of 'App' is merged in)",
  ]);
  table('of a role that is there on a condition', template('App: {Type: AWS::IAM::Role, Condition: IsProd}'), [
    'role App made of App optional if IsProd',
  ]);
  table(
    'of one id that is there twice',
    template('App: {Type: AWS::IAM::Role}\nApp: {Type: AWS::IAM::Role, Properties: {RoleName: app}}'),
    ['role App made of App', "role App 'app'"],
  );
});

describe('Roles that a loop makes', () => {
  const table = tableOf('role', 'policy');
  const loop = (values: string, properties = '') =>
    template(
      `Fn::ForEach::Apps: [Name, ${values}, {'\${Name}Role': {Type: AWS::IAM::Role, Properties: {${properties}${inline}}}}]`,
    );
  const pointer = '/Resources/Fn::ForEach::Apps/2/${Name}Role/Properties/Policies/0/PolicyDocument';
  table('are one for each of its values', loop('[A, B]', "RoleName: !Sub 'x-${Name}', "), [
    `policy ${pointer} '\${Name}Role' identity 10240 -> role at \${Name}Role 10240`,
    "role ${Name}Role 'x-${each.key}' each of A B",
  ]);
  table('are named by a plain text, too', loop('[A, B]', "RoleName: 'x-${Name}', "), [
    `policy ${pointer} '\${Name}Role' identity 10240 -> role at \${Name}Role 10240`,
    "role ${Name}Role 'x-${each.key}' each of A B",
  ]);
  table('have names that CloudFormation makes up', loop('[A, B]'), [
    `policy ${pointer} '\${Name}Role' identity 10240 -> role at \${Name}Role 10240`,
    'role ${Name}Role made of ${each.key}Role each of A B',
  ]);
  table('are any number where a parameter lists them', loop('!Ref Names'), [
    `policy ${pointer} '\${Name}Role' identity 10240 -> role at \${Name}Role 10240`,
    "role ${Name}Role ? ('Fn::ForEach::Apps' makes several of it) several",
  ]);
  table(
    'are meant one by one',
    template(
      `Fn::ForEach::Apps: [Name, [A, B], {'\${Name}Role': {Type: AWS::IAM::Role}}]\nP: {Type: AWS::IAM::Policy, Properties: {Roles: [!Ref ARole], ${doc}}}`,
    ),
    [
      'policy /Resources/P/Properties/PolicyDocument \'P\' identity 10240 -> role at ${Name}Role["A"] 10240',
      'role ${Name}Role made of ${each.key}Role each of A B',
    ],
  );
});

describe('Policies', () => {
  const table = tableOf('policy');
  const of = (type: string, properties: string) =>
    template(
      `P: {Type: ${type}, Properties: {${properties}${doc}}}\nApp: {Type: AWS::IAM::Role}\nAnn: {Type: AWS::IAM::User}`,
    );
  const p = "policy /Resources/P/Properties/PolicyDocument 'P'";
  table(
    'of a role, and its trust policy',
    template(`App: {Type: AWS::IAM::Role, Properties: {AssumeRole${doc}, ${inline}}}`),
    [
      'policy /Resources/App/Properties/AssumeRolePolicyDocument other 6144',
      "policy /Resources/App/Properties/Policies/0/PolicyDocument 'App' identity 10240 -> role at App 10240",
    ],
  );
  table('of a role by its id', of('AWS::IAM::Policy', 'Roles: [!Ref App], '), [
    `${p} identity 10240 -> role at App 10240`,
  ]);
  table('of a role by its id in a text', of('AWS::IAM::Policy', "Roles: [!Sub '${App}'], "), [
    `${p} identity 10240 -> role at App 10240`,
  ]);
  table('of a role by its name', of('AWS::IAM::Policy', 'Roles: [app], '), [`${p} identity 10240 -> role 'app' 10240`]);
  table('of a role that a parameter names', of('AWS::IAM::Policy', 'Roles: [!Ref Name], '), [
    `${p} identity 10240 -> role '\${Name}' 10240`,
  ]);
  table('of roles that a parameter lists', of('AWS::IAM::Policy', 'Roles: !Ref Names, '), [
    `${p} identity 10240 -> role ? 10240`,
  ]);
  table('of a resource that is no role', of('AWS::IAM::Policy', 'Roles: [!Ref Ann], '), [
    `${p} identity 10240 -> role ? 10240`,
  ]);
  table('of a role of another stack', of('AWS::IAM::Policy', 'Roles: [!ImportValue app], '), [
    `${p} identity 10240 -> role '\${Fn::ImportValue app}' 10240`,
  ]);
  table('of one of two', of('AWS::IAM::Policy', 'Roles: [!If [IsProd, !Ref App, other]], '), [
    `${p} identity 10240 -> role at App 10240, role 'other' 10240`,
  ]);
  table(
    'of lists that a condition chooses',
    of('AWS::IAM::Policy', 'Roles: !If [IsProd, [!Ref App], !Ref AWS::NoValue], '),
    [`${p} identity 10240 -> role at App 10240`],
  );
  table('of users and groups', of('AWS::IAM::Policy', 'Users: [!Ref Ann], Groups: [all], '), [
    `${p} identity 2048 -> user at Ann 2048, group 'all' 5120`,
  ]);
  table('of nobody', of('AWS::IAM::Policy', ''), [`${p} identity 10240`]);
  table('as resources of their own', of('AWS::IAM::RolePolicy', 'RoleName: !Ref App, '), [
    `${p} identity 10240 -> role at App 10240`,
  ]);
  table('as resources of their own, of a user', of('AWS::IAM::UserPolicy', 'UserName: ann, '), [
    `${p} identity 2048 -> user 'ann' 2048`,
  ]);
  table('as resources of their own, of a group', of('AWS::IAM::GroupPolicy', 'GroupName: !Ref All, '), [
    `${p} identity 5120 -> group '\${All}' 5120`,
  ]);
  table('that are managed', of('AWS::IAM::ManagedPolicy', 'Roles: [!Ref App, other], '), [
    `${p} at P identity 6144 -> role at App, role 'other'`,
  ]);
  table('of queues', of('AWS::SQS::QueuePolicy', ''), [`${p} other 6144`]);
  table(
    'of a permission set',
    template(
      `S: {Type: AWS::SSO::PermissionSet, Properties: {InlinePolicy: {Statement: [{Effect: Allow, Action: s3:A}]}}}`,
    ),
    [
      "policy /Resources/S/Properties/InlinePolicy 'S' identity 10240 -> role ? (Identity Center makes roles of 'S' in other accounts, and names them itself) 10240",
    ],
  );
  table(
    'of a resource of which part is merged in',
    `x: &x {Type: AWS::IoT::Policy}\n${template(`P: {<<: *x, Properties: {${doc}}}`)}`,
    ['policy /Resources/P/Properties/PolicyDocument other 6144'],
  );
  table('that are the whole file', '{Statement: [{Effect: Allow, Action: s3:A}]}', [
    'policy (the file) at # identity any size loose',
  ]);
  table('that are the whole file in JSON', '{"Statement": [{"Effect": "Allow", "Action": "s3:A"}]}', [
    'policy (the file) at # identity any size loose',
  ]);
  table('under keys that nobody knows', `my: {own: {${doc}}}`, [
    'policy /my/own/PolicyDocument identity any size loose',
  ]);
  table(
    'of several documents in one file',
    '{Statement: [{Effect: Allow, Action: s3:A}]}\n---\n{Statement: [{Effect: Allow, Action: s3:A}]}',
    ['policy /0 identity any size loose', 'policy /1 identity any size loose'],
  );
});

describe('Functions of SAM', () => {
  const table = tableOf('policy', 'role');
  const fn = (properties: string, above = '') =>
    template(
      `Fn: {Type: AWS::Serverless::Function, Properties: {${properties}Policies: [{Statement: [{Effect: Allow, Action: s3:A}]}]}}`,
      above,
    );
  const pointer = "policy /Resources/Fn/Properties/Policies/0 'Fn' identity 10240";
  table('have a role made for them', fn(''), [`${pointer} -> role at FnRole 10240`, 'role FnRole made of FnRole']);
  table('that are given a role have none of their policies', fn('Role: !GetAtt App.Arn, '), [pointer]);
  table('that are given a role by all', fn('', 'Globals: {Function: {Role: arn}}'), [pointer]);
  table('that are given a role on a condition only', fn('Role: !If [Has, arn, !Ref AWS::NoValue], '), [
    `${pointer} -> role at FnRole 10240`,
    'role FnRole made of FnRole',
  ]);
  table(
    'have a role that is meant by its id',
    template(
      `Fn: {Type: AWS::Serverless::Function}\nP: {Type: AWS::IAM::Policy, Properties: {Roles: [!Ref FnRole], ${doc}}}`,
    ),
    [
      "policy /Resources/P/Properties/PolicyDocument 'P' identity 10240 -> role at FnRole 10240",
      'role FnRole made of FnRole',
    ],
  );
  table(
    'and state machines alike',
    template(
      'M: {Type: AWS::Serverless::StateMachine, Properties: {Policies: [{Statement: [{Effect: Allow, Action: s3:A}]}]}}',
    ),
    ["policy /Resources/M/Properties/Policies/0 'M' identity 10240 -> role at MRole 10240", 'role MRole made of MRole'],
  );
});
