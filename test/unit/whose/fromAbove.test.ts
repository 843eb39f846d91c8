import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SIZE_QUOTAS } from '../../../server/src/service/policy/model.ts';
import {
  type DeploymentFact,
  type FileFacts,
  type IncludeFact,
  NO_FACTS,
  WHOLE_FILE,
} from '../../../server/src/service/whose/facts.ts';
import { Repository } from '../../../server/src/service/whose/repository.ts';

const POLICY: FileFacts = {
  ...NO_FACTS,
  policies: [
    { pointer: '', address: WHOLE_FILE, kind: 'identity', quota: SIZE_QUOTAS.managed, takers: [], isLoose: true },
  ],
};

const MODULE: FileFacts = {
  ...NO_FACTS,
  scope: 'folder',
  policies: [{ pointer: '/x', kind: 'identity', quota: SIZE_QUOTAS.managed, takers: [] }],
};

function repositoryOf(files: Record<string, FileFacts>): Repository {
  return new Repository(
    Object.entries(files).map(([path, facts]) => [`/repo/${path}`, facts] as const),
    { root: '/repo' },
  );
}

/** A script that puts a file in for a role. */
function script(path: string): FileFacts {
  const include: IncludeFact = {
    path: [path],
    isFromAbove: true,
    to: {
      takes: 'document',
      by: { kind: 'holder', holder: { kind: 'role', name: { text: ['AppRole'] } }, quota: SIZE_QUOTAS.role },
    },
  };
  return { ...NO_FACTS, includes: [include] };
}

const INCLUDES: readonly [title: string, files: Record<string, FileFacts>, path: string, expected: string][] = [
  ['one beside it', { 'ops/a.sh': script('p.json'), 'ops/p.json': POLICY }, 'ops/p.json', 'surely'],
  ['one in the root', { 'ops/x/a.sh': script('iam/p.json'), 'iam/p.json': POLICY }, 'iam/p.json', 'surely'],
  ['either of two', { 'ops/a.sh': script('p.json'), 'ops/p.json': POLICY, 'p.json': POLICY }, 'p.json', 'perhaps'],
  ['none in a folder beside its own', { 'ops/a.sh': script('p.json'), 'iam/p.json': POLICY }, 'iam/p.json', 'not'],
];

for (const [title, files, path, expected] of INCLUDES)
  test(`a script that is run from anywhere may mean ${title}`, () => {
    const ends = repositoryOf(files).policies.at(`/repo/${path}`, '')?.ends;
    const found = ends?.holders.size ? (ends.doubts.size > 0 ? 'perhaps' : 'surely') : 'not';
    assert.equal(found, expected);
  });

function variables(environment: string, file: string): FileFacts {
  const deployment: DeploymentFact = { of: '', isFromAbove: true, environment, why: `'${file}' deploys it` };
  return { ...NO_FACTS, deployments: [deployment] };
}

const DEPLOYMENTS: readonly [title: string, files: Record<string, FileFacts>, module: string, expected: string[]][] = [
  [
    'several in a folder below it',
    {
      'main.tf': MODULE,
      'envs/dev.tfvars': variables('dev', 'dev.tfvars'),
      'envs/prod.tfvars': variables('prod', 'prod.tfvars'),
    },
    '',
    ["'dev.tfvars' deploys it and 'prod.tfvars' deploys it"],
  ],
  [
    'one of which both variables and backend are told',
    {
      'main.tf': MODULE,
      'prod.tfvars': variables('prod', 'prod.tfvars'),
      'prod.tfbackend': variables('prod', 'prod.tfbackend'),
    },
    '',
    [],
  ],
  [
    'those of a module, and not of the modules below it',
    {
      'main.tf': MODULE,
      'modules/a/main.tf': MODULE,
      'dev.tfvars': variables('dev', 'a'),
      'prod.tfvars': variables('prod', 'b'),
    },
    '/modules/a',
    [],
  ],
];

for (const [title, files, module, expected] of DEPLOYMENTS)
  test(`files of variables tell of deployments: ${title}`, () => {
    const repository = repositoryOf(files);
    const policy = repository.policies.at(`/repo${module}/main.tf`, '/x');
    assert.ok(policy);
    assert.deepEqual(repository.instances.deploymentsOf(policy.scope).several, expected);
  });

/** A template with a role called `STAGE-orders`. */
const TEMPLATE: FileFacts = {
  ...NO_FACTS,
  policies: [
    {
      pointer: '/x',
      kind: 'identity',
      quota: SIZE_QUOTAS.role,
      takers: [
        {
          takes: 'document',
          by: { kind: 'holder', holder: { kind: 'role', address: 'App' }, quota: SIZE_QUOTAS.role },
        },
      ],
    },
  ],
  holders: [{ address: 'App', kind: 'role', name: { text: [{ ref: 'Stage' }, '-orders'] }, amount: 'one' }],
};

test('what a deployment gives a parameter is put into names', () => {
  const deployments: DeploymentFact[] = ['dev', 'prod'].map((stage) => ({
    of: 't.yaml',
    kind: 'file',
    stack: [`app-${stage}`],
    arguments: [{ name: 'Stage', text: [stage] }],
    why: `'samconfig.toml' deploys it as 'app-${stage}'`,
  }));
  const repository = repositoryOf({ 't.yaml': TEMPLATE, 'samconfig.toml': { ...NO_FACTS, deployments } });
  const ends = repository.policies.at('/repo/t.yaml', '/x')?.ends;
  const names = [...(ends?.holders ?? [])].map(({ known }) => (known.kind === 'literal' ? known.name : known.kind));
  assert.deepEqual(names.sort(), ['dev-orders', 'prod-orders']);
});

const KINDS: readonly [title: string, of: Pick<DeploymentFact, 'of' | 'kind'>, path: string, expected: number][] = [
  ['a module is no template', { of: '/', kind: 'folder' }, 't.yaml', 0],
  ['a template is no module', { of: '/', kind: 'file' }, 'main.tf', 0],
  ['a policy by itself is no template', { of: '/', kind: 'file' }, 'p.json', 0],
  ['of what nothing tells what it is, all may be meant', { of: '/' }, 'p.json', 1],
  ['a template is deployed', { of: '/', kind: 'file' }, 't.yaml', 1],
  ['a module is deployed', { of: '/', kind: 'folder' }, 'main.tf', 1],
];

for (const [title, of, path, expected] of KINDS)
  test(`deployments: ${title}`, () => {
    const deployments: DeploymentFact[] = [{ ...of, isSeveral: true, why: 'it is said' }];
    const repository = repositoryOf({
      't.yaml': TEMPLATE,
      'main.tf': MODULE,
      'p.json': POLICY,
      'a.sh': { ...NO_FACTS, deployments },
    });
    const [policy] = repository.policies.ofFile(`/repo/${path}`);
    assert.ok(policy);
    assert.equal(repository.instances.deploymentsOf(policy.scope).several.length, expected);
  });
