import assert from 'node:assert/strict';
import { test } from 'node:test';
import picomatch from 'picomatch';
import { loadEvidence } from '../../../server/src/node/evidence.ts';
import { readEvidence } from '../../../server/src/service/whose/evidence/evidence.ts';
import { EVIDENCE_GLOBS, evidenceKind } from '../../../server/src/service/whose/evidence/files.ts';
import type { DeploymentFact } from '../../../server/src/service/whose/facts.ts';

/** What a file says of deployments, without the reasons, and that it says it of templates or of modules. */
function deploymentsOf(path: string, text: string): Omit<DeploymentFact, 'why' | 'kind'>[] {
  return (readEvidence(`/repo/${path}`, text)?.deployments ?? []).map(({ why: _, kind: __, ...fact }) => fact);
}

const ROWS: readonly [title: string, path: string, text: string, expected: readonly Omit<DeploymentFact, 'why'>[]][] = [
  [
    'each environment of SAM names a stack',
    'api/samconfig.toml',
    [
      'version = 0.1',
      '[default.deploy.parameters]',
      'stack_name = "orders-dev"',
      'template_file = "app.yaml"',
      'parameter_overrides = "Stage=\\"dev\\" Name=app"',
      '[prod.deploy.parameters]',
      'stack_name = "orders-prod"',
      'template = "app.yaml"',
      'parameter_overrides = ["Stage=prod"]',
      'role_arn = "arn:aws:iam::111122223333:role/Deployer"',
    ].join('\n'),
    [
      {
        of: 'app.yaml',
        stack: ['orders-dev'],
        arguments: [
          { name: 'Stage', text: ['dev'] },
          { name: 'Name', text: ['app'] },
        ],
      },
      {
        of: 'app.yaml',
        stack: ['orders-prod'],
        account: '111122223333',
        arguments: [{ name: 'Stage', text: ['prod'] }],
      },
    ],
  ],
  [
    "SAM's own templates are meant where none is named",
    'samconfig.toml',
    '[default.global.parameters]\nstack_name = "orders"\n[default.build.parameters]\ncached = true\n',
    [
      { of: 'template.yaml', stack: ['orders'] },
      { of: 'template.yml', stack: ['orders'] },
      { of: 'template.json', stack: ['orders'] },
    ],
  ],
  [
    'what SAM builds is made of its own template',
    'samconfig.yaml',
    'prod:\n  deploy:\n    parameters:\n      stack_name: orders\n      template_file: app/.aws-sam/build/template.yaml\n',
    [
      { of: 'app/template.yaml', stack: ['orders'] },
      { of: 'app/template.yml', stack: ['orders'] },
      { of: 'app/template.json', stack: ['orders'] },
    ],
  ],
  [
    'an environment of SAM without a stack is one all the same',
    'samconfig.toml',
    '[prod.deploy.parameters]\ntemplate = "a.yaml"\nparameter_overrides = "A=1"\n[default.deploy.parameters]\ntemplate="a.yaml"',
    [{ of: 'a.yaml', environment: 'prod', arguments: [{ name: 'A', text: ['1'] }] }],
  ],
  ['a file of SAM that is broken says nothing', 'samconfig.toml', '[default', []],
  [
    'the CDK says what its templates become',
    'cdk.out/manifest.json',
    JSON.stringify({
      artifacts: {
        'Orders.assets': { type: 'cdk:asset-manifest', properties: { file: 'Orders.assets.json' } },
        Orders: {
          type: 'aws:cloudformation:stack',
          environment: 'aws://111122223333/eu-west-1',
          properties: { templateFile: 'Orders.template.json', stackName: 'orders-prod' },
        },
        Other: {
          type: 'aws:cloudformation:stack',
          environment: 'aws://unknown-account/unknown-region',
          properties: { templateFile: 'Other.template.json' },
        },
      },
    }),
    [
      { of: 'Orders.template.json', stack: ['orders-prod'], account: '111122223333' },
      { of: 'Other.template.json', stack: ['Other'] },
    ],
  ],
  ['another manifest says nothing', 'web/manifest.json', '{"artifacts":{}}', []],
  [
    'variables of an environment deploy the module around',
    'envs/prod.tfvars',
    'account_id = "111122223333"\nprefix = "prod" # theirs\nsizes = {\n  prefix = "no"\n}\nbig = true\n',
    [
      {
        of: '',
        isFromAbove: true,
        environment: 'prod',
        account: '111122223333',
        arguments: [
          { name: 'account_id', text: ['111122223333'] },
          { name: 'prefix', text: ['prod'] },
          { name: 'big', text: ['true'] },
        ],
      },
    ],
  ],
  [
    "a backend's file names the environment",
    'infra/backend-prod.hcl',
    'bucket = "x"',
    [{ of: '', isFromAbove: true, environment: 'prod' }],
  ],
  ['and one for each', 'infra/prod.s3.tfbackend', 'bucket = "x"', [{ of: '', isFromAbove: true, environment: 'prod' }]],
  [
    'the folder names it otherwise',
    'envs/dev/terraform.tfvars',
    '',
    [{ of: '', isFromAbove: true, environment: 'dev' }],
  ],
  ['what all have in common is no environment', 'envs/common.tfvars', 'a = "b"', []],
  ['nor are values that Terraform takes by itself', 'infra/terraform.tfvars', 'list = []', []],
];

for (const [title, path, text, expected] of ROWS)
  test(`deployments: ${title}`, () => {
    assert.deepEqual(deploymentsOf(path, text), expected);
  });

test('what is deployed is a template or a module, as the tool has it', () => {
  assert.equal(
    readEvidence('/repo/samconfig.toml', '[a.deploy.parameters]\nstack_name="s"')?.deployments[0]?.kind,
    'file',
  );
  assert.equal(readEvidence('/repo/prod.tfvars', '')?.deployments[0]?.kind, 'folder');
  assert.equal(readEvidence('/repo/a.sh', 'terraform workspace select prod')?.deployments[0]?.kind, 'folder');
});

test('values that Terraform takes by itself are those of the module', () => {
  const facts = readEvidence(
    '/repo/infra/terraform.tfvars',
    'a = "x"\r\nb = 12\nc = "${d}"\ne = "q\\"u"\n/* f = "g" */\nh = <<EOT\nh2 = "i"\nEOT\nj="k"\nl = ["m"]\n',
  );
  assert.equal(facts?.scope, 'folder');
  assert.deepEqual(facts?.values, [
    { ref: 'var.a', text: ['x'] },
    { ref: 'var.b', text: ['12'] },
    { ref: 'var.e', text: ['q"u'] },
    { ref: 'var.j', text: ['k'] },
  ]);
});

test('values in JSON are read as well', () => {
  const facts = readEvidence('/repo/a.auto.tfvars.json', '{"a": "x", "b": ["y"], "c": true, "d": "${e}"}');
  assert.deepEqual(facts?.values, [
    { ref: 'var.a', text: ['x'] },
    { ref: 'var.c', text: ['true'] },
  ]);
});

test('a file that is no evidence says nothing', () => {
  assert.equal(readEvidence('/repo/README.md', 'sam deploy'), undefined);
});

test('what reads evidence is loaded when it is needed', async () => {
  assert.equal(await loadEvidence(), readEvidence);
});

for (const [, path] of ROWS.filter(([, , , expected]) => expected.length > 0))
  test(`the globs find '${path}'`, () => {
    assert.ok(evidenceKind(`/repo/${path}`));
    assert.ok(picomatch([...EVIDENCE_GLOBS], { dot: true })(path));
  });
