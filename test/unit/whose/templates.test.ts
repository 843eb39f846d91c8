import { factsOfText } from '../../support/factsTable.ts';
import { type Row, whoseTable } from '../../support/whoseTable.ts';

// Whose the policies of templates are, where several files have a say.

const doc = 'PolicyDocument: {Statement: [{Effect: Allow, Action: s3:A}]}';
const inline = `Policies: [{PolicyName: p, ${doc}}]`;

const template = (resources: string, below = '') => `Resources:\n${resources.replace(/^(?=.)/gm, '  ')}\n${below}\n`;
const role = (id: string, properties = '') => `${id}: {Type: AWS::IAM::Role, Properties: {${properties}}}\n`;
const named = (id: string, more = '') => role(id, `RoleName: ${id}${more}`);
const shared = `Shared: {Type: AWS::IAM::ManagedPolicy, Properties: {ManagedPolicyName: Shared, ${doc}}}\n`;

/** Of texts by their paths. */
function row(files: Readonly<Record<string, string>>, findings: readonly string[], is: RegExp, policy?: string): Row {
  const facts = Object.fromEntries(Object.entries(files).map(([path, text]) => [path, factsOfText(text)]));
  return { files: facts, findings, is, ...(policy !== undefined && { policy }) };
}

const sharedAt = 'a.yaml#/Resources/Shared/Properties/PolicyDocument';
const attached = template(`${shared}${named('AppRole', ', ManagedPolicyArns: [!Ref Shared]')}`);
const other = (arn: string) => template(named('OtherRole', `, ManagedPolicyArns: [${arn}]`));

whoseTable('A managed policy that a role of another file has, too,', {
  'is that of its own role where nobody else has it': row(
    { 'a.yaml': attached, 'b.yaml': other('x') },
    ['AppRole'],
    /^certain AppRole: /,
    sharedAt,
  ),
  'by its ARN': row(
    { 'a.yaml': attached, 'b.yaml': other('arn:aws:iam::111111111111:policy/Shared') },
    ['AppRole'],
    /^none: .*OtherRole/,
    sharedAt,
  ),
  'by an ARN that is put together': row(
    { 'a.yaml': attached, 'b.yaml': other('!Sub "arn:aws:iam::${AWS::AccountId}:policy/Shared"') },
    ['AppRole'],
    /^none: .*OtherRole/,
    sharedAt,
  ),
  'by its ARN in another folder': row(
    { 'a.yaml': attached, 'x/y/b.yaml': other('arn:aws:iam::111111111111:policy/team/Shared') },
    ['AppRole'],
    /^none: .*OtherRole/,
    sharedAt,
  ),
  'and both have findings': row(
    { 'a.yaml': attached, 'b.yaml': other('arn:aws:iam::111111111111:policy/Shared') },
    ['AppRole', 'OtherRole'],
    /^certain AppRole \+ OtherRole: /,
    sharedAt,
  ),
  'is a boundary of one': row(
    {
      'a.yaml': attached,
      'b.yaml': template(
        named('OtherRole', ', PermissionsBoundary: !Sub "arn:aws:iam::${AWS::AccountId}:policy/Shared"'),
      ),
    },
    ['AppRole'],
    /^none: .*boundary/,
    sharedAt,
  ),
  'as AWS says': row(
    {
      'a.yaml': attached,
      'account.json': JSON.stringify({
        RoleDetailList: [
          {
            RoleName: 'OtherRole',
            Arn: 'arn:aws:iam::111111111111:role/OtherRole',
            AttachedManagedPolicies: [{ PolicyName: 'Shared', PolicyArn: 'arn:aws:iam::111111111111:policy/Shared' }],
          },
        ],
      }),
    },
    ['AppRole'],
    /^none: .*OtherRole/,
    sharedAt,
  ),
  'as it imports it': row(
    {
      'a.yaml': template(
        `${shared}${named('AppRole', ', ManagedPolicyArns: [!Ref Shared]')}`,
        'Outputs: {Arn: {Value: !Ref Shared, Export: {Name: shared-arn}}}',
      ),
      'b.yaml': other('!ImportValue shared-arn'),
    },
    ['AppRole'],
    /^none: .*OtherRole/,
    sharedAt,
  ),
});

const child = (more = '') =>
  `Parameters: {Name: {Type: String}}\n${template(role('App', `RoleName: !Ref Name, ${inline}`), more)}`;
