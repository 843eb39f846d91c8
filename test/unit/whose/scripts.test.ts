import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ComputedText } from '../../../server/src/service/whose/computedText.ts';
import { readEvidence } from '../../../server/src/service/whose/evidence/evidence.ts';
import { type FileFacts, NO_FACTS, type Taker } from '../../../server/src/service/whose/facts.ts';

/** What a file says, a line a fact, as a reader would put it. */
function told(path: string, text: string): string[] {
  const facts = readEvidence(`/repo/${path}`, text.replaceAll('\t\t', '\t')) ?? NO_FACTS;
  return [...includes(facts), ...edges(facts), ...policies(facts), ...deployments(facts)];
}

function* includes({ includes: all, ...facts }: FileFacts): Iterable<string> {
  for (const { path, isFromRoot, isFromAbove, to } of all)
    yield `${isFromRoot ? 'root ' : isFromAbove ? 'above ' : ''}${show(path)} > ${taker(to, facts)}`;
}

function* edges({ edges: all, ...facts }: FileFacts): Iterable<string> {
  for (const { of, to } of all) yield `${of} > ${taker(to, facts)}`;
}

function* policies({ managedNames, namedUses, awsManaged, ...facts }: FileFacts): Iterable<string> {
  for (const { address, name } of managedNames) yield `${address} is ${'text' in name ? show(name.text) : '?'}`;
  for (const { name, account, to } of namedUses)
    yield `policy/${show(name)}${account ? ` in ${account}` : ''} > ${taker(to, facts)}`;
  for (const { holder, policy } of awsManaged) yield `AWS's ${policy} > ${'address' in holder ? holder.address : '?'}`;
}

function* deployments({ deployments: all }: FileFacts): Iterable<string> {
  for (const { of, isFromAbove, stack, account, environment, isSeveral, arguments: given = [] } of all)
    yield [
      'deploys',
      `${isFromAbove ? 'above ' : ''}${typeof of === 'string' ? of || 'its folder' : 'itself'}`,
      ...(stack ? [`as ${show(stack)}`] : []),
      ...(environment ? [`for ${environment}`] : []),
      ...(account ? [`in ${account}`] : []),
      ...(isSeveral ? ['several'] : []),
      ...given.map(({ name, text }) => `${name}=${show(text)}`),
    ].join(' ');
}

function show(text: ComputedText): string {
  return text.map((part) => (typeof part === 'string' ? part : '*')).join('');
}

function taker({ by }: Taker, { holders }: Pick<FileFacts, 'holders'>): string {
  if (by.kind === 'address') return by.address;
  if (by.kind !== 'holder') return 'why' in by ? `${by.kind}: ${by.why}` : by.kind;
  const { holder } = by;
  const fact = holders.find(({ address }) => 'address' in holder && address === holder.address);
  if (!fact) return '?';
  return `${fact.isMention ? '' : 'made '}${fact.kind} ${'text' in fact.name ? show(fact.name.text) : '?'}`;
}

