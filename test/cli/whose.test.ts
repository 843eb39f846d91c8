import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync } from 'node:fs';
import { describe, test } from 'node:test';
import { Folder, policyOf } from '../support/cli.ts';
import { answer } from '../support/jsonFindings.ts';

// Whose findings apply to which policy of small repositories: nobody's policy is refined by somebody else's.

/** A row: what there is, what is run, and what comes of each policy of it. */
interface Row {
  /** By their paths below the working folder. `git/…` makes no difference: what is a repository has `.git` among its files. */
  readonly files: Readonly<Record<string, string>>;
  /** Symbolic links, by what they are called. */
  readonly links?: Readonly<Record<string, string>>;
  /** Whom there are findings about: `App`, `222222222222:App`. */
  readonly findings: readonly string[];
  /** Behind `refine … -f findings --json`. */
  readonly args: string;
  /** `a.yaml#AppRole: certain App, refined`, a line a policy. */
  readonly is: readonly string[];
  /** What is said beside it. */
  readonly says?: RegExp;
  readonly status?: number;
}

const ARN = (name: string) => {
  const [account, own] = name.includes(':') ? name.split(':') : ['111111111111', name];
  return `arn:aws:iam::${account}:role/${own}`;
};

/** All that is granted, of which each role leaves s3:PutObject unused. */
const loose = policyOf('s3:GetObject', 's3:PutObject');

const STATEMENT = `Statement:
  - Effect: Allow
    Action: ['s3:GetObject', 's3:PutObject']
    Resource: '*'`;

function indent(text: string, by: number): string {
  return text.replace(/^/gm, ' '.repeat(by));
}

function template(...resources: readonly string[]): string {
  return `Resources:\n${resources.join('')}`;
}

/** A role with a policy of its own. */
function role(id: string, name?: string, more = ''): string {
  return `  ${id}:
    Type: AWS::IAM::Role
    Properties:
${name === undefined ? '' : `      RoleName: ${name}\n`}${more}      AssumeRolePolicyDocument: {}
      Policies:
        - PolicyName: own
          PolicyDocument:
${indent(STATEMENT, 12)}
`;
}

/** A role without policies of its own. */
function bareRole(id: string, name: string, more = ''): string {
  return `  ${id}:
    Type: AWS::IAM::Role
    Properties:
      RoleName: ${name}
${more}      AssumeRolePolicyDocument: {}
`;
}

function managed(id: string, more: string): string {
  return `  ${id}:
    Type: AWS::IAM::ManagedPolicy
    Properties:
${indent(more, 6)}
      PolicyDocument:
${indent(STATEMENT, 8)}
`;
}


const statement = `  statement {
    actions   = ["s3:GetObject", "s3:PutObject"]
    resources = ["*"]
  }`;

/** A role of Terraform with a policy of its own. */
function terraformRole(id: string, name: string): string {
  return `resource "aws_iam_role" "${id}" {
  ${name}
}

data "aws_iam_policy_document" "${id}" {
${statement}
}

resource "aws_iam_role_policy" "${id}" {
  role   = aws_iam_role.${id}.id
  policy = data.aws_iam_policy_document.${id}.json
}
`;
}

const GIT = { '.git/HEAD': 'ref: refs/heads/main\n' };

function table(name: string, rows: Readonly<Record<string, Row>>): void {
  describe(name, () => {
    for (const [title, row] of Object.entries(rows)) {
      test(title, (t) => {
        const findings = row.findings.map((principal) =>
          answer(ARN(principal), { s3: ['PutObject'] }, { id: principal }),
        );
        // The folder itself holds nothing but what the row has.
        const folder = new Folder(t, { 'findings/all.json': JSON.stringify(findings) });
        mkdirSync(folder.at('in'));
        folder.write(Object.fromEntries(Object.entries(row.files).map(([file, text]) => [`in/${file}`, text])));
        for (const [link, target] of Object.entries(row.links ?? {})) symlinkSync(target, folder.at(`in/${link}`));
        const command = `refine ${row.args} -f ../findings/all.json --catalogue ../catalogue.json`;
        const { status, stdout, stderr } = folder.run(`${command} --json`, '', 'in');
        assert.deepEqual(outcomes(stdout), row.is, stderr);
        assert.equal(status, row.status ?? 0, stderr);
        if (row.says) assert.match(folder.run(`${command} --diff`, '', 'in').stderr, row.says);
      });
    }
  });
}

interface PolicyOutcome {
  readonly pointer: string;
  readonly address?: string;
  readonly match: { readonly kind: string; readonly principals: readonly string[] };
  readonly totals: { readonly entriesChanged: number };
}