const stack = (id: string, properties: string) =>
  `${id}: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: ./child.yaml, ${properties}}}\n`;
const childAt = 'child.yaml#/Resources/App/Properties/Policies/0/PolicyDocument';

whoseTable('A template that others are made of', {
  'is given the name of its role': row(
    { 'a.yaml': template(stack('One', 'Parameters: {Name: app}')), 'child.yaml': child() },
    ['app'],
    /^certain app: /,
    childAt,
  ),
  'is given several names': row(
    {
      'a.yaml': template(`${stack('One', 'Parameters: {Name: app}')}${stack('Two', 'Parameters: {Name: other}')}`),
      'child.yaml': child(),
    },
    ['app'],
    /^none: .*other/,
    childAt,
  ),
  'is used twice under one name': row(
    {
      'a.yaml': template(`${stack('One', 'Parameters: {Name: app}')}${stack('Two', 'Parameters: {Name: app}')}`),
      'child.yaml': child(),
    },
    ['app'],
    /^(?:none|ambiguous)/,
    childAt,
  ),
  'is deployed to two accounts by a stack set': row(
    {
      'a.yaml': template(
        "Set: {Type: AWS::CloudFormation::StackSet, Properties: {TemplateURL: ./child.yaml, Parameters: [{ParameterKey: Name, ParameterValue: app}], StackInstancesGroup: [{Regions: [eu-west-1], DeploymentTargets: {Accounts: ['111111111111', '222222222222']}}]}}",
      ),
      'child.yaml': child(),
    },
    ['app'],
    /^(?:none|ambiguous)/,
    childAt,
  ),
  'is given a policy': row(
    {
      'a.yaml': template(`${shared}${stack('One', 'Parameters: {Arn: !Ref Shared}')}`),
      'child.yaml': `Parameters: {Arn: {Type: String}}\n${template(named('App', ', ManagedPolicyArns: [!Ref Arn]'))}`,
    },
    ['App'],
    /^certain App: /,
    sharedAt,
  ),
  'gives a policy': row(
    {
      'a.yaml': template(`${stack('One', '')}${named('App', ', ManagedPolicyArns: [!GetAtt One.Outputs.Arn]')}`),
      'child.yaml': template(shared, 'Outputs: {Arn: {Value: !Ref Shared}}'),
    },
    ['App'],
    /^certain App: /,
    'child.yaml#/Resources/Shared/Properties/PolicyDocument',
  ),
  'gives the name of its role': row(
    {
      'a.yaml': template(
        `${stack('One', 'Parameters: {Name: app}')}P: {Type: AWS::IAM::Policy, Properties: {Roles: [!GetAtt One.Outputs.Name], ${doc}}}`,
      ),
      'child.yaml': child('Outputs: {Name: {Value: !Ref App}}'),
    },
    ['app'],
    /^certain app: /,
    'a.yaml#/Resources/P/Properties/PolicyDocument',
  ),
});

whoseTable('A template that stands in several files', {
  'has policies in one and roles in another': row(
    {
      'policies.yml': template(shared),
      'roles.yml': template(named('App', ', ManagedPolicyArns: [!Ref Shared]')),
    },
    ['App'],
    /^certain App: /,
    'policies.yml#/Resources/Shared/Properties/PolicyDocument',
  ),
  'has a role in each': row(
    {
      'policies.yml': attached,
      'roles.yml': template(named('OtherRole', ', ManagedPolicyArns: [!GetAtt Shared.PolicyArn]')),
    },
    ['AppRole'],
    /^none: .*OtherRole/,
    'policies.yml#/Resources/Shared/Properties/PolicyDocument',
  ),
  'has a boundary in one': row(
    {
      'policies.yml': template(shared),
      'roles.yml': template(named('App', ", PermissionsBoundary: !Sub '${Shared}'")),
    },
    ['App'],
    /^none: .*boundary/,
    'policies.yml#/Resources/Shared/Properties/PolicyDocument',
  ),
});

