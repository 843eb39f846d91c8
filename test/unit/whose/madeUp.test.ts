import {
  at,
  called,
  deployed,
  inline,
  listsAccount,
  moduleCall,
  nestedStack,
  role,
  severalTimes,
  template,
  terraform,
} from '../../support/whoseFacts.ts';
import { FIRST, SECOND, whoseTable } from '../../support/whoseTable.ts';

const app = template(role('AppRole'), inline(at('AppRole')));
const LONG = 'CustomS3AutoDeleteObjectsCustomResourceProviderRole3B1BD092';

whoseTable('CloudFormation makes up a name', {
  'of the logical id, for sure': {
    files: { 'a.yaml': app },
    findings: ['orders-AppRole-1A2B3C4D5E6F', 'Other'],
    is: /^certain orders-AppRole-1A2B3C4D5E6F: the role 'AppRole' holds this policy$/,
  },
  'of the logical id, and of nothing else': {
    files: { 'a.yaml': app },
    findings: [
      'AppRole',
      'orders-AppRole2-1A2B3C4D5E6F',
      'orders-MyAppRole-1A2B3C4D5E6F',
      'user/x-AppRole-1A2B3C4D5E6F',
    ],
    is: /^none: this policy belongs to the role 'AppRole', for which there are no findings/,
  },
  'which was cut to 64 characters': {
    files: { 'a.yaml': template(role(LONG), inline(at(LONG))) },
    findings: ['Orders-CustomS3AutoDeleteObjectsCustomResourceProvi-1A2B3C4D5E6F'],
    is: /^certain Orders-CustomS3/,
  },
  'which was cut with the name of the stack': {
    files: {
      'a.yaml': template(role('RainlyticsSummariesJobFunctionRole'), inline(at('RainlyticsSummariesJobFunctionRole'))),
    },
    findings: ['ChineseboostAnalyticsStac-RainlyticsSummariesJobFun-UjecjFhpdr1d'],
    is: /^certain Chinese/,
  },
  'likely, where somebody may have chosen it': {
    files: { 'a.yaml': app },
    findings: ['orders-AppRole-UjecjFhpdrbd'],
    is: /^likely orders-AppRole-UjecjFhpdrbd: the role 'AppRole' holds this policy, if CloudFormation made this name/,
  },
  'and what only looks so must leave it unused, too': {
    files: { 'a.yaml': app },
    findings: ['dev-AppRole-1A2B3C4D5E6F', 'prod-AppRole-UjecjFhpdrbd'],
    is: /^certain dev-AppRole-1A2B3C4D5E6F \+ prod-AppRole-UjecjFhpdrbd/,
  },
  'in each stack: all must leave it unused': {
    files: { 'a.yaml': app },
    findings: ['dev-AppRole-1A2B3C4D5E6F', 'prod-AppRole-1A2B3C4D5E6G'],
    is: /^certain dev-AppRole-1A2B3C4D5E6F \+ prod-AppRole-1A2B3C4D5E6G/,
  },
  'in the account in the path': {
    files: { [`${SECOND}/a.yaml`]: app },
    findings: ['dev-AppRole-1A2B3C4D5E6F', `${SECOND}:role/prod-AppRole-1A2B3C4D5E6G`],
    is: /^certain 222222222222:prod-AppRole-1A2B3C4D5E6G/,
  },
  'of the keys of a loop': {
    files: {
      'a.yaml': template(role('Role${each.key}', undefined, { amount: ['One', 'Two'] }), inline(at('Role${each.key}'))),
    },
    findings: ['x-RoleOne-1A2B3C4D5E6F', 'x-RoleTwo-1A2B3C4D5E6F'],
    is: /^certain x-RoleOne-1A2B3C4D5E6F \+ x-RoleTwo-1A2B3C4D5E6F/,
  },
  'of a nested stack after that in which it is nested': {
    files: {
      'root.yaml': template(nestedStack('Child', 'child.yaml')),
      'child.yaml': app,
      'samconfig.toml': template(deployed('root.yaml', 'orders')),
      'other.yaml': app,
    },
    policy: 'child.yaml#/AppRole',
    findings: ['orders-Child-1QRXKJ2M9Z8TV-AppRole-1A2B3C4D5E6F'],
    is: /^certain orders-Child/,
  },
  'that a literal name of a declaration goes before': {
    files: { 'a.yaml': app, 'b.yaml': template(role('R', 'x-AppRole-1A2B3C4D5E6F'), inline(at('R'))) },
    findings: ['x-AppRole-1A2B3C4D5E6F'],
    is: /^none: this policy belongs to the role 'AppRole', for which there are no findings/,
  },
  'that who only means it does not go before': {
    files: { 'a.yaml': app, 'b.tf': terraform(inline(called('x-AppRole-1A2B3C4D5E6F'))) },
    findings: ['x-AppRole-1A2B3C4D5E6F'],
    is: /^certain x-AppRole-1A2B3C4D5E6F/,
  },
  "nor what AWS lists of the account's roles": {
    files: {
      'a.yaml': app,
      'details.json': template(inline(called(`arn:aws:iam::${FIRST}:role/x-AppRole-1A2B3C4D5E6F`))),
    },
    findings: ['x-AppRole-1A2B3C4D5E6F'],
    is: /^certain x-AppRole-1A2B3C4D5E6F/,
  },
});

