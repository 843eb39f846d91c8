import { jsonOf } from './samples.ts';

/** A CloudFormation template of roles by their name, each with an inline policy of these actions. */
export function template(roles: Readonly<Record<string, readonly string[]>>): string {
  const resources = Object.entries(roles).map(([RoleName, Action]) => [
    `${RoleName}Resource`,
    {
      Type: 'AWS::IAM::Role',
      Properties: {
        RoleName,
        AssumeRolePolicyDocument: {
          Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        },
        Policies: [
          {
            PolicyName: `${RoleName}Policy`,
            PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] },
          },
        ],
      },
    },
  ]);
  return jsonOf({ AWSTemplateFormatVersion: '2010-09-09', Resources: Object.fromEntries(resources) });
}
