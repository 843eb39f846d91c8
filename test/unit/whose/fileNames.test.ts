import { at, called, deployed, include, inline, loose, role, template, terraform } from '../../support/whoseFacts.ts';
import { FIRST, SECOND, whoseTable } from '../../support/whoseTable.ts';

const policy = template(loose());

whoseTable('Where no code says anything of a file, its name does', {
  'for sure': {
    files: { 'App.json': policy },
    findings: ['App', 'Other'],
    is: /^certain App: the file is called 'App.json'$/,
  },
  'in any case': { files: { 'aPP.json': policy }, findings: ['App'], is: /^certain App: / },
  'without -policy': { files: { 'App-policy.json': policy }, findings: ['App'], is: /^certain App: / },
  'without _Policy': { files: { 'App_Policy.json': policy }, findings: ['App'], is: /^certain App: / },
  'up to its first dot': { files: { 'App.inline.v2.json': policy }, findings: ['App'], is: /^certain App: / },
  'up to a later dot, where somebody is called so': {
    files: { 'ann.smith.policy.json': policy },
    findings: ['user/ann', 'user/ann.smith'],
    is: /^certain ann\.smith: /,
  },
  'in a folder of whatever name': {
    files: { 'lambda/x/App.json': policy },
    findings: ['App', 'lambda'],
    is: /^certain App: /,
  },
  'of several accounts': {
    files: { 'App.json': policy },
    findings: ['App', `${SECOND}:role/App`],
    is: /^certain App \+ 222222222222:App: /,
  },
  'of the account in the path': {
    files: { [`${SECOND}/App.json`]: policy },
    findings: ['App', `${SECOND}:role/App`],
    is: /^certain 222222222222:App: /,
  },
  'and of no other account': {
    files: { [`${SECOND}/App.json`]: policy },
    findings: ['App'],
    is: /^none: the findings are about 'App' in the account 111111111111, and the path or a setting names another one/,
  },
  'never that of a boundary': { files: { 'App.boundary.json': policy }, findings: ['App'], is: /^none: / },
  'never that of a trust policy': {
    files: { 'App/trust.json': policy, 'App/trust-policy.json': policy },
    findings: ['App'],
    is: /^none: /,
  },
  'never that of a service control policy': { files: { 'App/scp.json': policy }, findings: ['App'], is: /^none: / },
});

whoseTable('A folder is whose its name says, where the name of the file says nothing', {
  'policy.json': {
    files: { 'AppRole/policy.json': policy },
    findings: ['AppRole'],
    is: /^certain AppRole: it lies in the folder 'AppRole'$/,
  },
  'inline.json': { files: { 'AppRole/inline.json': policy }, findings: ['AppRole'], is: /^certain AppRole: / },
  'likely, where the file is called otherwise': {
    files: { 'lambda/Other.json': policy },
    findings: ['lambda'],
    is: /^likely lambda: it lies in the folder 'lambda'/,
  },
  'likely, where the file is called like somebody else': {
    files: { 'AppRole/OtherRole-policy.json': policy },
    findings: ['AppRole'],
    is: /^likely AppRole: /,
  },
  'likely, where it is further up': {
    files: { 'prod/x/policy.json': policy },
    findings: ['prod'],
    is: /^likely prod: /,
  },
  'the nearest one': {
    files: { 'Other/AppRole/policy.json': policy },
    findings: ['AppRole', 'Other'],
    is: /^certain AppRole: /,
  },
  'not the root': { files: { 'policy.json': policy }, findings: ['ws'], is: /^none: no principal matches this policy/ },
});

whoseTable('A name that several files or places bear is ambiguous', {
  'in two folders': {
    files: { 'dev/AppRole.json': policy, 'prod/AppRole.json': policy },
    findings: ['AppRole'],
    is: /^ambiguous AppRole: the file is called 'AppRole.json', but 'prod\/AppRole.json' speaks of 'AppRole' as well/,
  },
  'not in one folder': {
    files: { 'x/AppRole.json': policy, 'x/AppRole-policy.json': policy },
    findings: ['AppRole'],
    is: /^certain AppRole: /,
  },
  'as a file and as a folder': {
    files: { 'dev/AppRole.json': policy, 'AppRole/policy.json': policy },
    findings: ['AppRole'],
    is: /^ambiguous AppRole: /,
  },
  'not in folders of accounts': {
    files: { [`${FIRST}/AppRole.json`]: policy, [`${SECOND}/AppRole.json`]: policy },
    findings: ['AppRole', `${SECOND}:role/AppRole`],
    is: /^certain AppRole: /,
  },
  'in code elsewhere': {
    files: { 'x/AppRole.json': policy, 'b/main.tf': terraform(role('r', 'AppRole'), inline(at('r'))) },
    findings: ['AppRole'],
    is: /^ambiguous AppRole: the file is called 'AppRole.json', but 'b' speaks of 'AppRole' as well/,
  },
  'likely in code beside it': {
    files: { 'AppRole.json': policy, 'main.tf': terraform(role('r', 'AppRole')) },
    findings: ['AppRole'],
    is: /^likely AppRole: /,
  },
  'likely, where the other one is for tests': {
    files: { 'AppRole.json': policy, 'test/AppRole.json': policy },
    findings: ['AppRole'],
    is: /^likely AppRole: .*; 'test\/AppRole.json', which is for tests or examples, speaks of it as well → "exclude": \["test\/\*\*"\]/,
  },
  'not in a file that code puts in': {
    files: {
      'x/AppRole.json': policy,
      'y/AppRole.json': policy,
      'y/main.tf': terraform(include('AppRole.json', called('Other'))),
    },
    findings: ['AppRole'],
    is: /^certain AppRole: /,
  },
  'not in what AWS lists': {
    files: { 'x/AppRole.json': policy, 'details.json': template(inline(called(`arn:aws:iam::${FIRST}:role/AppRole`))) },
    findings: ['AppRole'],
    is: /^certain AppRole: /,
  },
});

whoseTable('A file may be deployed several times', {
  'likely, where the repository is deployed to several accounts': {
    files: {
      'App.json': policy,
      'ci.yml': template(
        deployed('/', undefined, { why: "'ci.yml' runs for dev" }),
        deployed('/', undefined, { why: "'ci.yml' runs for prod" }),
      ),
    },
    findings: ['App'],
    is: /^likely App: the file is called 'App.json', but it may be deployed more than once: /,
  },
});