whoseTable('Of several templates with the same logical id', {
  'each may be the one that a name was made of': {
    files: { 'a.yaml': app, 'b.yaml': app },
    findings: ['orders-AppRole-1A2B3C4D5E6F'],
    is: /^ambiguous orders-AppRole-1A2B3C4D5E6F: the role 'AppRole' may be in 'b.yaml' as well, and nothing tells of which template/,
  },
  'each may be, and what only looks like a made-up name is no more sure': {
    files: { 'a.yaml': app, 'b.yaml': app },
    findings: ['dev-AppRole-UjecjFhpdrbd'],
    is: /^ambiguous dev-AppRole-UjecjFhpdrbd: /,
  },
  'one is likely, where the other is for tests': {
    files: { 'a.yaml': app, 'tests/b.yaml': app },
    findings: ['orders-AppRole-1A2B3C4D5E6F'],
    is: /^likely orders-AppRole-1A2B3C4D5E6F: .* 'tests\/b.yaml' as well, which is for tests/,
  },
  'the name of the stack tells which': {
    files: {
      'a/a.yaml': app,
      'a/samconfig.toml': template(deployed('a.yaml', 'orders-dev')),
      'b/b.yaml': app,
      'b/samconfig.toml': template(deployed('b.yaml', 'billing')),
    },
    findings: ['orders-dev-AppRole-1A2B3C4D5E6F', 'billing-AppRole-1A2B3C4D5E6F'],
    is: /^certain orders-dev-AppRole-1A2B3C4D5E6F: /,
  },
  'the name of a stack tells that it is not the other one': {
    files: {
      'b/b.yaml': app,
      'a/a.yaml': app,
      'a/samconfig.toml': template(deployed('a.yaml', 'orders-dev')),
    },
    findings: ['orders-dev-AppRole-1A2B3C4D5E6F'],
    is: /^none: this policy belongs to the role 'AppRole', for which there are no findings/,
  },
  'one whose stack is named may have another stack: who could be that must leave it unused, too': {
    files: {
      'a/a.yaml': app,
      'a/samconfig.toml': template(deployed('a.yaml', 'orders-dev')),
      'b/b.yaml': app,
    },
    findings: ['orders-dev-AppRole-1A2B3C4D5E6F', 'foo-AppRole-1A2B3C4D5E6F'],
    is: /^certain orders-dev-AppRole-1A2B3C4D5E6F \+ foo-AppRole-1A2B3C4D5E6F: /,
  },
  'one whose stack is named may have another stack, and who could be that uses everything without findings': {
    files: {
      'a/a.yaml': app,
      'a/samconfig.toml': template(deployed('a.yaml', 'orders-dev')),
      'roles.json': template(
        listsAccount(FIRST, { 'role/orders-dev-AppRole-1A2B3C4D5E6F': {}, 'role/foo-AppRole-1A2B3C4D5E6F': {} }),
      ),
    },
    findings: ['orders-dev-AppRole-1A2B3C4D5E6F'],
    is: /^likely orders-dev-AppRole-1A2B3C4D5E6F: .*foo-AppRole-1A2B3C4D5E6F/,
  },
  'two with one beginning may both have been cut to a name': {
    files: {
      'a.yaml': template(role('CustomBucketObjectsProviderRoleOne'), inline(at('CustomBucketObjectsProviderRoleOne'))),
      'b.yaml': template(role('CustomBucketObjectsProviderRoleTwo'), inline(at('CustomBucketObjectsProviderRoleTwo'))),
    },
    findings: ['ChineseboostAnalyticsStac-CustomBucketObjectsProvid-1A2B3C4D5E6F'],
    is: /^ambiguous Chinese/,
  },
  'two of one template with one beginning may both have been cut to a name': {
    files: {
      'a.yaml': template(
        role('CustomBucketObjectsProviderRoleOne'),
        inline(at('CustomBucketObjectsProviderRoleOne')),
        role('CustomBucketObjectsProviderRoleTwo'),
      ),
    },
    findings: ['ChineseboostAnalyticsStac-CustomBucketObjectsProvid-1A2B3C4D5E6F'],
    is: /^ambiguous Chinese/,
  },
});