function outcomes(stdout: string): string[] {
  return stdout
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as { file: string; policies: readonly PolicyOutcome[] })
    .flatMap(({ file, policies }) => policies.map((policy) => `${file}${describePolicy(policy)}`));
}

function describePolicy({ pointer, address, match, totals }: PolicyOutcome): string {
  const place = pointer === '' ? '' : `#${address ?? pointer}`;
  const names = match.principals.map((arn) =>
    arn.replace('arn:aws:iam::', '').replace('111111111111:', '').replace('role/', ''),
  );
  return `${place}: ${[match.kind, ...names].join(' ')}${totals.entriesChanged > 0 ? ', refined' : ''}`;
}

const PHYSICAL = 'dev-AppRole-1A2B3C4D5E6F';

table('--principal is for those who can be it, where nobody else can', {
  'of two unnamed roles': {
    files: { 'a.yaml': template(role('AppRole')), 'b.yaml': template(role('BillingRole')) },
    findings: [PHYSICAL, 'Else'],
    args: `. --principal ${PHYSICAL}`,
    is: [
      `a.yaml#/Resources/AppRole/Properties/Policies/0/PolicyDocument: certain ${PHYSICAL}, refined`,
      'b.yaml#/Resources/BillingRole/Properties/Policies/0/PolicyDocument: none',
    ],
  },
  'not a managed policy of two other roles': {
    files: { 'a.yaml': template(bareRole('A', 'A'), bareRole('B', 'B'), managed('Shared', 'Roles: [!Ref A, !Ref B]')) },
    findings: [PHYSICAL],
    args: `. --principal ${PHYSICAL}`,
    is: ['a.yaml#Shared: none'],
  },
  'not a Terraform role with another prefix': {
    files: { 'main.tf': terraformRole('a', 'name_prefix = "billing-"') },
    findings: [PHYSICAL],
    args: `. --principal ${PHYSICAL}`,
    is: ['main.tf#data.aws_iam_policy_document.a: none'],
  },
  'of two computed names the one that it fits': {
    files: {
      'main.tf':
        terraformRole('app', 'name = "${var.prefix}-app"') + terraformRole('backup', 'name = "${var.prefix}-backup"'),
    },
    findings: ['prod-app'],
    args: '. --principal prod-app',
    is: [
      'main.tf#data.aws_iam_policy_document.app: certain prod-app, refined',
      'main.tf#data.aws_iam_policy_document.backup: none',
    ],
  },
  'not a file that is called otherwise': {
    files: { 'OtherRole.json': loose, 'AppRole.json': loose },
    findings: ['AppRole'],
    args: '. --principal AppRole',
    is: ['AppRole.json: certain AppRole, refined', 'OtherRole.json: none'],
  },
  'but a file that is named': {
    files: { 'OtherRole.json': loose },
    findings: ['AppRole'],
    args: 'OtherRole.json --principal AppRole',
    is: ['OtherRole.json: certain AppRole, refined'],
  },
});

const sharedAnd = (files: Readonly<Record<string, string>>): Row => ({
  files: {
    'a.yaml': template(
      bareRole('AppRole', 'AppRole'),
      managed('Shared', 'ManagedPolicyName: Shared\nRoles: [!Ref AppRole]'),
    ),
    ...files,
  },
  findings: ['AppRole'],
  args: '.',
  is: ['a.yaml#Shared: none'],
  says: /OtherRole/,
});

table('A managed policy is everybody’s who attaches it anywhere', {
  'nobody else': {
    ...sharedAnd({}),
    is: ['a.yaml#Shared: certain AppRole, refined'],
    says: /unused action removed/,
  },
  'another template, by its ARN': sharedAnd({
    'b.yaml': template(
      bareRole('O', 'OtherRole', '      ManagedPolicyArns: [arn:aws:iam::111111111111:policy/Shared]\n'),
    ),
  }),
  'another template, by a computed ARN': sharedAnd({
    'b.yaml': template(
      bareRole('O', 'OtherRole', '      ManagedPolicyArns: [!Sub "arn:aws:iam::${AWS::AccountId}:policy/Shared"]\n'),
    ),
  }),
  'another template, as a boundary': {
    ...sharedAnd({
      'b.yaml': template(
        bareRole('O', 'OtherRole', '      PermissionsBoundary: !Sub "arn:aws:iam::${AWS::AccountId}:policy/Shared"\n'),
      ),
    }),
    says: /boundary/,
  },
  Terraform: sharedAnd({
    'b.tf': `resource "aws_iam_role" "o" {
  name = "OtherRole"
}

resource "aws_iam_role_policy_attachment" "o" {
  role       = aws_iam_role.o.name
  policy_arn = "arn:aws:iam::111111111111:policy/Shared"
}
`,
  }),
  'Terraform in another folder, by a data source': sharedAnd({
    'infra/b.tf': `data "aws_iam_policy" "shared" {
  name = "Shared"
}

resource "aws_iam_role" "o" {
  name = "OtherRole"
}

resource "aws_iam_role_policy_attachment" "o" {
  role       = aws_iam_role.o.name
  policy_arn = data.aws_iam_policy.shared.arn
}
`,
  }),
});

