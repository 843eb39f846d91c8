import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SIZE_QUOTAS } from '../../../server/src/service/policy/model.ts';
import { readEvidence } from '../../../server/src/service/whose/evidence/evidence.ts';
import { type FileFacts, NO_FACTS, WHOLE_FILE } from '../../../server/src/service/whose/facts.ts';
import { Repository } from '../../../server/src/service/whose/repository.ts';

const POLICY: FileFacts = {
  ...NO_FACTS,
  policies: [
    { pointer: '', address: WHOLE_FILE, kind: 'identity', quota: SIZE_QUOTAS.managed, takers: [], isLoose: true },
  ],
};

/** Who holds a policy file of a repository of scripts and policy files, by their names. */
function holdersOf(file: string, files: Record<string, string>): string[] {
  const facts = Object.entries(files).map(([path, text]) => {
    const at = `/repo/${path}`;
    return [at, path.endsWith('policy.json') ? POLICY : (readEvidence(at, text) ?? NO_FACTS)] as const;
  });
  const policy = new Repository(facts, { root: '/repo' }).policies.at(`/repo/${file}`, '');
  assert.ok(policy);
  const { holders, other, unknown } = policy.ends;
  const names = [...holders].map(({ kind, known }) => `${kind} ${known.kind === 'literal' ? known.name : known.kind}`);
  return [...names, other ?? '', unknown ?? ''].filter((one) => one !== '').sort();
}

const PUT = 'aws iam put-role-policy --role-name AppRole --policy-document file://iam/policy.json';

const ROWS: readonly [title: string, files: Record<string, string>, expected: readonly string[]][] = [
  ['an inline policy', { 'deploy.sh': PUT }, ['role AppRole']],
  [
    'one of two roles',
    { 'deploy.sh': PUT, 'ops/other.sh': PUT.replace('App', 'Other') },
    ['role AppRole', 'role OtherRole'],
  ],
  [
    'a managed policy that another script attaches',
    {
      'a.sh': 'aws iam create-policy --policy-name Shared --policy-document file://iam/policy.json',
      'ops/b.sh': 'aws iam attach-user-policy --user-name ann --policy-arn arn:aws:iam::111122223333:policy/Shared',
    },
    ['user ann'],
  ],
  [
    'a managed policy that a script makes and attaches',
    {
      'a.sh':
        'ARN=$(aws iam create-policy --policy-name Shared --policy-document file://iam/policy.json --query Policy.Arn)\naws iam attach-role-policy --role-name AppRole --policy-arn "$ARN"',
    },
    ['role AppRole'],
  ],
  [
    'a trust policy',
    { 'a.sh': 'aws iam create-role --role-name R --assume-role-policy-document file://iam/policy.json' },
    ["'a.sh' makes it the trust policy of a role"],
  ],
  ['a policy that code reads', { 'lib/stack.ts': "readFileSync('iam/policy.json')" }, ["'stack.ts' puts it in"]],
  [
    'a step of a workflow',
    { '.github/workflows/a.yml': `jobs:\n  a:\n    steps:\n      - run: ${PUT}\n` },
    ['role AppRole'],
  ],
  ['nobody', { 'deploy.sh': 'npm ci' }, []],
];

for (const [title, files, expected] of ROWS)
  test(`scripts tell who holds a policy file: ${title}`, () => {
    assert.deepEqual(holdersOf('iam/policy.json', { ...files, 'iam/policy.json': '' }), expected);
  });
