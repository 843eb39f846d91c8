import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Folder } from '../support/cli.ts';

/** A serverless application with one function, of whose role CloudFormation makes the name. */
const application = (id: string): string => `Resources:
  ${id}:
    Type: AWS::Serverless::Function
    Properties:
      Policies:
        - Statement:
            - Effect: Allow
              Action:
                - s3:GetObject
                - s3:PutObject
              Resource: '*'
`;

/** Access Analyzer says nothing of the role in the other stack, which uses all that it may do. */
const findings = JSON.stringify([
  {
    resource: 'arn:aws:iam::111111111111:role/billing-HandlerRole-1A2B3C4D5E6F',
    serviceNamespace: 's3',
    actions: ['PutObject'],
  },
]);

describe('Of two templates with the same role nobody can tell of which one it was made', () => {
  for (const jobs of [1, 2]) {
    test(`with --jobs ${jobs}`, (t) => {
      const folder = new Folder(t, {
        'in/billing/template.yaml': application('Handler'),
        'in/orders/template.yaml': application('Handler'),
        'in/reports/template.yaml': application('Report'),
        'findings.json': findings,
      });
      const { status, stderr } = folder.refine(`in --findings findings.json --write --jobs ${jobs}`);
      assert.equal(status, 0);
      assert.equal(folder.read('in/billing/template.yaml'), application('Handler'));
      assert.equal(folder.read('in/orders/template.yaml'), application('Handler'));
      assert.match(
        stderr,
        /the role 'HandlerRole' may be in 'orders\/template\.yaml' as well, and nothing tells of which template billing-HandlerRole-1A2B3C4D5E6F was made/,
      );
    });
  }

  test('unless the configuration file does', (t) => {
    const role = 'billing-HandlerRole-1A2B3C4D5E6F';
    const folder = new Folder(t, {
      'billing/template.yaml': application('Handler'),
      'orders/template.yaml': application('Handler'),
      'findings.json': findings,
      'iam-policy-refiner.json': JSON.stringify({ principals: { 'billing/template.yaml#HandlerRole': [role] } }),
    });
    assert.equal(folder.refine('billing orders --findings findings.json --write').status, 0);
    assert.doesNotMatch(folder.read('billing/template.yaml'), /PutObject/);
    assert.equal(folder.read('orders/template.yaml'), application('Handler'));
  });
});

test('The one template with a role is the one that it was made of', (t) => {
  const folder = new Folder(t, {
    'in/billing/template.yaml': application('Handler'),
    'in/orders/template.yaml': application('Order'),
    'findings.json': findings,
  });
  assert.equal(folder.refine('in --findings findings.json --write').status, 0);
  assert.doesNotMatch(folder.read('in/billing/template.yaml'), /PutObject/);
});

test('A template for which a nearer configuration file holds is left alone, and may be the one all the same', (t) => {
  const folder = new Folder(t, {
    'billing/template.yaml': application('Handler'),
    'orders/template.yaml': application('Handler'),
    'orders/iam-policy-refiner.json': '{}',
    'iam-policy-refiner.json': '{}',
    'findings.json': findings,
  });
  folder.refine('. --findings findings.json --write');
  assert.equal(folder.read('billing/template.yaml'), application('Handler'));
});

test('A template from standard input may be the one as well', (t) => {
  const folder = new Folder(t, { 'in/billing/template.yaml': application('Handler'), 'findings.json': findings });
  const { stdout, stderr } = folder.refine('- in --findings findings.json', application('Handler'));
  assert.equal(stdout, application('Handler') + application('Handler'));
  assert.match(stderr, /the role 'HandlerRole' may be in 'standard input' as well/);
});
