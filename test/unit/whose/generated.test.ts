import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isGenerated } from '../../../server/src/service/whose/generated.ts';

const GENERATED = [
  'cdk.out/Orders.template.json',
  'app/cdk.out/assembly-Prod/manifest.json',
  'cdktf.out/stacks/app/cdk.tf.json',
  '.aws-sam/build/template.yaml',
  'api/.serverless/cloudformation-template-update-stack.json',
  'infra/.terraform/modules/app/main.tf',
  'live/.terragrunt-cache/x/y/main.tf',
  'amplify/#current-cloud-backend/function/f/f-cloudformation-template.json',
  'tfplan.json',
  'infra/prod.tfplan.json',
  'plan.json',
  'terraform-plan.json',
  'terraform.tfstate',
  'terraform.tfstate.backup',
  'packaged.yaml',
  'out/packaged-template.yml',
  'template-packaged.yaml',
];

const WRITTEN = [
  'template.yaml',
  'main.tf',
  'plans/app.json',
  'floorplan.json',
  'cdk.output/a.json',
  'terraform/main.tf',
  'packages.json',
  'serverless/template.yml',
];

for (const path of GENERATED)
  test(`'${path}' is generated`, () => {
    assert.equal(isGenerated(`/repo/${path}`, '/repo'), true);
  });

for (const path of WRITTEN)
  test(`'${path}' is written by hand`, () => {
    assert.equal(isGenerated(`/repo/${path}`, '/repo'), false);
  });

test('a repository that lies in a generated folder is no generated one', () => {
  assert.equal(isGenerated('/home/cdk.out/repo/template.yaml', '/home/cdk.out/repo'), false);
});