table('One name in several places is nobody’s for sure', {
  'as files': {
    files: { 'dev/AppRole.json': loose, 'prod/AppRole.json': loose },
    findings: ['AppRole'],
    args: '.',
    is: ['dev/AppRole.json: ambiguous AppRole', 'prod/AppRole.json: ambiguous AppRole'],
    says: /dev\/AppRole\.json: ambiguous: .*'prod\/AppRole\.json' speaks of 'AppRole' as well.*; to settle it: "principals": \{"dev\/AppRole\.json": "AppRole"\}/,
  },
  'as templates': {
    files: { 'dev/t.yaml': template(role('R', 'AppRole')), 'prod/t.yaml': template(role('R', 'AppRole')) },
    findings: ['AppRole'],
    args: '.',
    is: [
      'dev/t.yaml#/Resources/R/Properties/Policies/0/PolicyDocument: ambiguous AppRole',
      'prod/t.yaml#/Resources/R/Properties/Policies/0/PolicyDocument: ambiguous AppRole',
    ],
  },
  'as folders of Terraform': {
    files: {
      'dev/main.tf': terraformRole('r', 'name = "AppRole"'),
      'prod/main.tf': terraformRole('r', 'name = "AppRole"'),
    },
    findings: ['AppRole'],
    args: '.',
    is: [
      'dev/main.tf#data.aws_iam_policy_document.r: ambiguous AppRole',
      'prod/main.tf#data.aws_iam_policy_document.r: ambiguous AppRole',
    ],
  },
  'as a module that is called twice': {
    files: {
      'm/main.tf': terraformRole('r', 'name = "AppRole"'),
      'main.tf':
        'module "a" {\n  source = "./m"\n}\n\nmodule "b" {\n  source    = "./m"\n  providers = { aws = aws.other }\n}\n',
    },
    findings: ['AppRole'],
    args: '.',
    is: ['m/main.tf#data.aws_iam_policy_document.r: ambiguous AppRole'],
  },
  'as a template that two nested stacks have': {
    files: {
      'child.yaml': template(role('R', 'AppRole')),
      'main.yaml': template(
        ...['A', 'B'].map(
          (id) => `  ${id}:\n    Type: AWS::CloudFormation::Stack\n    Properties:\n      TemplateURL: child.yaml\n`,
        ),
      ),
    },
    findings: ['AppRole'],
    args: '.',
    is: ['child.yaml#/Resources/R/Properties/Policies/0/PolicyDocument: ambiguous AppRole'],
  },
  'but for a copy that is left out': {
    files: { 'dev/AppRole.json': loose, 'prod/AppRole.json': loose },
    findings: ['AppRole'],
    args: '. --exclude dev/**',
    is: ['prod/AppRole.json: certain AppRole, refined'],
  },
  'but for one in a folder of tests, which makes it likely': {
    files: { 'roles/AppRole.json': loose, 'test/AppRole.json': loose },
    findings: ['AppRole'],
    args: 'roles/AppRole.json test',
    is: ['roles/AppRole.json: likely AppRole', 'test/AppRole.json: ambiguous AppRole'],
  },
  'but for what is pinned to an account': {
    files: { '111111111111/AppRole.json': loose, '222222222222/AppRole.json': loose },
    findings: ['AppRole'],
    args: '.',
    is: ['111111111111/AppRole.json: certain AppRole, refined', '222222222222/AppRole.json: none'],
  },
});

table('Names of files and folders', {
  'of the folder where the file’s own says nothing': {
    files: { 'AppRole/policy.json': loose },
    findings: ['AppRole', 'Else'],
    args: '.',
    is: ['AppRole/policy.json: certain AppRole, refined'],
  },
  'of a folder, not where the file’s own tells another': {
    files: { 'prod/OtherRole/policy.json': loose, 'lambda/Other.json': loose, 'AppRole/OtherRole-policy.json': loose },
    findings: ['prod', 'lambda', 'AppRole'],
    args: '.',
    is: [
      'AppRole/OtherRole-policy.json: likely AppRole',
      'lambda/Other.json: likely lambda',
      'prod/OtherRole/policy.json: likely prod',
    ],
  },
  'not of another kind of policy': {
    files: { 'AppRole/scp.json': loose, 'AppRole.boundary.json': loose },
    findings: ['AppRole', 'Else'],
    args: '.',
    is: ['AppRole.boundary.json: none', 'AppRole/scp.json: none'],
  },
});