const ROWS: readonly [title: string, path: string, text: string, expected: readonly string[]][] = [
  [
    'an inline policy of a file goes to the role that is named',
    'ops/deploy.sh',
    'aws iam put-role-policy \\\n  --role-name AppRole --policy-name inline \\\n  --policy-document file://policies/app.json',
    ['above policies/app.json > role AppRole'],
  ],
  [
    'and to a user',
    'a.sh',
    'aws iam put-user-policy --user-name=ann --policy-document=file://a.json',
    ['above a.json > user ann'],
  ],
  [
    'and to a group',
    'a.sh',
    "aws iam put-group-policy --group-name 'devs' --policy-document 'file://a.json'",
    ['above a.json > group devs'],
  ],
  [
    'options of all commands may go first',
    'a.sh',
    'AWS_PROFILE=x aws --profile p --region eu-west-1 --no-cli-pager iam put-role-policy --role-name R --policy-document file://a.json',
    ['above a.json > role R'],
  ],
  [
    'a variable that is set once is known',
    'a.sh',
    'ROLE=AppRole\nDIR="policies"\naws iam put-role-policy --role-name "$ROLE" --policy-document "file://${DIR}/a.json"',
    ['above policies/a.json > role AppRole'],
  ],
  [
    'one that may be given from without is not',
    'a.sh',
    'ROLE="${ROLE:-AppRole}"\naws iam put-role-policy --role-name "$ROLE" --policy-document file://a.json',
    ['above a.json > role *'],
  ],
  [
    'nor is an argument of the script',
    'a.sh',
    'aws iam put-role-policy --role-name "$1-app" --policy-document file://a.json',
    ['above a.json > role *-app'],
  ],
  [
    'a loop is gone through',
    'a.sh',
    'for r in One Two; do\n  aws iam put-role-policy --role-name $r --policy-document file://$r.json\ndone',
    ['above One.json > role One', 'above Two.json > role Two'],
  ],
  [
    'files that are called like their roles speak for themselves',
    'a.sh',
    'for f in policies/*.json; do\n  role=$(basename "$f" .json)\n  aws iam put-role-policy --role-name "$role" --policy-document "file://$f"\ndone\naws iam put-role-policy --role-name $1 --policy-document file://$1.json',
    [],
  ],
  [
    "the script's own folder is known where it says so",
    'ops/a.sh',
    'DIR="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"\naws iam put-role-policy --role-name R --policy-document "file://$DIR/../a.json"\ncd "$(dirname "$0")"\naws iam put-role-policy --role-name R --policy-document file://b.json',
    ['../a.json > role R', 'b.json > role R'],
  ],
  [
    "so is the repository's root",
    'ops/a.sh',
    'ROOT=$(git rev-parse --show-toplevel)\naws iam put-role-policy --role-name R --policy-document file://$ROOT/a.json',
    ['root a.json > role R'],
  ],
  [
    'a folder that is changed in brackets counts there only',
    'a.sh',
    '(cd infra && aws iam put-role-policy --role-name R --policy-document file://a.json)\naws iam put-role-policy --role-name R --policy-document file://b.json',
    ['above infra/a.json > role R', 'above b.json > role R'],
  ],
  [
    'in a folder that is computed, the end of the path counts',
    'a.sh',
    'cd "$1"\naws iam put-role-policy --role-name R --policy-document file://a.json',
    ['root */a.json > role R'],
  ],
  [
    'what lies outside is none of ours',
    'a.sh',
    'aws iam put-role-policy --role-name R --policy-document file:///tmp/a.json',
    [],
  ],
  [
    'what is written out by cat is the file',
    'a.sh',
    'aws iam put-role-policy --role-name R --policy-document "$(cat a.json)"',
    ['above a.json > role R'],
  ],
  [
    'a managed policy is followed by the output of what makes it',
    'a.sh',
    "ARN=$(aws iam create-policy --policy-name Shared --policy-document file://s.json --query 'Policy.Arn' --output text)\naws iam attach-role-policy --role-name R --policy-arn $ARN",
    ["above s.json > the policy 'Shared'", "the policy 'Shared' > role R", "the policy 'Shared' is Shared"],
  ],
  [
    'by its ARN',
    'a.sh',
    'aws iam attach-role-policy --role-name R --policy-arn arn:aws:iam::111122223333:policy/path/Shared\naws iam attach-user-policy --user-name u --policy-arn "arn:aws:iam::${ACCOUNT}:policy/app-$STAGE"',
    ['policy/Shared in 111122223333 > role R', 'policy/app-* > user u'],
  ],
  [
    'and by the name that it is asked for by',
    'a.sh',
    `ARN=$(aws iam list-policies --query "Policies[?PolicyName=='Shared'].Arn" --output text)\naws iam attach-group-policy --group-name g --policy-arn "$ARN"`,
    ['policy/Shared > group g'],
  ],
  [
    'an ARN of which nothing is known may be that of any policy of the script',
    'a.sh',
    'aws iam create-policy --policy-name One --policy-document file://1.json\naws iam attach-role-policy --role-name R --policy-arn "$2"',
    [
      "above 1.json > the policy 'One'",
      "the policy 'One' > role R",
      `the policy 'One' > unknown: 'a.sh' attaches a policy whose ARN it computes`,
      "the policy 'One' is One",
    ],
  ],
  [
    'a new version of a managed policy is its text',
    'a.sh',
    'aws iam create-policy-version --policy-arn arn:aws:iam::1:policy/Shared --policy-document file://s.json --set-as-default',
    ["above s.json > the policy 'Shared'", "the policy 'Shared' is Shared"],
  ],
  [
    "AWS's own policies are listed",
    'a.sh',
    'aws iam attach-role-policy --role-name R --policy-arn arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole',
    ["AWS's service-role/AWSLambdaBasicExecutionRole > the role 'R'"],
  ],
  [
    'a trust policy and a boundary are other policies',
    'a.sh',
    'aws iam create-role --role-name R --assume-role-policy-document file://t.json --permissions-boundary arn:aws:iam::1:policy/B\naws iam put-user-permissions-boundary --user-name u --permissions-boundary arn:aws:iam::1:policy/C\naws iam update-assume-role-policy --role-name R --policy-document file://t2.json',
    [
      "above t.json > other: 'a.sh' makes it the trust policy of a role",
      "above t2.json > other: 'a.sh' gives it to 'aws iam update-assume-role-policy'",
      "policy/B > other: 'a.sh' makes it a permissions boundary",
      "policy/C > other: 'a.sh' makes it a permissions boundary",
    ],
  ],
  [
    'so is that of a bucket, an organization or a key',
    'a.sh',
    'aws s3api put-bucket-policy --bucket b --policy file://b.json\naws organizations create-policy --content file://scp.json --type SERVICE_CONTROL_POLICY\naws kms put-key-policy --key-id k --policy file://k.json',
    [
      "above b.json > other: 'a.sh' gives it to 'aws s3api put-bucket-policy'",
      "above scp.json > other: 'a.sh' gives it to 'aws organizations create-policy'",
      "above k.json > other: 'a.sh' gives it to 'aws kms put-key-policy'",
    ],
  ],
  [
    'nobody knows the roles of a permission set',
    'a.sh',
    'aws sso-admin put-inline-policy-to-permission-set --permission-set-arn x --inline-policy file://p.json',
    ["above p.json > unknown: 'a.sh' gives it to a permission set"],
  ],
  [
    'who only looks at a policy does not take it',
    'a.sh',
    'aws accessanalyzer validate-policy --policy-type IDENTITY_POLICY --policy-document file://a.json\naws iam simulate-custom-policy --policy-input-list file://a.json\necho aws iam put-role-policy --role-name R --policy-document file://a.json',
    [],
  ],
  [
    'a role that a script makes is one with that which it gives policies',
    'a.sh',
    'aws iam create-role --role-name "$P-app"\naws iam put-role-policy --role-name "$P-app" --policy-document file://a.json',
    ['above a.json > made role *-app'],
  ],
  [
    'comments and texts of their own are no commands',
    'a.sh',
    "# aws iam put-role-policy --role-name X --policy-document file://x.json\ncat > y.json <<'EOF'\naws iam put-role-policy --role-name Y --policy-document file://y.json\nEOF\naws iam put-role-policy --role-name R --policy-document file://a.json # it's ours",
    ['above a.json > role R'],
  ],
  [
    'PowerShell is read',
    'a.ps1',
    '$Role = "AppRole"\r\naws iam put-role-policy `\r\n  --role-name $Role `\r\n  --policy-document file://a.json\r\n',
    ['above a.json > role AppRole'],
  ],
  [
    'and so are files of commands of Windows',
    'a.cmd',
    '@echo off\r\nset ROLE=AppRole\r\naws iam put-role-policy --role-name %ROLE% ^\r\n  --policy-document file://p\\a.json\r\n',
    ['above p/a.json > role AppRole'],
  ],
  [
    'what is made of a file goes where the file goes',
    'a.sh',
    'sed "s/X/$1/" iam/a.json > /tmp/a.json\nenvsubst < iam/b.json.tpl > "$OUT/b.json"\naws iam put-role-policy --role-name R --policy-document file:///tmp/a.json\naws iam put-user-policy --user-name u --policy-document "file://$OUT/b.json"\ncat > c.json <<EOF\n{}\nEOF\naws iam put-role-policy --role-name S --policy-document file://c.json',
    ['above iam/a.json > role R', 'above iam/b.json.tpl > user u', 'above c.json > role S'],
  ],
  [
    'any other use of a file may give it to anybody',
    'a.sh',
    'envsubst < policies/a.json.tpl > /tmp/a.json\nsed "s/X/Y/" b.json > c.json\npython attach.py --policy=d.json\njq empty e.json\nnpx iam-policy-refiner check f.json\npython -m json.tool g.json\ngit add h.json',
    [
      "above policies/a.json.tpl > unknown: 'a.sh' uses it",
      "above b.json > unknown: 'a.sh' uses it",
      "above d.json > unknown: 'a.sh' uses it",
    ],
  ],
  [
    'a stack is deployed',
    'deploy.sh',
    'aws cloudformation deploy --stack-name orders-prod --template-file infra/t.yaml --parameter-overrides Stage=prod Name="a b" --capabilities CAPABILITY_IAM',
    ['deploys above infra/t.yaml as orders-prod Stage=prod Name=a b'],
  ],
  [
    'in the older way',
    'deploy.sh',
    'aws cloudformation create-stack --stack-name s --template-body file://t.yaml --parameters ParameterKey=A,ParameterValue=b ParameterKey=C,ParameterValue=d',
    ['deploys above t.yaml as s A=b C=d'],
  ],
  [
    'by the template that it was packaged from',
    'deploy.sh',
    'aws cloudformation package --template-file t.yaml --s3-bucket b --output-template-file out.yaml\naws cloudformation deploy --template-file out.yaml --stack-name s',
    ['deploys above t.yaml as s'],
  ],
  [
    'under a name that is computed there may be several',
    'deploy.sh',
    'aws cloudformation deploy --template-file t.yaml --stack-name "orders-$1"\nsam deploy --stack-name $2 -t u.yaml',
    ['deploys above t.yaml as orders-*', 'deploys above t.yaml several', 'deploys above u.yaml several'],
  ],
  [
    'of a choice each is one',
    'deploy.sh',
    'case "$1" in\n  dev) STACK=orders-dev ;;\n  prod) STACK=orders-prod ;;\nesac\nsam deploy --stack-name $STACK -t t.yaml',
    ['deploys above t.yaml as orders-dev', 'deploys above t.yaml as orders-prod'],
  ],
  [
    'SAM without a name for the stack says no more than its configuration',
    'deploy.sh',
    'sam build\nsam deploy --no-confirm-changeset',
    [],
  ],
  [
    'a template that is computed may be any',
    'deploy.sh',
    'aws cloudformation deploy --template-file "$1" --stack-name s',
    ['deploys / as s'],
  ],
  [
    'a stack set goes to accounts',
    'deploy.sh',
    'aws cloudformation create-stack-instances --stack-set-name s --accounts 111122223333 444455556666 --regions eu-west-1',
    ['deploys / in 111122223333', 'deploys / in 444455556666'],
  ],
  [
    'Serverless stages are told',
    'deploy.sh',
    'npx sls deploy --stage prod --config a.yml\nserverless deploy -s $STAGE -c a.yml',
    ['deploys above a.yml for prod', 'deploys above a.yml several'],
  ],
  [
    'so are the variables and workspaces of Terraform',
    'deploy.sh',
    'terraform apply -var-file=envs/prod.tfvars -auto-approve\nterraform -chdir=infra init -backend-config="dev.tfbackend" -backend-config="key=x"\ntofu workspace select stage\nterraform plan -var-file common.tfvars\nterraform apply -var-file="$E.tfvars"',
    [
      'deploys above its folder for prod',
      'deploys above infra for dev',
      'deploys above its folder for stage',
      'deploys above its folder several',
    ],
  ],
  [
    'a makefile runs in its folder',
    'infra/Makefile',
    'STACK := orders\nENV ?= dev\nFILES = $(shell find . -name "*.py")\ndeploy: build\n\t@aws cloudformation deploy \\\n\t\t--stack-name $(STACK) --template-file t.yaml\n\tsam deploy --stack-name "$${STACK}-$(ENV)" -t u.yaml\n',
    ['deploys t.yaml as orders', 'deploys u.yaml as orders-*', 'deploys u.yaml several'],
  ],
  [
    'so do the scripts of a package',
    'app/package.json',
    '{"scripts": {"deploy": "sam build && sam deploy --stack-name app-prod", "policy": "aws iam put-role-policy --role-name R --policy-document file://p.json"}}',
    [
      'p.json > role R',
      'deploys template.yaml as app-prod',
      'deploys template.yml as app-prod',
      'deploys template.json as app-prod',
    ],
  ],
];

