import {
  at,
  byDefault,
  called,
  deployed,
  inline,
  loose,
  moduleCall,
  nestedStack,
  role,
  severalTimes,
  template,
  terraform,
  UNKNOWN,
  user,
  value,
} from '../../support/whoseFacts.ts';
import { FIRST, SECOND, whoseTable } from '../../support/whoseTable.ts';

/** A template with a role and its policy. */
const app = template(role('AppRole', 'App'), inline(at('AppRole')));
/** A policy that is given to a role that is only meant by its name. */
const meansApp = template(inline(called('App')));

whoseTable('A literal name is the principal of that name', {
  'for sure': {
    files: { 'a.yaml': app },
    findings: ['App', 'Other'],
    is: /^certain App: the role 'App' holds this policy$/,
  },
  'whatever the case': { files: { 'a.yaml': app }, findings: ['aPP'], is: /^certain aPP/ },
  'whatever its path': { files: { 'a.yaml': app }, findings: ['role/team/App'], is: /^certain App/ },
  'where only the name is known': { files: { 'a.yaml': app }, findings: ['name App'], is: /^certain App/ },
  'and nobody else': {
    files: { 'a.yaml': app },
    findings: ['Other'],
    is: /^none: this policy belongs to the role 'App', for which there are no findings → "principals": \{"\.\/a\.yaml#AppRole": "NAME-OF-THE-ROLE"\}$/,
  },
  'of the same kind': {
    files: { 'a.yaml': app },
    findings: ['user/App'],
    is: /^none: this policy belongs to the role 'App', for which there are no findings/,
  },
  'also of a user': {
    files: { 'a.yaml': template(user('Ann', 'ann'), inline(at('Ann', 'user'))) },
    findings: ['ann', 'user/ann'],
    is: /^certain ann: the user 'ann' holds this policy$/,
  },
  'of several accounts, which all must leave it unused': {
    files: { 'a.yaml': app },
    findings: ['App', `${SECOND}:role/App`],
    is: /^certain App \+ 222222222222:App/,
  },
  'of the account in the path': {
    files: { [`${SECOND}/a.yaml`]: app },
    findings: ['App', `${SECOND}:role/App`],
    is: /^certain 222222222222:App/,
  },
  'and of no other account than that in the path': {
    files: { [`${SECOND}/a.yaml`]: app },
    findings: ['App'],
    is: /^none: the findings are about 'App' in the account 111111111111, and the role 'App' is in another one/,
  },
  'whose account must be known where a path names one': {
    files: { [`${SECOND}/a.yaml`]: app },
    findings: ['name App'],
    is: /^none: the findings about 'App' do not tell its account, and the path or a setting names one/,
  },
  'of the account that the setting "accounts" names': {
    files: { 'a.yaml': app },
    findings: ['App', `${SECOND}:role/App`],
    options: { accountOf: () => SECOND },
    is: /^certain 222222222222:App/,
  },
  'of the account of its ARN': {
    files: { 'a.json': template(inline(called(`arn:aws:iam::${SECOND}:role/App`))) },
    findings: ['App', `${SECOND}:role/App`],
    is: /^certain 222222222222:App: the role 'App' holds this policy$/,
  },
  'where the code only means the role': { files: { 'a.yaml': meansApp }, findings: ['App'], is: /^certain App/ },
  'where it may be there or not': {
    files: { 'main.tf': terraform(role('app', 'App', { amount: 'optional' }), inline(at('app'))) },
    findings: ['App'],
    is: /^certain App/,
  },
  'where local values put it together': {
    files: {
      'main.tf': terraform(role('app', '${local.name}-role'), inline(at('app'))),
      'locals.tf': terraform(value('local.name', '${local.prefix}app'), value('local.prefix', 'prod-')),
    },
    findings: ['prod-app-role'],
    is: /^certain prod-app-role/,
  },
  'likely, where the default of a variable is in it': {
    files: { 'main.tf': terraform(role('app', '${var.name}'), inline(at('app')), byDefault('var.name', 'App')) },
    findings: ['App'],
    is: /^likely App: the role 'App' holds this policy, if its name is what it is by default → "principals": \{"\.\/main\.tf#app": "App"\}$/,
  },
  'of a loop, each of its keys': {
    files: { 'main.tf': terraform(role('r', '${each.key}', { amount: ['One', 'Two'] }), inline(at('r'))) },
    findings: ['One', 'Two'],
    is: /^certain One \+ Two/,
  },
  'of a loop, none where one of them has no findings': {
    files: { 'main.tf': terraform(role('r', '${each.key}', { amount: ['One', 'Two'] }), inline(at('r'))) },
    findings: ['One'],
    is: /^none: this policy belongs to the role 'Two', for which there are no findings/,
  },
  'of a loop, one where the policy names its key': {
    files: { 'main.tf': terraform(role('r', '${each.key}', { amount: ['One', 'Two'] }), inline(at('r["One"]'), 'p')) },
    findings: ['One', 'Two'],
    is: /^certain One: /,
  },
  'through the argument of a module': {
    files: {
      'main.tf': terraform(moduleCall('app', './m', { name: 'App' })),
      'm/main.tf': terraform(role('r', '${var.name}'), inline(at('r'))),
    },
    policy: 'm/main.tf#/r',
    findings: ['App'],
    is: /^certain App/,
  },
  'of each call of a module': {
    files: {
      'main.tf': terraform(moduleCall('one', './m', { name: 'One' }), moduleCall('two', './m', { name: 'Two' })),
      'm/main.tf': terraform(role('r', '${var.name}-role'), inline(at('r'))),
    },
    policy: 'm/main.tf#/r',
    findings: ['One-role', 'Two-role'],
    is: /^certain One-role \+ Two-role/,
  },
  'of each call of a module: one without findings uses everything': {
    files: {
      'main.tf': terraform(moduleCall('one', './m', { name: 'One' }), moduleCall('two', './m', { name: 'Two' })),
      'm/main.tf': terraform(role('r', '${var.name}-role'), inline(at('r'))),
    },
    policy: 'm/main.tf#/r',
    findings: ['One-role'],
    is: /^none: this policy belongs to the role 'Two-role', for which there are no findings/,
  },
  'of each parameter that a nested stack is given': {
    files: {
      'root.yaml': template(
        nestedStack('One', 'child.yaml', { Name: 'One' }),
        nestedStack('Two', 'child.yaml', { Name: 'Two' }),
      ),
      'child.yaml': template(role('R', '${Name}-role'), inline(at('R'))),
    },
    policy: 'child.yaml#/R',
    findings: ['One-role', 'Two-role'],
    is: /^certain One-role \+ Two-role/,
  },
});