whoseTable('A template may be deployed several times', {
  'likely, as a parameter tells': {
    files: { 'a.yaml': template(role('AppRole'), inline(at('AppRole')), severalTimes()) },
    findings: ['dev-AppRole-1A2B3C4D5E6F'],
    is: /^likely dev-AppRole-1A2B3C4D5E6F: .* but it may be deployed more than once/,
  },
  'a stack that is named and has no findings uses everything': {
    files: { 'a.yaml': app, 'samconfig.toml': template(deployed('a.yaml', 'dev'), deployed('a.yaml', 'prod')) },
    findings: ['dev-AppRole-1A2B3C4D5E6F'],
    is: /^none: this policy belongs to the role 'AppRole', for which there are no findings/,
  },
  'all stacks that are named have findings': {
    files: { 'a.yaml': app, 'samconfig.toml': template(deployed('a.yaml', 'dev-x'), deployed('a.yaml', 'prod-x')) },
    findings: ['dev-x-AppRole-1A2B3C4D5E6F', 'prod-x-AppRole-1A2B3C4D5E6F'],
    is: /^certain dev-x-AppRole-1A2B3C4D5E6F \+ prod-x-AppRole-1A2B3C4D5E6F/,
  },
  'findings about another role tell of a stack in which this one uses everything': {
    files: { 'a.yaml': template(role('AppRole'), inline(at('AppRole')), role('WebRole')) },
    findings: ['dev-AppRole-1A2B3C4D5E6F', 'dev-WebRole-1A2B3C4D5E6F', 'prod-WebRole-1A2B3C4D5E6F'],
    is: /^none dev-AppRole-1A2B3C4D5E6F: the role 'AppRole' is deployed as 'prod', too, as .*, and none is about it there/,
  },
  'and in which account, even where the stack is called the same': {
    files: { 'a.yaml': template(role('AppRole'), inline(at('AppRole')), role('WebRole')) },
    findings: ['x-AppRole-1A2B3C4D5E6F', 'x-WebRole-1A2B3C4D5E6F', `${SECOND}:role/x-WebRole-1A2B3C4D5E6F`],
    is: /^none x-AppRole-1A2B3C4D5E6F: the role 'AppRole' is deployed as 'x' in 222222222222, too/,
  },
  'findings about another role with a literal name tell of an account in which this one uses everything': {
    files: { 'a.yaml': template(role('AppRole'), inline(at('AppRole')), role('WebRole', 'Web')) },
    findings: ['x-AppRole-1A2B3C4D5E6F', 'Web', `${SECOND}:role/Web`],
    is: /^none x-AppRole-1A2B3C4D5E6F: the role 'AppRole' is deployed in the account 222222222222, too/,
  },
  'findings about another role tell of a stack, even where the name of this one was cut': {
    files: { 'a.yaml': template(role(LONG), inline(at(LONG)), role('WebRole')) },
    findings: [
      'Orders-CustomS3AutoDeleteObjectsCustomResourceProvi-1A2B3C4D5E6F',
      'Orders-WebRole-1A2B3C4D5E6F',
      'Billing-WebRole-1A2B3C4D5E6F',
    ],
    is: /^none Orders-CustomS3\S+: the role '\w+' is deployed as 'Billing', too/,
  },
  'and of none, where the stack fits what is left of the name': {
    files: {
      'a.yaml': template(
        role('RainlyticsSummariesJobFunctionRole'),
        inline(at('RainlyticsSummariesJobFunctionRole')),
        role('WebRole'),
      ),
    },
    findings: [
      'ChineseboostAnalyticsStac-RainlyticsSummariesJobFun-UjecjFhpdr1d',
      'ChineseboostAnalyticsStack-WebRole-1A2B3C4D5E6F',
    ],
    is: /^certain Chinese/,
  },
  'with nested stacks: a template that is called has no stack of its own': {
    files: {
      'root.yaml': template(nestedStack('One', 'child.yaml'), nestedStack('Two', 'child.yaml')),
      'child.yaml': app,
    },
    policy: 'child.yaml#/AppRole',
    findings: ['x-One-1QRXKJ2M9Z8TV-AppRole-1A2B3C4D5E6F'],
    is: /^none: this policy belongs to the role 'AppRole', for which there are no findings/,
  },
  'with nested stacks that all have findings': {
    files: {
      'root.yaml': template(nestedStack('One', 'child.yaml'), nestedStack('Two', 'child.yaml')),
      'child.yaml': app,
    },
    policy: 'child.yaml#/AppRole',
    findings: ['x-One-1QRXKJ2M9Z8TV-AppRole-1A2B3C4D5E6F', 'x-Two-1QRXKJ2M9Z8TV-AppRole-1A2B3C4D5E6F'],
    is: /^certain x-One-\S+ \+ x-Two-\S+: /,
  },
  'by itself, too, where a file says so': {
    files: {
      'root.yaml': template(nestedStack('One', 'child.yaml')),
      'child.yaml': app,
      'deploy.sh': template(deployed('child.yaml', 'alone')),
    },
    policy: 'child.yaml#/AppRole',
    findings: ['x-One-1QRXKJ2M9Z8TV-AppRole-1A2B3C4D5E6F'],
    is: /^none: /,
  },
  'a module has its stack from nobody': {
    files: { 'main.tf': terraform(moduleCall('m', './m')), 'm/main.tf': terraform(role('r', '*'), inline(at('r'))) },
    policy: 'm/main.tf#/r',
    findings: ['x-r-1A2B3C4D5E6F'],
    is: /^none: /,
  },
});
