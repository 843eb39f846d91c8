import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import picomatch from 'picomatch';
import { mappingsFor } from '../../../server/src/mapping.ts';
import { excludes } from '../../../server/src/repository/settingGlobs.ts';
import type { FileFacts } from '../../../server/src/service/whose/facts.ts';
import type { Match, Settlement } from '../../../server/src/service/whose/match.ts';
import { Repository } from '../../../server/src/service/whose/repository.ts';
import {
  at,
  attach,
  byDefault,
  called,
  inline,
  loose,
  managed,
  moduleCall,
  role,
  template,
  terraform,
  UNKNOWN,
} from '../../support/whoseFacts.ts';
import { FIRST, indexOf, ROOT, SECOND } from '../../support/whoseTable.ts';

const app = template(role('AppRole', 'App'), inline(at('AppRole')));
const madeUp = template(role('AppRole'), inline(at('AppRole')));
const pattern = terraform(
  role('aws_iam_role.app', '*-orders'),
  inline(at('aws_iam_role.app'), 'aws_iam_role_policy.p'),
);
const twice = terraform(
  role('aws_iam_role.app', '${var.n}-orders'),
  inline(at('aws_iam_role.app'), 'aws_iam_role_policy.p'),
  inline(at('aws_iam_role.app'), 'aws_iam_role_policy.q'),
);

interface Row {
  readonly files: Readonly<Record<string, FileFacts>>;
  readonly findings: readonly string[];
  readonly policy: string;
  /** The folder of the configuration file, below the root. */
  readonly base?: string;
  readonly kind: Match['kind'];
  readonly lines: readonly string[];
}

const LIKELY = ['"match": "likely"', '--likely'];

