import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { factsOfText } from '../../support/factsTable.ts';

// What is said of a file grows as the file does, whatever refers to what in it.

const policy = { Statement: [{ Effect: 'Allow', Action: 's3:A' }] };

const template = (count: number, resource: (index: number) => object) =>
  JSON.stringify({ Resources: Object.assign({}, ...Array.from({ length: count }, (_, index) => resource(index))) });

function sizeOf(text: string): number {
  const { edges, namedUses, managedNames, policies, holders } = factsOfText(text);
  return edges.length + namedUses.length + managedNames.length + policies.length + holders.length;
}

describe('Twice as much of a template says no more than twice as much:', () => {
  const shapes: Readonly<Record<string, (index: number) => object>> = {
    'policies and the roles that refer to them': (index) => ({
      [`P${index}`]: {
        Type: 'AWS::IAM::ManagedPolicy',
        Properties: { PolicyDocument: policy, Roles: [{ Ref: `R${index}` }] },
      },
      [`R${index}`]: { Type: 'AWS::IAM::Role', Properties: { ManagedPolicyArns: [{ Ref: `P${index + 1}` }] } },
    }),
    'policies, and references of which something else makes the names': (index) => ({
      [`P${index}`]: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: policy } },
      [`R${index}`]: { Type: 'AWS::IAM::Role', Properties: { ManagedPolicyArns: [{ Ref: `P\${N}${index}` }] } },
    }),
    'policies of the same name, and roles that mean it': (index) => ({
      [`P${index}`]: {
        Type: 'AWS::IAM::ManagedPolicy',
        Properties: { PolicyDocument: policy, ManagedPolicyName: `shared-${index}` },
      },
      [`R${index}`]: {
        Type: 'AWS::IAM::Role',
        Properties: {
          ManagedPolicyArns: [{ 'Fn::Sub': `arn:aws:iam::\${AWS::AccountId}:policy/shared-${index % 7}` }],
        },
      },
    }),
  };
  for (const [name, shape] of Object.entries(shapes))
    test(name, () => assert.ok(sizeOf(template(800, shape)) <= 2 * sizeOf(template(400, shape)) + 200));
});

test('A template of which loops cannot be told one by one says nothing of each', () => {
  const loop = (depth: number): object => {
    const body = depth === 0 ? { 'R${L1}': { Type: 'AWS::IAM::Role' } } : loop(depth - 1);
    return { [`Fn::ForEach::L${depth}`]: [`L${depth}`, ['a', 'b', 'c', 'd'], body] };
  };
  const { holders } = factsOfText(JSON.stringify({ Resources: loop(12) }));
  assert.deepEqual(
    holders.map(({ amount }) => amount),
    ['several'],
  );
});

test('Variables that are put into each other many times say nothing', () => {
  const lines = Array.from(
    { length: 40 },
    (_, index) => `  a${index}: "${`\${self:custom.a${index + 1}}`.repeat(60)}"`,
  );
  const { values } = factsOfText(
    `service: "\${self:custom.a0}"\nprovider: {name: aws}\ncustom:\n${lines.join('\n')}\n`,
  );
  assert.ok(JSON.stringify(values).length < 1000);
});
