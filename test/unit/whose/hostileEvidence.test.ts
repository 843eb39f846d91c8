import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readEvidence } from '../../../server/src/service/whose/evidence/evidence.ts';
import { mayTell } from '../../../server/src/service/whose/mayTell.ts';

const LONG = 60_000;

const AWS = 'aws iam put-role-policy --role-name R --policy-document file://';

/** What would take minutes, or all of the stack, if its size counted more than once. */
const ROWS: readonly [title: string, path: string, text: string][] = [
  ['substitutions in each other', 'a.sh', `${AWS}${'$('.repeat(LONG)}`],
  ['substitutions by backticks', 'a.sh', `${AWS}${'`a '.repeat(LONG)}`],
  ['quotes that never end', 'a.sh', `${AWS}a.json ${`'" `.repeat(LONG)}`],
  ['brackets', 'a.sh', `${'('.repeat(LONG)}${AWS}a.json${')'.repeat(LONG)}`],
  ['expressions that never end', 'a.sh', `${AWS}a.json ${'${{ {{ ${ '.repeat(LONG)}`],
  ['texts that never end', 'a.sh', `${'cat <<EOF\n'.repeat(5_000)}${AWS}a.json`],
  [
    'variables made of each other',
    'a.sh',
    `${Array.from({ length: 40 }, (_, index) => `V${index + 1}="$V${index}$V${index}$V${index}"`).join('\n')}\nV0=x\n${AWS}$V40.json`,
  ],
  ['a variable made of itself', 'a.sh', `A=$B\nB=$A\nC="$C"\n${AWS}$A$B$C.json`],
  [
    'loops in each other',
    'a.sh',
    `${Array.from({ length: 12 }, (_, index) => `for v${index} in a b c d; do`).join('\n')}\n${AWS}${Array.from({ length: 12 }, (_, index) => `$v${index}`).join('')}.json`,
  ],
  ['folders that commands write out', 'a.sh', `D=${'$(cd '.repeat(1000)}x${')'.repeat(1000)}\n${AWS}$D/a.json`],
  ['lines that go on', 'Makefile', `a:\n\t${'x \\\n'.repeat(LONG)}`],
  ['what Make puts in', 'Makefile', `a:\n\t${'$(a $(shell $$'.repeat(15_000)}`],
  ['a script of PowerShell', 'a.ps1', `${'$a = '.repeat(15_000)}\`\n`.repeat(3)],
  ['commands of Windows', 'a.cmd', `${'%a^\r\n'.repeat(15_000)}set ${'a='.repeat(15_000)}`],
  ['strings of source code', 'a.ts', `${`"a.json' 'b.json" \`c.json" `.repeat(LONG / 20)}`],
  ['strings that are joined', 'a.ts', `${`"a" + `.repeat(LONG / 10)}"b.json"`],
  ['what is put in strings', 'a.ts', `${`\`${'${a}{{%s*${'.repeat(40)}.json\` `.repeat(500)}`],
  [
    'aliases in YAML',
    '.gitlab-ci.yml',
    `a: &a [x, x]\n${Array.from({ length: 40 }, (_, index) => `${'b'.repeat(index + 1)}: &${'b'.repeat(index + 1)} [${`*${'b'.repeat(index) || 'a'}, `.repeat(9)}x]`).join('\n')}\nscript: [sam deploy]\n`,
  ],
  ['lists in each other in YAML', '.gitlab-ci.yml', `script: ${'['.repeat(LONG)}`],
  [
    'a large matrix',
    '.github/workflows/a.yml',
    `jobs:\n  a:\n    strategy:\n      matrix:\n${'abcdefgh'
      .split('')
      .map((key) => `        ${key}: [${Array.from({ length: 200 }, (_, index) => `p${index}`).join(', ')}]\n`)
      .join('')}    steps:\n      - run: sam deploy --stack-name x-\${{ matrix.a }}\n`,
  ],
  [
    'matrices in each other',
    '.gitlab-ci.yml',
    `${Array.from({ length: 100 }, (_, index) => `${'  '.repeat(index)}job:\n${'  '.repeat(index)}  parallel: {matrix: [{S: [dev, prod]}]}\n`).join('')}`,
  ],
  ['tables in each other in TOML', 'samconfig.toml', `a = ${'[{b='.repeat(LONG)}`],
  [
    'parameters',
    'samconfig.toml',
    `[a.deploy.parameters]\nstack_name="s"\nparameter_overrides = "${'ParameterKey='.repeat(15_000)}"`,
  ],
  ['blocks in HCL', 'prod.tfvars', `${'a = {\n'.repeat(30_000)}`],
  ['strings in HCL', 'prod.tfvars', `${'a = "\\'.repeat(LONG)}`],
  ['texts in HCL that never end', 'prod.tfvars', `${'a = <<E\n'.repeat(LONG / 2)}`],
  ['comments in HCL that never end', 'prod.tfvars', `${'/* '.repeat(LONG)}`],
  ['a manifest', 'cdk.out/manifest.json', `{"artifacts": ${'{"a":'.repeat(LONG)}`],
  [
    'scripts of a package',
    'package.json',
    JSON.stringify({ scripts: { a: `${AWS}${'$('.repeat(LONG)}`, 'b\\': 7, c: null } }),
  ],
];

for (const [title, path, text] of ROWS)
  test(`hostile evidence is read: ${title}`, () => {
    assert.doesNotThrow(() => mayTell(`/repo/${path}`, text));
    assert.doesNotThrow(() => readEvidence(`/repo/${path}`, text));
  });

test('a script that is too long says so', () => {
  assert.equal(readEvidence('/repo/a.sh', `${AWS}a.json\n`.repeat(10_000))?.unread, 'it is too long');
});

test('a script that says more than is read says so', () => {
  const lines = Array.from({ length: 6_000 }, (_, index) => `${AWS}${index}x.json`).join('\n');
  assert.equal(readEvidence('/repo/a.sh', lines)?.unread, 'it says more than is read');
});
