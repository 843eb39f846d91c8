import { jsonOf } from './samples.ts';

/**
 * A CloudFormation template of roles by their name, each with an inline policy of these actions. A name may be computed:
 * `${AWS::StackName}-orders`, of the resource `ordersResource`.
 */
export function template(roles: Readonly<Record<string, readonly string[]>>): string {
  const resources = Object.entries(roles).map(([name, Action]) => [
    `${idOf(name)}Resource`,
    {
      Type: 'AWS::IAM::Role',
      Properties: {
        RoleName: name.includes('${') ? { 'Fn::Sub': name } : name,
        AssumeRolePolicyDocument: {
          Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        },
        Policies: [
          {
            PolicyName: `${idOf(name)}Policy`,
            PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] },
          },
        ],
      },
    },
  ]);
  return jsonOf({ AWSTemplateFormatVersion: '2010-09-09', Resources: Object.fromEntries(resources) });
}

/** What is left of a name for a logical id, which has letters and digits only. */
function idOf(name: string): string {
  return name.replace(/\$\{[^}]*\}|[^A-Za-z0-9]/g, '');
}