const ROWS: Readonly<Record<string, Row>> = {
  'a name that is computed: its holder, for all that it holds': {
    files: { 'main.tf': twice },
    findings: ['prod-orders', 'Other'],
    policy: 'main.tf#/aws_iam_role_policy.q',
    kind: 'likely',
    lines: ['"principals": {"./main.tf#aws_iam_role.app": "prod-orders"}', ...LIKELY],
  },
  'a name that several fit: all of them': {
    files: { 'main.tf': pattern },
    findings: ['prod-orders', 'dev-orders'],
    policy: 'main.tf#/aws_iam_role_policy.p',
    kind: 'likely',
    lines: ['"principals": {"./main.tf#aws_iam_role.app": ["prod-orders", "dev-orders"]}', ...LIKELY],
  },
  'one name in two accounts: by ARN': {
    files: { 'main.tf': pattern },
    findings: ['prod-orders', `${SECOND}:role/prod-orders`],
    policy: 'main.tf#/aws_iam_role_policy.p',
    kind: 'likely',
    lines: [
      `"principals": {"./main.tf#aws_iam_role.app": ["arn:aws:iam::${FIRST}:role/prod-orders", "arn:aws:iam::${SECOND}:role/prod-orders"]}`,
      ...LIKELY,
    ],
  },
  'a policy of two holders of computed names: the policy itself': {
    files: {
      'main.tf': terraform(
        role('aws_iam_role.a', '*-orders'),
        role('aws_iam_role.b', '*-billing'),
        managed('aws_iam_policy.p'),
        attach('aws_iam_policy.p', at('aws_iam_role.a')),
        attach('aws_iam_policy.p', at('aws_iam_role.b')),
      ),
    },
    findings: ['x-orders', 'x-billing'],
    policy: 'main.tf#/aws_iam_policy.p',
    kind: 'likely',
    lines: ['"principals": {"./main.tf#aws_iam_policy.p": ["x-orders", "x-billing"]}', ...LIKELY],
  },
  'a name by default': {
    files: { 'main.tf': terraform(role('r', '${var.name}'), inline(at('r')), byDefault('var.name', 'App')) },
    findings: ['App'],
    policy: 'main.tf#/r',
    kind: 'likely',
    lines: ['"principals": {"./main.tf#r": "App"}', ...LIKELY],
  },
  'a file in a folder of the name of somebody': {
    files: { 'App/x/policy.json': template(loose()) },
    findings: ['App'],
    policy: 'App/x/policy.json#',
    kind: 'likely',
    lines: ['"principals": {"App/x/policy.json": "App"}', ...LIKELY],
  },
  'a copy for tests: it is excluded': {
    files: { 'a.yaml': app, 'pkg/test/fixtures/a.yaml': app },
    findings: ['App'],
    policy: 'a.yaml#/AppRole',
    kind: 'likely',
    lines: ['"exclude": ["pkg/test/**"]', '"principals": {"./a.yaml#AppRole": "App"}', ...LIKELY],
  },
  'copies for tests in several folders': {
    files: { 'a.yaml': app, 'pkg/test/a.yaml': app, 'examples/a [1].yaml': app },
    findings: ['App'],
    policy: 'a.yaml#/AppRole',
    kind: 'likely',
    lines: ['"exclude": ["pkg/test/**", "examples/**"]', '"principals": {"./a.yaml#AppRole": "App"}', ...LIKELY],
  },
  'a copy for tests of a computed name: that is no more than likely without it, too': {
    files: { 'main.tf': pattern, 'test/main.tf': pattern },
    findings: ['prod-orders'],
    policy: 'main.tf#/aws_iam_role_policy.p',
    kind: 'likely',
    lines: ['"principals": {"./main.tf#aws_iam_role.app": "prod-orders"}', ...LIKELY],
  },
  'a copy for tests beside the folder of the configuration file, which its globs do not reach': {
    files: { 'svc/a.yaml': app, 'test/a.yaml': app },
    findings: ['App'],
    policy: 'svc/a.yaml#/AppRole',
    base: 'svc',
    kind: 'likely',
    lines: ['"principals": {"./a.yaml#AppRole": "App"}', ...LIKELY],
  },
  'one name in two places': {
    files: { 'dev/a.yaml': app, 'prod/a.yaml': app },
    findings: ['App'],
    policy: 'prod/a.yaml#/AppRole',
    kind: 'ambiguous',
    lines: [
      '"principals": {"prod/a.yaml#AppRole": "App"}',
      `"accounts": {"prod/**": "${FIRST}", "dev/**": "ACCOUNT-ID"}`,
    ],
  },
  'one name in two files of a folder': {
    files: { 'env/dev.yaml': app, 'env/prod.yaml': app },
    findings: ['App'],
    policy: 'env/prod.yaml#/AppRole',
    kind: 'ambiguous',
    lines: [
      '"principals": {"env/prod.yaml#AppRole": "App"}',
      `"accounts": {"env/prod.yaml": "${FIRST}", "env/dev.yaml": "ACCOUNT-ID"}`,
    ],
  },
  'one name in two files of the root': {
    files: { 'dev.yaml': app, 'prod.yaml': app },
    findings: ['App'],
    policy: 'prod.yaml#/AppRole',
    kind: 'ambiguous',
    lines: [
      '"principals": {"./prod.yaml#AppRole": "App"}',
      `"accounts": {"./prod.yaml": "${FIRST}", "./dev.yaml": "ACCOUNT-ID"}`,
    ],
  },
  'one name in two roots of Terraform': {
    files: {
      'dev/main.tf': terraform(role('r', 'App'), inline(at('r'))),
      'prod/main.tf': terraform(role('r', 'App'), inline(at('r'))),
    },
    findings: ['App'],
    policy: 'prod/main.tf#/r',
    kind: 'ambiguous',
    lines: ['"principals": {"prod/main.tf#r": "App"}', `"accounts": {"prod/**": "${FIRST}", "dev/**": "ACCOUNT-ID"}`],
  },
  'one name in two places, of which the other is in the account of the findings': {
    files: { 'prod/a.yaml': app, [`${FIRST}/a.yaml`]: app },
    findings: ['App'],
    policy: 'prod/a.yaml#/AppRole',
    kind: 'ambiguous',
    lines: ['"principals": {"prod/a.yaml#AppRole": "App"}'],
  },
  'a module that is called twice under one name, which no path tells apart': {
    files: {
      'main.tf': terraform(moduleCall('a', './m'), moduleCall('b', './m', {}, { provider: 'aws.other' })),
      'm/main.tf': terraform(role('r', 'App'), inline(at('r'))),
    },
    findings: ['App'],
    policy: 'm/main.tf#/r',
    kind: 'ambiguous',
    lines: ['"principals": {"m/main.tf#r": "App"}'],
  },
  'a name that CloudFormation made in one of two templates': {
    files: { 'a/t.yaml': madeUp, 'b/t.yaml': madeUp },
    findings: ['orders-AppRole-1A2B3C4D5E6F'],
    policy: 'a/t.yaml#/AppRole',
    kind: 'ambiguous',
    lines: [
      '"principals": {"a/t.yaml#AppRole": "orders-AppRole-1A2B3C4D5E6F"}',
      `"accounts": {"a/**": "${FIRST}", "b/**": "ACCOUNT-ID"}`,
    ],
  },
  'a name of which nobody knows a letter': {
    files: { 'main.tf': terraform(role('aws_iam_role.r', UNKNOWN), inline(at('aws_iam_role.r'), 'p')) },
    findings: ['App'],
    policy: 'main.tf#/p',
    kind: 'none',
    lines: ['"principals": {"./main.tf#aws_iam_role.r": "NAME-OF-THE-ROLE"}'],
  },
  'a policy that nobody is seen to hold': {
    files: { 't.yaml': template(managed('Shared')) },
    findings: ['App'],
    policy: 't.yaml#/Shared',
    kind: 'none',
    lines: ['"principals": {"./t.yaml#Shared": "NAME-OF-THE-ROLE"}'],
  },
  'a file that is called like nobody': {
    files: { 'x.json': template(loose()) },
    findings: ['App'],
    policy: 'x.json#',
    kind: 'none',
    lines: ['"principals": {"./x.json": "NAME-OF-THE-ROLE"}'],
  },
  'a role that the code names and of which there are no findings: no line makes up for that': {
    files: { 'a.yaml': app },
    findings: ['Other'],
    policy: 'a.yaml#/AppRole',
    kind: 'none',
    lines: [],
  },
  'the same beside one of whom no name is known': {
    files: {
      'a.yaml': template(
        managed('Shared'),
        attach('Shared', called('App')),
        role('Open', UNKNOWN),
        attach('Shared', at('Open')),
      ),
    },
    findings: ['Other'],
    policy: 'a.yaml#/Shared',
    kind: 'none',
    lines: [],
  },
  'a policy of nobody where the findings are about nobody': {
    files: { 't.yaml': template(managed('Shared')), 'b.yaml': template(managed('Shared')) },
    findings: ['plain.json'],
    policy: 't.yaml#/Shared',
    kind: 'ambiguous',
    lines: [],
  },
};