whoseTable('A literal name in several places is ambiguous', {
  'in two templates': {
    files: { 'dev/a.yaml': app, 'prod/a.yaml': app },
    findings: ['App'],
    is: /^ambiguous App: the role 'App' is also declared in 'prod\/a.yaml', and nothing tells which of them arn:aws:iam::111111111111:role\/App is/,
  },
  'in two templates of one folder': {
    files: { 'a.yaml': app, 'b.yaml': app },
    findings: ['App'],
    is: /^ambiguous App: the role 'App' is also declared in 'b.yaml'/,
  },
  'in a template and in Terraform': {
    files: { 'a.yaml': app, 'tf/main.tf': terraform(role('app', 'App'), inline(at('app'))) },
    findings: ['App'],
    is: /^ambiguous App: the role 'App' is also declared in 'tf'/,
  },
  'however many accounts have findings, as long as they are fewer than the places': {
    files: { 'dev/a.yaml': app, 'prod/a.yaml': app, 'stage/a.yaml': app },
    findings: ['App', `${SECOND}:role/App`],
    is: /^ambiguous App \+ 222222222222:App: the role 'App' is also declared in 'prod\/a.yaml' and 1 more place/,
  },
  'where the other place is pinned to an account, and findings do not tell theirs': {
    files: { [`${FIRST}/a.yaml`]: app, 'prod/a.yaml': app },
    policy: 'prod/a.yaml#/AppRole',
    findings: ['name App'],
    is: /^ambiguous App: the role 'App' is also declared in '111111111111\/a.yaml'/,
  },
  'likely, where as many accounts have findings as there are places': {
    files: { 'dev/a.yaml': app, 'prod/a.yaml': app },
    findings: ['App', `${SECOND}:role/App`],
    is: /^likely App \+ 222222222222:App: .* findings of 2 accounts all leave unused/,
  },
  'not where each place is pinned to its account': {
    files: { [`${FIRST}/a.yaml`]: app, [`${SECOND}/a.yaml`]: app },
    findings: ['App', `${SECOND}:role/App`],
    is: /^certain App: /,
  },
  'not where the other place is pinned to another account, and this one to this': {
    files: { [`${FIRST}/a.yaml`]: app, [`${SECOND}/a.yaml`]: app },
    findings: ['App'],
    is: /^certain App: /,
  },
  'where the other place is pinned to the same account': {
    files: { [`${FIRST}/dev/a.yaml`]: app, [`${FIRST}/prod/a.yaml`]: app },
    findings: ['App'],
    is: /^ambiguous App: /,
  },
  'where only the other place may be this account': {
    files: { [`${FIRST}/a.yaml`]: app, 'prod/a.yaml': app },
    findings: ['App'],
    is: /^ambiguous App: /,
  },
  'likely, where the other place is for tests': {
    files: { 'a.yaml': app, 'test/fixtures/a.yaml': app },
    findings: ['App'],
    is: /^likely App: .* also declared in 'test\/fixtures\/a.yaml', which is for tests or examples → "exclude": \["test\/\*\*"\]$/,
  },
  'and in the test it is ambiguous': {
    files: { 'a.yaml': app, 'test/fixtures/a.yaml': app },
    policy: 'test/fixtures/a.yaml#/AppRole',
    findings: ['App'],
    is: /^ambiguous App: /,
  },
  'not of two declarations under conditions': {
    files: {
      'a.yaml': template(
        role('One', 'App', { condition: 'IsProd' }),
        role('Two', 'App', { condition: 'IsDev' }),
        inline(at('One')),
      ),
    },
    findings: ['App'],
    is: /^certain App: /,
  },
  'of a module that is called twice': {
    files: {
      'main.tf': terraform(moduleCall('one', './m'), moduleCall('two', './m', {}, { provider: 'aws.two' })),
      'm/main.tf': terraform(role('r', 'App'), inline(at('r'))),
    },
    policy: 'm/main.tf#/r',
    findings: ['App'],
    is: /^ambiguous App: /,
  },
  'of a module that two roots call': {
    files: {
      'dev/main.tf': terraform(moduleCall('app', '../m')),
      'prod/main.tf': terraform(moduleCall('app', '../m')),
      'm/main.tf': terraform(role('r', 'App'), inline(at('r'))),
    },
    policy: 'm/main.tf#/r',
    findings: ['App'],
    is: /^ambiguous App: the role 'App' is also declared in '(?:dev|prod)'/,
  },
  'of a template that two stacks nest': {
    files: {
      'root.yaml': template(nestedStack('One', 'child.yaml'), nestedStack('Two', 'child.yaml')),
      'child.yaml': template(role('R', 'App'), inline(at('R'))),
    },
    policy: 'child.yaml#/R',
    findings: ['App'],
    is: /^ambiguous App: /,
  },
  'of a stack set with two accounts of which one has no findings': {
    files: {
      'root.yaml': template(nestedStack('Set', 'child.yaml', {}, { accounts: [FIRST, SECOND] })),
      'child.yaml': template(role('R', 'App'), inline(at('R'))),
    },
    policy: 'child.yaml#/R',
    findings: ['App'],
    is: /^none: the findings are about 'App' in the account 111111111111, and the role 'App' is in another one/,
  },
  'not of a stack set all of whose accounts have findings': {
    files: {
      'root.yaml': template(nestedStack('Set', 'child.yaml', {}, { accounts: [FIRST, SECOND] })),
      'child.yaml': template(role('R', 'App'), inline(at('R'))),
    },
    policy: 'child.yaml#/R',
    findings: ['App', `${SECOND}:role/App`],
    is: /^certain App \+ 222222222222:App: /,
  },
  'of two providers in one module': {
    files: {
      'main.tf': terraform(role('one', 'App'), role('two', 'App', { provider: 'aws.two' }), inline(at('one'))),
    },
    findings: ['App'],
    is: /^ambiguous App: /,
  },
  'not of a role that is declared and looked up': {
    files: {
      'main.tf': terraform(
        role('one', 'App'),
        role('data.one', 'App', { isMention: true }),
        inline(at('data.one'), 'p'),
      ),
    },
    findings: ['App'],
    is: /^certain App: /,
  },
  'likely, where another folder means it, which may be deployed elsewhere': {
    files: {
      'a/main.tf': terraform(role('app', 'App'), inline(at('app'))),
      'b/main.tf': terraform(inline(called('App'))),
    },
    findings: ['App'],
    is: /^likely App: the role 'App' holds this policy, and is also meant in 'b', which may be another account's/,
  },
  'of a policy file of that name elsewhere, where no code declares it': {
    files: { 'a/main.tf': terraform(inline(called('App'))), 'b/App.json': template(loose()) },
    findings: ['App'],
    is: /^ambiguous App: the role 'App' is also declared in 'b\/App.json'/,
  },
});

