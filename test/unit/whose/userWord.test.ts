import {
  at,
  attach,
  called,
  inline,
  loose,
  managed,
  moduleCall,
  role,
  template,
  terraform,
  UNKNOWN,
  user,
} from '../../support/whoseFacts.ts';
import { FIRST, SECOND, whoseTable } from '../../support/whoseTable.ts';

const app = template(role('AppRole'), inline(at('AppRole')));
const billing = template(role('BillingRole'), inline(at('BillingRole')));
const shared = template(role('A', 'App'), role('B', 'Other'), managed('P'), attach('P', at('A')), attach('P', at('B')));
const main = (name: string) => terraform(role('aws_iam_role.r', name), inline(at('aws_iam_role.r'), 'p'));
const unknown = terraform(role('r', UNKNOWN), inline(at('r'), 'p'));

whoseTable('A name on the command line is for whose holder it is, or can be', {
  'the unnamed role of that logical id': {
    files: { 'a.yaml': app, 'b.yaml': billing },
    findings: ['dev-AppRole-1A2B3C4D5E6F'],
    named: ['dev-AppRole-1A2B3C4D5E6F'],
    is: /^certain dev-AppRole-1A2B3C4D5E6F: as you named$/,
  },
  'and not the unnamed role of another one': {
    files: { 'a.yaml': app, 'b.yaml': billing },
    policy: 'b.yaml#/BillingRole',
    findings: ['dev-AppRole-1A2B3C4D5E6F'],
    named: ['dev-AppRole-1A2B3C4D5E6F'],
    is: /^none: this policy belongs to the role 'BillingRole', and 'dev-AppRole-1A2B3C4D5E6F', whom you named, cannot be that/,
  },
  'and not a managed policy of others': {
    files: { 'a.yaml': shared },
    findings: ['Reader'],
    named: ['Reader'],
    is: /^none: this policy belongs to the role 'App', and 'Reader', whom you named, cannot be that/,
  },
  'and not a managed policy that another one has as well and of which there are no findings': {
    files: { 'a.yaml': shared },
    findings: ['App'],
    named: ['App'],
    is: /^none: this policy belongs to the role 'Other', for which there are no findings/,
  },
  'and a managed policy of several that are named': {
    files: { 'a.yaml': shared },
    findings: ['App', 'Other'],
    named: ['App', 'Other'],
    is: /^certain App \+ Other: as you named$/,
  },
  'and a managed policy that another one has of which there are findings': {
    files: { 'a.yaml': shared },
    findings: ['App', 'Other'],
    named: ['App'],
    is: /^certain App \+ Other: /,
  },
  'and not what is handed on to nobody knows whom': {
    files: { 'a.yaml': template(managed('P'), attach('P', { kind: 'unknown', why: "'Foo' takes it" })) },
    findings: ['App'],
    named: ['App'],
    is: /^none: 'Foo' takes it, so that nobody can say who holds this policy/,
  },
  'the role whose computed name fits': {
    files: {
      'main.tf': terraform(
        role('app', '${var.prefix}-appl'),
        role('backup', '${var.prefix}-backup'),
        inline(at('app')),
        inline(at('backup')),
      ),
    },
    findings: ['prod-appl'],
    named: ['prod-appl'],
    is: /^certain prod-appl: as you named$/,
  },
  'and not one whose computed name does not': {
    files: {
      'main.tf': terraform(
        role('app', '${var.prefix}-appl'),
        role('backup', '${var.prefix}-backup'),
        inline(at('app')),
        inline(at('backup')),
      ),
    },
    policy: 'main.tf#/backup',
    findings: ['prod-appl'],
    named: ['prod-appl'],
    is: /^none: this policy belongs to the role 'backup', called '\*-backup', and 'prod-appl', whom you named, cannot be that/,
  },
  'none of two whose computed names fit': {
    files: { 'a/main.tf': main('*-backup'), 'b/main.tf': main('${var.x}-backup') },
    findings: ['prod-backup'],
    named: ['prod-backup'],
    is: /^ambiguous prod-backup: 'prod-backup' could be any of 'a\/main.tf#aws_iam_role.r', 'b\/main.tf#aws_iam_role.r'/,
  },
  'the only one whose name nobody knows': {
    files: { 'main.tf': unknown },
    findings: ['App'],
    named: ['App'],
    is: /^certain App: as you named$/,
  },
  'none of two whose names nobody knows': {
    files: { 'a/main.tf': unknown, 'b/main.tf': unknown },
    findings: ['App'],
    named: ['App'],
    is: /^ambiguous App: 'App' could be any of 'a\/main.tf#r', 'b\/main.tf#r'/,
  },
  'none of two that are only meant by names that nobody knows': {
    files: { 'a/main.tf': terraform(inline(called('?'))), 'b/main.tf': terraform(inline(called('?'))) },
    findings: ['App'],
    named: ['App'],
    is: /^ambiguous App: 'App' could be any of 'a', 'b'/,
  },
  'none whose name nobody knows, where somebody is called so': {
    files: { 'a/main.tf': unknown, 'b/main.tf': main('App') },
    findings: ['App'],
    named: ['App'],
    is: /^ambiguous App: 'App' could be any of 'a\/main.tf#r', 'b\/main.tf#aws_iam_role.r'/,
  },
  'none of two unnamed roles of one logical id': {
    files: { 'a.yaml': app, 'b.yaml': app },
    findings: ['dev-AppRole-1A2B3C4D5E6F'],
    named: ['dev-AppRole-1A2B3C4D5E6F'],
    is: /^ambiguous dev-AppRole-1A2B3C4D5E6F: 'dev-AppRole-1A2B3C4D5E6F' could be any of 'a.yaml#AppRole', 'b.yaml#AppRole'/,
  },
  'none of two places of one name': {
    files: {
      'dev/a.yaml': template(role('A', 'App'), inline(at('A'))),
      'prod/a.yaml': template(role('A', 'App'), inline(at('A'))),
    },
    findings: ['App'],
    named: ['App'],
    is: /^ambiguous App: the role 'App' is also declared in 'prod\/a.yaml'/,
  },
  'and not that of a user of the name': {
    files: { 'a.yaml': template(user('Ann', 'App'), inline(at('Ann', 'user'))) },
    findings: ['App'],
    named: ['App'],
    is: /^none: this policy belongs to the user 'App', and 'App', whom you named, cannot be that/,
  },
  'a file that is named itself': {
    files: { 'policy.json': template(loose()), 'other.json': template(loose()) },
    findings: ['App'],
    named: ['App'],
    question: { isNamed: true },
    is: /^certain App: as you named$/,
  },
  'a file that is called so': {
    files: { 'App.json': template(loose()), 'other.json': template(loose()) },
    findings: ['App'],
    named: ['App'],
    is: /^certain App: the file is called 'App.json'$/,
  },
  'not a file that is called otherwise': {
    files: { 'OtherRole.json': template(loose()) },
    findings: ['App'],
    named: ['App'],
    is: /^none: you named 'App', and this file is called otherwise; name the file itself, or say it in "principals"/,
  },
  'the only file there is': {
    files: { 'policy.json': template(loose()) },
    findings: ['App'],
    named: ['App'],
    is: /^certain App: as you named$/,
  },
  'none of two files': {
    files: { 'x/policy.json': template(loose()), 'y/policy.json': template(loose()) },
    findings: ['App'],
    named: ['App'],
    is: /^ambiguous App: 'App' could have this policy, or that of 'y\/policy.json'; name the file itself/,
  },
  'not a policy of another account': {
    files: { [`${SECOND}/a.yaml`]: app },
    findings: ['dev-AppRole-1A2B3C4D5E6F'],
    named: ['dev-AppRole-1A2B3C4D5E6F'],
    is: /^none: /,
  },
  'not a policy in which nobody has it': {
    files: { 'a.yaml': template(managed('P', 'Shared')) },
    findings: ['App'],
    named: ['App'],
    is: /^none: nothing in 'a.yaml' or elsewhere attaches this policy/,
  },
});