whoseTable('A role of one logical id in several templates', {
  'may be that of either': row(
    { 'a.yaml': template(role('AppRole', inline)), 'b.yaml': template(role('AppRole', inline)) },
    ['dev-AppRole-1A2B3C4D5E6F'],
    /^ambiguous/,
    'a.yaml#/Resources/AppRole/Properties/Policies/0/PolicyDocument',
  ),
  'is not that of another id': row(
    { 'a.yaml': template(role('AppRole', inline)), 'b.yaml': template(role('BillingRole', inline)) },
    ['dev-AppRole-1A2B3C4D5E6F'],
    /^none: /,
    'b.yaml#/Resources/BillingRole/Properties/Policies/0/PolicyDocument',
  ),
  'is known by what a service calls its stack': row(
    {
      'orders/serverless.yml': `service: orders\nprovider: {name: aws}\nresources:\n${template(role('AppRole', inline)).replace(/^(?=.)/gm, '  ')}`,
      'bills/serverless.yml': `service: bills\nprovider: {name: aws}\nresources:\n${template(role('AppRole', inline)).replace(/^(?=.)/gm, '  ')}`,
    },
    ['orders-dev-AppRole-1A2B3C4D5E6F'],
    /^certain orders-dev-AppRole-1A2B3C4D5E6F: /,
    'orders/serverless.yml#/resources/Resources/AppRole/Properties/Policies/0/PolicyDocument',
  ),
});

whoseTable('Roles that a loop makes of literal values', {
  'are all those that have the policy': row(
    {
      'a.yaml': template(
        `Fn::ForEach::Apps: [Name, [A, B], {'\${Name}Role': {Type: AWS::IAM::Role, Properties: {RoleName: !Sub 'app-\${Name}', ${inline}}}}]`,
      ),
    },
    ['app-A', 'app-B'],
    /^certain app-A \+ app-B: /,
  ),
  'use everything where one has no findings': row(
    {
      'a.yaml': template(
        `Fn::ForEach::Apps: [Name, [A, B], {'\${Name}Role': {Type: AWS::IAM::Role, Properties: {RoleName: !Sub 'app-\${Name}', ${inline}}}}]`,
      ),
    },
    ['app-A'],
    /^none: .*app-B/,
  ),
  'have names that CloudFormation makes up': row(
    {
      'a.yaml': template(
        `Fn::ForEach::Apps: [Name, [Alpha, Beta], {'\${Name}Role': {Type: AWS::IAM::Role, Properties: {${inline}}}}]`,
      ),
    },
    ['dev-AlphaRole-1A2B3C4D5E6F', 'dev-BetaRole-1A2B3C4D5E6F'],
    /^certain dev-AlphaRole-1A2B3C4D5E6F \+ dev-BetaRole-1A2B3C4D5E6F: /,
  ),
});

whoseTable('A role whose name is computed', {
  'is likely that which fits': row(
    { 'a.yaml': template(role('App', `RoleName: !Sub '\${AWS::StackName}-app-role', ${inline}`)) },
    ['orders-app-role'],
    /^likely orders-app-role: /,
  ),
  'is likely that which its parameter names by default': row(
    {
      'a.yaml': `Parameters: {Name: {Type: String, Default: app}}\n${template(role('App', `RoleName: !Ref Name, ${inline}`))}`,
    },
    ['app'],
    /^likely app: /,
  ),
  'is no more than likely where the template may be deployed several times': row(
    {
      'a.yaml': `Parameters: {Stage: {Type: String, AllowedValues: [dev, prod]}}\n${template(named('App', `, ${inline}`))}`,
    },
    ['App'],
    /^likely App: .*'Stage' may be 'dev' or 'prod'/,
  ),
});

whoseTable('A policy of an answer of AWS', {
  'is that of the role that has it attached': row(
    {
      'account.json': JSON.stringify({
        RoleDetailList: ['RoleA', 'RoleB'].map((name) => ({
          RoleName: name,
          Arn: `arn:aws:iam::111111111111:role/${name}`,
          AttachedManagedPolicies:
            name === 'RoleB' ? [{ PolicyName: 'Shared', PolicyArn: 'arn:aws:iam::111111111111:policy/Shared' }] : [],
        })),
        Policies: [
          {
            PolicyName: 'Shared',
            Arn: 'arn:aws:iam::111111111111:policy/Shared',
            AttachmentCount: 1,
            PolicyVersionList: [
              {
                VersionId: 'v1',
                IsDefaultVersion: true,
                Document: { Statement: [{ Effect: 'Allow', Action: 's3:A' }] },
              },
            ],
          },
        ],
      }),
    },
    ['RoleA'],
    /^none: .*RoleB/,
  ),
});