table('What is likely', {
  'is told, and not applied': {
    files: { 'main.tf': terraformRole('app', 'name = "${var.prefix}-app"') },
    findings: ['prod-app'],
    args: '.',
    is: ['main.tf#data.aws_iam_policy_document.app: likely prod-app'],
    says: /likely: .*; to settle it: .*"main\.tf#aws_iam_role\.app": "prod-app"/,
  },
  'is applied with --likely': {
    files: { 'main.tf': terraformRole('app', 'name = "${var.prefix}-app"') },
    findings: ['prod-app'],
    args: '. --likely',
    is: ['main.tf#data.aws_iam_policy_document.app: likely prod-app, refined'],
  },
});

table('A Terraform role of a loop', {
  'is one of several, which a line for all of them must name': {
    files: {
      'main.tf': terraformRole('r', 'for_each = toset(["reader", "writer"])\n  name     = each.key'),
      'iam-policy-refiner.json': JSON.stringify({ principals: { './main.tf#aws_iam_role.r': 'reader' } }),
    },
    findings: ['reader'],
    args: 'main.tf',
    is: ['main.tf#data.aws_iam_policy_document.r: none'],
  },
});

table('A repository', {
  'is known as a whole where one file of it is named': {
    files: { ...GIT, 'a/t.yaml': template(role('AppRole')), 'b/t.yaml': template(role('AppRole')) },
    findings: [PHYSICAL],
    args: 'a/t.yaml',
    is: [`a/t.yaml#/Resources/AppRole/Properties/Policies/0/PolicyDocument: ambiguous ${PHYSICAL}`],
    says: /'b\/t\.yaml'/,
  },
  'has generated folders, which are read and never rewritten': {
    files: { ...GIT, 'cdk.out/AppRole.json': loose, 'AppRole.json': loose },
    findings: ['AppRole'],
    args: '.',
    is: ['AppRole.json: certain AppRole, refined'],
  },
  'has generated folders, which are not rewritten when they are named': {
    files: { ...GIT, 'cdk.out/AppRole.json': loose },
    findings: ['AppRole'],
    args: 'cdk.out/AppRole.json',
    is: ['cdk.out/AppRole.json: none'],
    says: /is made of others by a tool/,
  },
});

table('--inventory', {
  'tells what CloudFormation called the roles of a stack': {
    files: {
      'in/a.yaml': template(role('AppRole')),
      'in/b.yaml': template(role('AppRole'), role('Web')),
      'lists/stack.json': JSON.stringify({
        StackResources: [
          ['AppRole', PHYSICAL],
          ['Web', 'dev-Web-1A2B3C4D5E6F'],
        ].map(([LogicalResourceId, PhysicalResourceId]) => ({
          StackName: 'dev',
          StackId: 'arn:aws:cloudformation:eu-west-1:111111111111:stack/dev/1',
          LogicalResourceId,
          PhysicalResourceId,
          ResourceType: 'AWS::IAM::Role',
        })),
      }),
    },
    findings: [PHYSICAL],
    args: 'in --inventory lists/stack.json',
    is: [
      'in/a.yaml#/Resources/AppRole/Properties/Policies/0/PolicyDocument: none',
      `in/b.yaml#/Resources/AppRole/Properties/Policies/0/PolicyDocument: certain ${PHYSICAL}, refined`,
      'in/b.yaml#/Resources/Web/Properties/Policies/0/PolicyDocument: none',
    ],
  },
  'that lists nothing is an error': {
    files: { 'AppRole.json': loose },
    findings: ['AppRole'],
    args: 'AppRole.json --inventory AppRole.json',
    is: [],
    says: /error: --inventory AppRole\.json: it lists nothing that exists; give an answer of/,
    status: 2,
  },
});

test('Links give no names, each is a place, and the real file is edited once for all of them', (t) => {
  const findings = JSON.stringify([
    answer(ARN('AppRole'), { s3: ['PutObject', 'GetObject'] }, { id: '1' }),
    answer(ARN('OtherRole'), { s3: ['PutObject'] }, { id: '2' }),
  ]);
  for (const [names, about] of [
    ['AppRole.json OtherRole.json', findings],
    ['AppRole.json', findings],
  ] as const) {
    const folder = new Folder(t, { 'links/shared.json': loose, 'findings.json': about });
    for (const link of ['AppRole.json', 'OtherRole.json']) symlinkSync('shared.json', folder.at(`links/${link}`));
    folder.run(`refine ${names} -f ../findings.json --catalogue ../catalogue.json --write`, '', 'links');
    assert.equal(folder.read('links/shared.json'), loose, names);
  }
});