whoseTable('A line of "principals"', {
  "for the policy's address settles it": {
    files: { 'a.yaml': app, 'b.yaml': app },
    findings: ['x-AppRole-1A2B3C4D5E6F'],
    settings: { 'a.yaml#AppRole': ['x-AppRole-1A2B3C4D5E6F'] },
    is: /^certain x-AppRole-1A2B3C4D5E6F: your setting "iamPolicyRefiner.principals" says so for 'a.yaml#AppRole'$/,
  },
  "for the holder's address settles it": {
    files: { 'main.tf': main('${var.x}-app') },
    findings: ['prod-app', 'Other'],
    settings: { 'main.tf#aws_iam_role.r': ['prod-app'] },
    is: /^certain prod-app: /,
  },
  'adds holders, and takes none away whom the code names': {
    files: { 'a.yaml': template(role('A', 'App'), inline(at('A'), 'A')) },
    findings: ['App', 'Other'],
    settings: { 'a.yaml#A': ['Other'] },
    is: /^certain Other \+ App: /,
  },
  'takes none away whom the code names, not even one without findings': {
    files: { 'a.yaml': template(role('A', 'App'), inline(at('A'), 'A')) },
    findings: ['Other'],
    settings: { 'a.yaml#A': ['Other'] },
    is: /^none: the code gives this policy to the role 'App' as well, for which there are no findings/,
  },
  'with several names is what all leave unused': {
    files: { 'main.tf': main('${var.x}-app') },
    findings: ['dev-app', 'prod-app'],
    settings: { 'main.tf#p': ['dev-app', 'prod-app'] },
    is: /^certain dev-app \+ prod-app: /,
  },
  'with a pattern is all that fit': {
    files: { 'main.tf': main('${var.x}-app') },
    findings: ['dev-app', 'prod-app', 'other'],
    settings: { 'main.tf#p': ['*-app'] },
    is: /^certain dev-app \+ prod-app: /,
  },
  'with somebody without findings is none': {
    files: { 'main.tf': main('${var.x}-app') },
    findings: ['dev-app'],
    settings: { 'main.tf#p': ['dev-app', 'prod-app'] },
    is: /^none: .* no finding is about 'prod-app': it counts as using everything/,
  },
  'with a name in two accounts is ambiguous': {
    files: { 'main.tf': main('${var.x}-app') },
    findings: ['dev-app', `${SECOND}:role/dev-app`],
    settings: { 'main.tf#p': ['dev-app'] },
    is: /^ambiguous dev-app \+ 222222222222:dev-app: 'dev-app' could be any of/,
  },
  'with an ARN is that one': {
    files: { 'main.tf': main('${var.x}-app') },
    findings: ['dev-app', `${SECOND}:role/dev-app`],
    settings: { 'main.tf#p': [`arn:aws:iam::${SECOND}:role/dev-app`] },
    is: /^certain 222222222222:dev-app: /,
  },
  'with nobody is none': {
    files: { 'main.tf': main('${var.x}-app') },
    findings: ['prod-app'],
    settings: { 'main.tf#p': [] },
    is: /^none: your setting .* names nobody for 'main.tf#p'/,
  },
  'for a loop means all that it makes': {
    files: {
      'main.tf': terraform(
        role('aws_iam_role.r', '*-${each.key}', { amount: ['reader', 'writer'] }),
        inline(at('aws_iam_role.r'), 'p'),
      ),
    },
    findings: ['x-reader', 'x-writer'],
    settings: { 'main.tf#aws_iam_role.r': ['x-reader'] },
    is: /^none x-reader: 'aws_iam_role.r' makes several roles, and only x-reader is named: name all 2, or each by its key/,
  },
  'for a loop with all of them': {
    files: {
      'main.tf': terraform(
        role('aws_iam_role.r', '*-${each.key}', { amount: ['reader', 'writer'] }),
        inline(at('aws_iam_role.r'), 'p'),
      ),
    },
    findings: ['x-reader', 'x-writer'],
    settings: { 'main.tf#aws_iam_role.r': ['x-reader', 'x-writer'] },
    is: /^certain x-reader \+ x-writer: /,
  },
  'for one of a loop': {
    files: {
      'main.tf': terraform(
        role('aws_iam_role.r', '*-${each.key}', { amount: ['reader', 'writer'] }),
        inline(at('aws_iam_role.r["reader"]'), 'p'),
      ),
    },
    findings: ['x-reader', 'x-writer'],
    settings: { 'main.tf#aws_iam_role.r["reader"]': ['x-reader'] },
    is: /^certain x-reader: /,
  },
  'for a loop over what nobody knows names more than one': {
    files: {
      'main.tf': terraform(role('aws_iam_role.r', UNKNOWN, { amount: 'several' }), inline(at('aws_iam_role.r'), 'p')),
    },
    findings: ['x-reader', 'x-writer'],
    settings: { 'main.tf#aws_iam_role.r': ['x-reader'] },
    is: /^none x-reader: 'aws_iam_role.r' makes several roles, and only x-reader is named: name all of them/,
  },
  'for the policy of a loop names all that have it': {
    files: {
      'main.tf': terraform(
        role('aws_iam_role.r', '*-${each.key}', { amount: ['reader', 'writer'] }),
        inline(at('aws_iam_role.r'), 'p'),
      ),
    },
    findings: ['x-reader', 'x-writer'],
    settings: { 'main.tf#p': ['x-reader'] },
    is: /^certain x-reader: /,
  },
  'for the file is that of the policy of nobody else': {
    files: { 'policy.json': template(loose()) },
    findings: ['App', 'Other'],
    settings: { 'policy.json': ['Other'] },
    is: /^certain Other: /,
  },
  'for the file chooses among what the code leaves open': {
    files: {
      'main.tf': terraform(
        role('one', '${var.x}-reader'),
        role('two', '${var.x}-writer'),
        inline(at('one')),
        inline(at('two')),
      ),
    },
    findings: ['x-reader', 'x-writer'],
    settings: { 'main.tf': ['x-reader'] },
    is: /^certain x-reader: /,
  },
  'for the file says nothing of what the code tells': {
    files: { 'a.yaml': template(role('A', 'App'), inline(at('A'), 'A')) },
    findings: ['App', 'Other'],
    settings: { 'a.yaml': ['Other'] },
    is: /^none: this policy belongs to the role 'App', and 'Other', whom you named, cannot be that/,
  },
  'goes before what one names on the command line': {
    files: { 'main.tf': main('${var.x}-reader') },
    findings: ['dev-reader', 'prod-reader'],
    settings: { 'main.tf#p': ['dev-reader'] },
    named: ['prod-reader'],
    is: /^certain dev-reader: /,
  },
  'for the address of a module is for all of its calls': {
    files: {
      'main.tf': terraform(moduleCall('a', './m', { name: 'One' }), moduleCall('b', './m', { name: 'Two' })),
      'm/main.tf': terraform(role('r', '${var.name}-${var.suffix}'), inline(at('r'), 'p')),
    },
    policy: 'm/main.tf#/p',
    findings: ['One-x', 'Two-x', `${FIRST}:user/Ann`],
    settings: { 'm/main.tf#p': ['One-x', 'Two-x'] },
    is: /^certain One-x \+ Two-x: /,
  },
});
