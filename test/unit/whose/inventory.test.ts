import {
  at,
  attachNamed,
  called,
  inline,
  listsAccount,
  listsStack,
  listsState,
  managed,
  moduleCall,
  role,
  severalTimes,
  template,
  terraform,
} from '../../support/whoseFacts.ts';
import { FIRST, SECOND, whoseTable } from '../../support/whoseTable.ts';

const app = template(role('AppRole'), inline(at('AppRole')));
const main = terraform(role('aws_iam_role.app', '${var.x}-app'), inline(at('aws_iam_role.app'), 'p'));

whoseTable('What lists the resources of a stack', {
  'tells the names of its roles': {
    files: { 'a.yaml': app, 'stack.json': template(listsStack('orders', { AppRole: 'whatever' })) },
    findings: ['whatever'],
    is: /^certain whatever: the role 'whatever' holds this policy$/,
  },
  'tells which of two templates it is': {
    files: {
      'a/a.yaml': app,
      'b/b.yaml': template(role('AppRole'), role('Web'), inline(at('AppRole'))),
      'stack.json': template(
        listsStack('orders', { AppRole: 'orders-AppRole-1A2B3C4D5E6F', Web: 'orders-Web-1A2B3C4D5E6F' }),
      ),
    },
    policy: 'b/b.yaml#/AppRole',
    findings: ['orders-AppRole-1A2B3C4D5E6F'],
    is: /^certain orders-AppRole-1A2B3C4D5E6F: /,
  },
  'tells of two stacks, which both must leave it unused': {
    files: {
      'a.yaml': app,
      'dev.json': template(listsStack('dev', { AppRole: 'dev-AppRole-1A2B3C4D5E6F' })),
      'prod.json': template(listsStack('prod', { AppRole: 'prod-AppRole-1A2B3C4D5E6F' })),
    },
    findings: ['dev-AppRole-1A2B3C4D5E6F', 'prod-AppRole-1A2B3C4D5E6F'],
    is: /^certain dev-AppRole-1A2B3C4D5E6F \+ prod-AppRole-1A2B3C4D5E6F/,
  },
  'tells of a stack without findings, which uses everything': {
    files: {
      'a.yaml': app,
      'dev.json': template(listsStack('dev', { AppRole: 'dev-AppRole-1A2B3C4D5E6F' })),
      'prod.json': template(listsStack('prod', { AppRole: 'prod-AppRole-1A2B3C4D5E6F' })),
    },
    findings: ['dev-AppRole-1A2B3C4D5E6F'],
    is: /^none: this policy belongs to the role 'prod-AppRole-1A2B3C4D5E6F', for which there are no findings/,
  },
  'tells the account': {
    files: {
      'a.yaml': template(role('AppRole', 'App'), inline(at('AppRole'))),
      'stack.json': template(listsStack('orders', { AppRole: 'App' }, { account: SECOND })),
    },
    findings: ['App', `${SECOND}:role/App`],
    is: /^certain (?:222222222222:)?App/,
  },
});

whoseTable("Terraform's state", {
  'tells ARNs by addresses': {
    files: {
      'main.tf': main,
      'state.json': template(listsState({ 'aws_iam_role.app': `arn:aws:iam::${FIRST}:role/whatever` })),
    },
    findings: ['whatever', `${SECOND}:role/whatever`],
    is: /^certain whatever: the role 'whatever' holds this policy$/,
  },
  'tells those of modules and loops': {
    files: {
      'main.tf': terraform(moduleCall('m', './m')),
      'm/main.tf': terraform(
        role('aws_iam_role.r', '${var.x}-${each.key}', { amount: ['a', 'b'] }),
        inline(at('aws_iam_role.r'), 'p'),
      ),
      'state.json': template(
        listsState({
          'module.m.aws_iam_role.r["a"]': `arn:aws:iam::${FIRST}:role/One`,
          'module.m.aws_iam_role.r["b"]': `arn:aws:iam::${FIRST}:role/Two`,
        }),
      ),
    },
    policy: 'm/main.tf#/p',
    findings: ['One', 'Two'],
    is: /^certain One \+ Two: /,
  },
  'tells of one without findings, which uses everything': {
    files: {
      'main.tf': main,
      'state.json': template(listsState({ 'aws_iam_role.app': `arn:aws:iam::${FIRST}:role/whatever` })),
    },
    findings: ['prod-app'],
    is: /^none: this policy belongs to the role 'whatever', for which there are no findings/,
  },
  'of two states tells two roles': {
    files: {
      'main.tf': main,
      'dev.json': template(listsState({ 'aws_iam_role.app': `arn:aws:iam::${FIRST}:role/dev` })),
      'prod.json': template(listsState({ 'aws_iam_role.app': `arn:aws:iam::${SECOND}:role/prod` })),
    },
    findings: ['dev', `${SECOND}:role/prod`],
    is: /^certain dev \+ 222222222222:prod: /,
  },
});