for (const [title, path, text, expected] of ROWS)
  test(`scripts: ${title}`, () => {
    assert.deepEqual(told(path, text), expected);
  });

const PIPELINES: readonly [title: string, path: string, text: string, expected: readonly string[]][] = [
  [
    'a workflow runs in the root of the repository',
    '.github/workflows/deploy.yml',
    `
on: push
env:
  STACK: orders
jobs:
  deploy:
    defaults:
      run:
        working-directory: infra
    steps:
      - uses: aws-actions/configure-aws-credentials@v4
        with:
          role-to-assume: arn:aws:iam::111122223333:role/Deployer
      - run: |
          aws cloudformation deploy --stack-name "$STACK-prod" \\
            --template-file t.yaml
      - run: >
          aws iam put-role-policy --role-name R
          --policy-document file://p.json
      - working-directory: sub
        run: sam deploy --stack-name \${{ env.STACK }} -t u.yaml
`,
    [
      'root infra/p.json > role R',
      'deploys ../../infra/t.yaml as orders-prod in 111122223333',
      'deploys ../../infra/sub/u.yaml as orders in 111122223333',
    ],
  ],
  [
    'each run of a matrix is a deployment',
    '.github/workflows/deploy.yml',
    `
jobs:
  deploy:
    strategy:
      matrix:
        stage: [dev, prod]
        include:
          - stage: dev
            account: "111122223333"
          - stage: prod
            account: "444455556666"
    steps:
      - uses: aws-actions/configure-aws-credentials@v4
        with:
          role-to-assume: arn:aws:iam::\${{ matrix.account }}:role/Deployer
      - uses: aws-actions/aws-cloudformation-github-deploy@v1
        with:
          name: orders-\${{ matrix.stage }}
          template: t.yaml
          parameter-overrides: "Stage=\${{ matrix.stage }}"
`,
    [
      'deploys ../../t.yaml as orders-dev in 111122223333 Stage=dev',
      'deploys ../../t.yaml as orders-prod in 444455556666 Stage=prod',
    ],
  ],
  [
    'of what is deployed in a matrix nobody may know',
    '.github/workflows/deploy.yml',
    `
jobs:
  deploy:
    strategy: {matrix: {target: [{stage: dev, id: 111122223333}, {stage: prod, id: 444455556666}]}}
    steps: [{run: "npx cdk deploy -c stage=\${{ matrix.target.stage }}"}]
`,
    ['deploys / for dev in 111122223333', 'deploys / for prod in 444455556666'],
  ],
  [
    'a matrix of versions tells nothing',
    '.github/workflows/test.yml',
    'jobs:\n  test:\n    strategy: {matrix: {node: [20, 22], suite: [unit, test]}}\n    steps: [{run: npm test}, {run: npx cdk deploy}]\n',
    [],
  ],
  [
    'an environment of GitHub tells which',
    '.github/workflows/deploy.yml',
    'jobs:\n  a:\n    environment: production\n    steps: [{run: "sam deploy -t t.yaml --stack-name ${{ vars.STACK }}"}]\n',
    ['deploys ../../t.yaml for production'],
  ],
  [
    'what is put in by whoever starts it may be several',
    '.github/workflows/deploy.yml',
    'on:\n  workflow_dispatch:\n    inputs:\n      stage: {type: choice, options: [dev, prod]}\n      name: {type: string}\njobs:\n  a:\n    steps:\n      - run: sam deploy -t t.yaml --stack-name app-${{ inputs.stage }}\n      - run: sam deploy -t u.yaml --stack-name ${{ inputs.name }}\n',
    ['deploys ../../t.yaml as app-dev', 'deploys ../../t.yaml as app-prod', 'deploys ../../u.yaml several'],
  ],
  [
    "GitLab's matrix is gone through",
    '.gitlab-ci.yml',
    'deploy:\n  parallel:\n    matrix:\n      - STAGE: [dev, prod]\n  script:\n    - cd infra\n    - aws cloudformation deploy --stack-name app-$STAGE --template-file t.yaml\n',
    ['deploys above infra/t.yaml as app-dev', 'deploys above infra/t.yaml as app-prod'],
  ],
  [
    'CodeBuild runs its phases',
    'ci/buildspec.yml',
    'version: 0.2\nenv:\n  variables:\n    STACK: app\nphases:\n  build:\n    commands:\n      - sam deploy --stack-name $STACK --template-file t.yaml\n',
    ['deploys above t.yaml as app'],
  ],
  ['a broken file says what is left of it', '.gitlab-ci.yml', 'a: [', []],
];