describe('What settles', () => {
  for (const [name, row] of Object.entries(ROWS)) {
    test(name, () => {
      const match = ask(row);
      assert.equal(match.kind, row.kind, match.basis);
      assert.deepEqual(
        (match.settle ?? []).map(({ line }) => line),
        row.lines,
      );
      for (const settlement of match.settle ?? []) {
        if (settlement.setting === 'option' || settlement.setting === 'match') continue;
        const settled = ask(row, filledIn(settlement));
        assert.equal(settled.kind, 'certain', `${settlement.line}: ${settled.basis}`);
      }
    });
  }

  test('of a policy that lies in no file a key cannot', () => {
    const row = ROWS['a file that is called like nobody'] as Row;
    assert.equal(ask(row, undefined, true).settle, undefined);
  });
});

/** A line as the user would complete it. */
function filledIn({ setting, line }: Settlement): Readonly<Record<string, unknown>> {
  const own = JSON.parse(`{${line}}`);
  const text = JSON.stringify(own).replaceAll('"NAME-OF-THE-ROLE"', '"App"').replaceAll('"ACCOUNT-ID"', `"${SECOND}"`);
  assert.deepEqual(Object.keys(own), [setting]);
  return JSON.parse(text);
}

/** Whose the policy of a row is, where a configuration file says something. */
function ask(row: Row, said: Readonly<Record<string, unknown>> = {}, isNameless = false): Match {
  const { files, findings, policy, base = '' } = row;
  const folder = base === '' ? ROOT : `${ROOT}/${base}`;
  const inside = (path: string) => (path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path);
  const {
    principals = {},
    exclude = [],
    accounts = {},
  } = said as {
    principals?: Record<string, string>;
    exclude?: string[];
    accounts?: Record<string, string>;
  };
  const isExcluded = excludes(folder, exclude);
  const facts = Object.entries(files).map(([path, own]) => [`${ROOT}/${path}`, own] as const);
  const repository = new Repository(
    facts.filter(([path]) => !isExcluded(path)),
    {
      root: ROOT,
      accountOf: (path) =>
        Object.entries(accounts).find(([glob]) =>
          picomatch.isMatch(inside(path), glob.replace(/^\.\//, ''), { basename: !glob.includes('/') }),
        )?.[1],
    },
  );
  const [path = '', pointer = ''] = policy.split('#');
  const bases = { principals: folder, accounts: folder, exclude: folder };
  const index = indexOf(findings);
  const mappingsOf = (file: string) => mappingsFor(principals, inside(file));
  return repository.matchOf(`${ROOT}/${path}`, pointer, { index, mappingsOf, bases, isNameless });
}