whoseTable("An account's inventory", {
  'tells of roles without findings, which use everything': {
    files: {
      'a.yaml': app,
      'roles.json': template(
        listsAccount(FIRST, { 'role/dev-AppRole-1A2B3C4D5E6F': {}, 'role/prod-AppRole-1A2B3C4D5E6F': {} }),
      ),
    },
    findings: ['dev-AppRole-1A2B3C4D5E6F'],
    is: /^none: the role 'AppRole' may be arn:aws:iam::111111111111:role\/prod-AppRole-1A2B3C4D5E6F, which exists and has no findings/,
  },
  'tells of roles without findings that a computed name fits': {
    files: {
      'main.tf': terraform(role('r', '*-backup'), inline(at('r'))),
      'roles.json': template(listsAccount(FIRST, { 'role/dev-backup': {}, 'role/prod-backup': {} })),
    },
    findings: ['dev-backup'],
    is: /^none: .* may be arn:aws:iam::111111111111:role\/prod-backup, which exists and has no findings/,
  },
  'names whom findings name without an account': {
    files: {
      'a.yaml': template(role('AppRole', 'App'), inline(at('AppRole'))),
      'roles.json': template(listsAccount(FIRST, { 'role/App': {} })),
    },
    findings: ['name App'],
    is: /^certain App: /,
  },
  'tells nothing by a bare name of two of that name': {
    files: {
      'a.yaml': template(role('AppRole', 'App'), inline(at('AppRole'))),
      'roles.json': template(listsAccount(FIRST, { 'role/App': {} })),
      'others.json': template(listsAccount(SECOND, { 'role/App': {} })),
    },
    findings: ['name App'],
    is: /^none: the role 'App' may be arn:aws:iam::111111111111:role\/App, which exists and has no findings/,
  },
  'shows that code which may be deployed several times is so no more, where its accounts are all listed': {
    files: {
      [`${FIRST}/a.yaml`]: template(role('AppRole'), inline(at('AppRole')), severalTimes()),
      'roles.json': template(listsAccount(FIRST, { 'role/dev-AppRole-1A2B3C4D5E6F': {} })),
    },
    findings: ['dev-AppRole-1A2B3C4D5E6F'],
    is: /^certain dev-AppRole-1A2B3C4D5E6F: /,
  },
  'shows nothing of other accounts': {
    files: {
      'a.yaml': template(role('AppRole'), inline(at('AppRole')), severalTimes()),
      'roles.json': template(listsAccount(FIRST, { 'role/dev-AppRole-1A2B3C4D5E6F': {} })),
    },
    findings: ['dev-AppRole-1A2B3C4D5E6F'],
    is: /^likely dev-AppRole-1A2B3C4D5E6F: .* but it may be deployed more than once/,
  },
});

const shared = template(managed('P', 'Shared'));
/** As `get-account-authorization-details` tells who has which policy. */
const has = (name: string) => attachNamed('Shared', called(`arn:aws:iam::${FIRST}:role/${name}`), { account: FIRST });

whoseTable('Who has a managed policy, as AWS lists it', {
  'tells it, where code does not': {
    files: { 'a.yaml': shared, 'details.json': template(has('App')) },
    findings: ['App'],
    is: /^certain App: the role 'App' holds this policy$/,
  },
  'uses everything without findings': {
    files: { 'a.yaml': shared, 'details.json': template(has('App'), has('Other')) },
    findings: ['App'],
    is: /^none: this policy belongs to the role 'Other', for which there are no findings/,
  },
  'is not that of another account': {
    files: { [`${SECOND}/a.yaml`]: shared, 'details.json': template(has('App')) },
    findings: ['App'],
    is: /^none: nothing in '222222222222\/a.yaml' or elsewhere attaches this policy/,
  },
  'is likely where two files declare it': {
    files: { 'dev/a.yaml': shared, 'prod/a.yaml': shared, 'details.json': template(has('App')) },
    findings: ['App'],
    is: /^likely App: .* but a policy of this name is also declared in 'prod\/a.yaml'/,
  },
  'is likely where the policy may be deployed several times': {
    files: { 'a.yaml': template(managed('P', 'Shared'), severalTimes()), 'details.json': template(has('App')) },
    findings: ['App'],
    is: /^likely App: .* but the policy may be deployed more than once/,
  },
});