for (const [title, path, text, expected] of PIPELINES)
  test(`pipelines: ${title}`, () => {
    assert.deepEqual(told(path, text), expected);
  });

const IN = (path: string) => `unknown: '${path}' puts it in`;

const CODE: readonly [title: string, path: string, text: string, expected: readonly string[]][] = [
  ['an import is led on from its file', 'lib/a.ts', "import policy from './App.json';", [`App.json > ${IN('a.ts')}`]],
  ['so is what is required', 'lib/a.js', 'const p = require("../p/App.json")', [`../p/App.json > ${IN('a.js')}`]],
  [
    'what is read may lie anywhere above',
    'lib/a.ts',
    "readFileSync('App.json', 'utf8')",
    [`above App.json > ${IN('a.ts')}`],
  ],
  [
    'or in another folder',
    'lib/a.ts',
    "readFileSync('policies/App.json')",
    [`above policies/App.json > ${IN('a.ts')}`, `root */policies/App.json > ${IN('a.ts')}`],
  ],
  [
    'a path may be joined',
    'lib/a.ts',
    "join(__dirname, '..', 'policies', 'App.json')",
    [`above App.json > ${IN('a.ts')}`, `above ../policies/App.json > ${IN('a.ts')}`],
  ],
  [
    'in Python as well',
    'a.py',
    'Path("policies") / "App.json"\nopen(f"policies/{role}.json")',
    [
      `above App.json > ${IN('a.py')}`,
      `above policies/App.json > ${IN('a.py')}`,
      `root */policies/App.json > ${IN('a.py')}`,
      `above policies/*.json > ${IN('a.py')}`,
      `root */policies/*.json > ${IN('a.py')}`,
    ],
  ],
  [
    'what is put in is computed',
    'a.ts',
    'readFileSync(`${__dirname}/policies/${role}.json`); load("p/" + name + ".json")',
    [
      `above policies/*.json > ${IN('a.ts')}`,
      `root */policies/*.json > ${IN('a.ts')}`,
      `above p/*.json > ${IN('a.ts')}`,
      `root */p/*.json > ${IN('a.ts')}`,
    ],
  ],
  [
    'files of tools, of the web and of the system are none',
    'a.ts',
    "require('./package.json'); get('https://x.y/a.json'); open('/etc/a.json')",
    [],
  ],
  ['what is no path is none', 'a.go', 'log.Print("wrote the file a.json")\nx := "*.json"', []],
];

for (const [title, path, text, expected] of CODE)
  test(`source code: ${title}`, () => {
    assert.deepEqual(told(path, text), expected);
  });
