import { at, called, inline, loose, role, template, terraform } from '../../support/whoseFacts.ts';
import { FIRST, SECOND, whoseTable } from '../../support/whoseTable.ts';

const main = (name: string) => terraform(role('aws_iam_role.r', name), inline(at('aws_iam_role.r'), 'p'));

whoseTable('A name that is computed', {
  'is likely that of a principal that fits': {
    files: { 'main.tf': main('${var.prefix}-backup') },
    findings: ['prod-backup', 'Other'],
    is: /^likely prod-backup: the name of the role 'aws_iam_role.r', called '\*-backup' fits → "principals": \{"\.\/main\.tf#p": "prod-backup"\}$/,
  },
  'is likely that of all that fit': {
    files: { 'main.tf': main('${var.prefix}-backup') },
    findings: ['dev-backup', 'prod-backup'],
    is: /^likely dev-backup \+ prod-backup: .* → "principals": \{"\.\/main\.tf#p": \["dev-backup","prod-backup"\]\}$/,
  },
  'is nobody else': {
    files: { 'main.tf': main('${var.prefix}-backup') },
    findings: ['prod-app', 'user/prod-backup'],
    is: /^none: this policy belongs to the role 'aws_iam_role.r', called '\*-backup', and no finding is about a role of such a name/,
  },
  'is of the account in the path': {
    files: { [`${SECOND}/main.tf`]: main('${var.prefix}-backup') },
    findings: ['prod-backup', `${SECOND}:role/dev-backup`],
    is: /^likely 222222222222:dev-backup: /,
  },
  'gives way to a literal one': {
    files: { 'a/main.tf': main('*-backup'), 'b/main.tf': main('prod-backup') },
    findings: ['prod-backup'],
    is: /^none: this policy belongs to the role 'aws_iam_role.r', called '\*-backup', and no finding is about a role of such a name/,
  },
  'takes nothing of a literal one': {
    files: { 'b/main.tf': main('prod-backup'), 'a/main.tf': main('*-backup') },
    findings: ['prod-backup'],
    is: /^certain prod-backup: /,
  },
  'does not give way to who only means it': {
    files: { 'a/main.tf': main('*-backup'), 'b/main.tf': terraform(inline(called('prod-backup'))) },
    findings: ['prod-backup'],
    is: /^likely prod-backup: /,
  },
  'gives way to one that CloudFormation made up': {
    files: { 'a/main.tf': main('orders-*'), 'b.yaml': template(role('AppRole'), inline(at('AppRole'))) },
    findings: ['orders-AppRole-1A2B3C4D5E6F'],
    is: /^none: .* no finding is about a role of such a name/,
  },
  'competes with others that fit': {
    files: { 'a/main.tf': main('*-backup'), 'b/main.tf': main('${var.x}-backup') },
    findings: ['prod-backup'],
    is: /^ambiguous prod-backup: .*role\/prod-backup could be the role 'aws_iam_role.r', called '\*-backup' or the role 'aws_iam_role.r', called '\*-backup' in 'b'/,
  },
  'competes with another one of the same module': {
    files: { 'main.tf': terraform(role('one', '*-app-role'), role('two', '*-role'), inline(at('one'))) },
    findings: ['prod-app-role'],
    is: /^ambiguous prod-app-role: /,
  },
  'competes not with one that the other cannot be': {
    files: { 'main.tf': terraform(role('one', '*-backup'), role('two', '*-other'), inline(at('one'))) },
    findings: ['prod-backup', 'prod-other'],
    is: /^likely prod-backup: /,
  },
  'is one where two declarations are under conditions': {
    files: {
      'a.yaml': template(
        role('One', '*-backup', { condition: 'A' }),
        role('Two', '*-backup', { condition: 'B' }),
        inline(at('One')),
      ),
    },
    findings: ['prod-backup'],
    is: /^likely prod-backup: /,
  },
  'likely, where the other one is for tests': {
    files: { 'a/main.tf': main('*-backup'), 'tests/main.tf': main('${var.x}-backup') },
    findings: ['prod-backup'],
    is: /^likely prod-backup: .* which is for tests or examples/,
  },
  'of somebody who is only meant is the one that is declared': {
    files: { 'a/main.tf': terraform(inline(called('*-backup'))), 'b/main.tf': main('${var.x}-backup') },
    findings: ['prod-backup'],
    is: /^likely prod-backup: /,
  },
  'does not keep a file from being called like the principal': {
    files: { 'prod-backup.json': template(loose()), 'main.tf': main('*-other-backup') },
    findings: ['prod-backup', `${FIRST}:role/x-other-backup`],
    is: /^certain prod-backup: the file is called/,
  },
});