whoseTable('A literal name whose code may be deployed more than once is likely', {
  'as a parameter tells': {
    files: { 'a.yaml': template(role('AppRole', 'App'), inline(at('AppRole')), severalTimes()) },
    findings: ['App'],
    is: /^likely App: the role 'App' holds this policy, but it may be deployed more than once: its parameter 'Stage'/,
  },
  'not where it is pinned to one account, which has one of each name': {
    files: { [`${FIRST}/a.yaml`]: template(role('AppRole', 'App'), inline(at('AppRole')), severalTimes()) },
    findings: ['App'],
    is: /^certain App: the role 'App' holds this policy$/,
  },
  'as a parameter of the stack tells that nests it': {
    files: {
      'root.yaml': template(nestedStack('One', 'child.yaml'), severalTimes()),
      'child.yaml': template(role('R', 'App'), inline(at('R'))),
    },
    policy: 'child.yaml#/R',
    findings: ['App'],
    is: /^likely App: .* but it may be deployed more than once/,
  },
  'as a template of its name is nested from an address elsewhere, and there are two': {
    files: {
      'a/child.yaml': app,
      'b/child.yaml': template(role('OtherRole', 'Other')),
      'b/root.yaml': template(nestedStack('One', 'https://s3.amazonaws.com/bucket/child.yaml')),
    },
    findings: ['App'],
    is: /^likely App: .* but it may be deployed more than once: the nested stack 'One' may be made of it/,
  },
  'as a call in a loop tells': {
    files: {
      'main.tf': terraform(moduleCall('app', './m', {}, { amount: 'several', provider: 'aws.x' })),
      'm/main.tf': terraform(role('r', 'App'), inline(at('r'))),
    },
    policy: 'm/main.tf#/r',
    findings: ['App'],
    is: /^likely App: .* the module 'app' may be there several times/,
  },
  'as several environments tell that are deployed from its folder': {
    files: {
      'main.tf': terraform(role('app', 'App'), inline(at('app'))),
      'dev.tfvars': template(deployed('', undefined, { why: "'dev.tfvars' is for it" })),
      'prod.tfvars': template(deployed('', undefined, { why: "'prod.tfvars' is for it" })),
    },
    findings: ['App'],
    is: /^likely App: .* 'dev.tfvars' is for it and 'prod.tfvars' is for it/,
  },
  'as findings of another account tell about a role that is deployed with it': {
    files: { 'a.yaml': template(role('AppRole', 'App'), role('WebRole', 'Web'), inline(at('AppRole'))) },
    findings: ['App', 'Web', `${SECOND}:role/Web`],
    is: /^none App: the role 'App' is deployed in the account 222222222222, too, as the findings about the role 'Web' show/,
  },
  'as findings of another account tell about a role without a name that is deployed with it': {
    files: { 'a.yaml': template(role('AppRole', 'App'), role('WebRole'), inline(at('AppRole'))) },
    findings: ['App', 'x-WebRole-1A2B3C4D5E6F', `${SECOND}:role/x-WebRole-1A2B3C4D5E6G`],
    is: /^none App: the role 'App' is deployed in the account 222222222222, too/,
  },
  'ambiguous, where two stacks of it are named and their accounts are not': {
    files: {
      'a.yaml': app,
      'samconfig.toml': template(deployed('a.yaml', 'app-dev'), deployed('a.yaml', 'app-prod')),
    },
    findings: ['App'],
    is: /^ambiguous App: /,
  },
  'ambiguous, where more stacks are named than accounts have findings': {
    files: {
      'a.yaml': app,
      'samconfig.toml': template(deployed('a.yaml', 'dev'), deployed('a.yaml', 'stage'), deployed('a.yaml', 'prod')),
    },
    findings: ['App', `${SECOND}:role/App`],
    is: /^ambiguous App \+ 222222222222:App: /,
  },
  'none, where two stacks are named with their accounts, and one has no findings': {
    files: {
      'a.yaml': app,
      'samconfig.toml': template(
        deployed('a.yaml', 'dev', { account: FIRST }),
        deployed('a.yaml', 'prod', { account: SECOND }),
      ),
    },
    findings: ['App'],
    is: /^none: the findings are about 'App' in the account 111111111111, and the role 'App' is in another one/,
  },
  'certain, where two stacks are named with their accounts, and all have findings': {
    files: {
      'a.yaml': app,
      'samconfig.toml': template(
        deployed('a.yaml', 'dev', { account: FIRST }),
        deployed('a.yaml', 'prod', { account: SECOND }),
      ),
    },
    findings: ['App', `${SECOND}:role/App`],
    is: /^certain App \+ 222222222222:App: /,
  },
  'certain, where one stack is named': {
    files: { 'a.yaml': app, 'samconfig.toml': template(deployed('a.yaml', 'app-dev')) },
    findings: ['App'],
    is: /^certain App: /,
  },
});

whoseTable('A name that nobody knows', {
  'matches nobody': {
    files: { 'main.tf': terraform(role('app', UNKNOWN), inline(at('app'))) },
    findings: ['App', 'app'],
    is: /^none: the role 'app' holds this policy, whose name is not known here, so that it counts as using everything/,
  },
  'matches nobody where too little is written out': {
    files: { 'main.tf': terraform(role('app', '${var.x}-ap'), inline(at('app'))) },
    findings: ['prod-ap'],
    is: /^none: the role 'app' holds this policy, whose name is not known here/,
  },
  'competes with nobody': {
    files: { 'a.yaml': app, 'main.tf': terraform(role('app', UNKNOWN), inline(at('app'))) },
    findings: ['App'],
    is: /^certain App/,
  },
  'is whoever its address is, where nothing declares that': {
    files: { 'main.tf': terraform(inline(at('gone'), 'p')) },
    findings: ['gone'],
    is: /^none: .* whose name is not known here/,
  },
  'is that of a declaration that is there twice': {
    files: { 'main.tf': terraform(role('app', 'App'), role('app', 'Other'), inline(at('app'))) },
    findings: ['App', 'Other'],
    is: /^none: 'app' is declared several times, so that nobody can say who it is/,
  },
});
