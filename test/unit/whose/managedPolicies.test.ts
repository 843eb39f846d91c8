import {
  at,
  attach,
  attachNamed,
  called,
  group,
  importOf,
  include,
  inline,
  listsAccount,
  loose,
  managed,
  moduleCall,
  nestedStack,
  role,
  template,
  terraform,
  UNKNOWN,
  value,
} from '../../support/whoseFacts.ts';
import { FIRST, SECOND, whoseTable } from '../../support/whoseTable.ts';

const shared = template(role('AppRole', 'App'), managed('P', 'Shared'), attach('P', at('AppRole')));

whoseTable('A managed policy is followed', {
  'to the role that refers to it': { files: { 'a.yaml': shared }, findings: ['App'], is: /^certain App: / },
  'to all of them': {
    files: {
      'a.yaml': template(
        role('A', 'App'),
        role('B', 'Other'),
        managed('P'),
        attach('P', at('A')),
        attach('P', at('B')),
      ),
    },
    findings: ['App', 'Other'],
    is: /^certain App \+ Other: the role 'App' holds this policy, and the role 'Other' holds this policy$/,
  },
  'to all of them: one without findings uses everything': {
    files: {
      'a.yaml': template(
        role('A', 'App'),
        role('B', 'Other'),
        managed('P'),
        attach('P', at('A')),
        attach('P', at('B')),
      ),
    },
    findings: ['App'],
    is: /^none: this policy belongs to the role 'Other', for which there are no findings/,
  },
  'to all of them: one of unknown identity uses everything': {
    files: { 'a.yaml': template(role('A', 'App'), managed('P'), attach('P', at('A')), attach('P', called('?'))) },
    findings: ['App'],
    is: /^none: a role of whom no name is known here holds this policy/,
  },
  'to a group, of which nobody knows the members': {
    files: {
      'a.yaml': template(
        role('A', 'App'),
        group('G', 'Devs'),
        managed('P'),
        attach('P', at('A')),
        attach('P', at('G', 'group')),
      ),
    },
    findings: ['App'],
    is: /^none: the group 'Devs' holds this policy, and nobody can say here who its members are/,
  },
  'by its name in another file': {
    files: { 'a.yaml': shared, 'b.yaml': template(role('R', 'Other'), attachNamed('Shared', at('R'))) },
    findings: ['App', 'Other'],
    is: /^certain App \+ Other: /,
  },
  'by its name in another file: one without findings uses everything': {
    files: { 'a.yaml': shared, 'b.yaml': template(role('R', 'Other'), attachNamed('Shared', at('R'))) },
    findings: ['App'],
    is: /^none: this policy belongs to the role 'Other', for which there are no findings/,
  },
  'by its ARN, whatever syntax and folder': {
    files: { 'a.yaml': shared, 'x/b.tf': terraform(attachNamed('Shared', called('Other'), { account: FIRST })) },
    findings: ['App'],
    is: /^none: this policy belongs to the role 'Other', for which there are no findings/,
  },
  'by its ARN, as its path goes before its name': {
    files: { 'a.yaml': shared, 'x/b.tf': terraform(attachNamed('team/x/Shared', called('Other'))) },
    findings: ['App'],
    is: /^none: this policy belongs to the role 'Other'/,
  },
  'by a computed name that it can have: no more than likely': {
    files: { 'a.yaml': shared, 'b.tf': terraform(attachNamed('Sha${var.x}', called('App'))) },
    findings: ['App'],
    is: /^none|likely App: .* but a name or ARN that is computed may mean this policy/,
  },
  'by a computed name that it can have, to others': {
    files: { 'a.yaml': shared, 'b.tf': terraform(attachNamed('Shar*', called('Other'))) },
    findings: ['App'],
    is: /^none: this policy belongs to the role 'Other'/,
  },
  'by a computed name that it cannot have, to nobody': {
    files: { 'a.yaml': shared, 'b.tf': terraform(attachNamed('Other*', called('Other'))) },
    findings: ['App'],
    is: /^certain App: /,
  },
  'by a literal name that its computed one can have': {
    files: {
      'a.yaml': template(role('AppRole', 'App'), managed('P', '${Prefix}-shared'), attach('P', at('AppRole'))),
      'b.yaml': template(role('R', 'Other'), attachNamed('prod-shared', at('R'))),
    },
    findings: ['App'],
    is: /^none: this policy belongs to the role 'Other'/,
  },
  'by the name that CloudFormation makes up': {
    files: {
      'a.yaml': template(
        role('AppRole', 'App'),
        managed('SharedPolicy', { isMadeUp: true }),
        attach('SharedPolicy', at('AppRole')),
      ),
      'b.yaml': template(role('R', 'Other'), attachNamed('orders-SharedPolicy-1A2B3C4D5E6F', at('R'))),
    },
    findings: ['App'],
    is: /^none: this policy belongs to the role 'Other'/,
  },
  'not to those of another name': {
    files: { 'a.yaml': shared, 'b.yaml': template(role('R', 'Other'), attachNamed('Shared2', at('R'))) },
    findings: ['App'],
    is: /^certain App: /,
  },
  'as a boundary it is none of the findings': {
    files: {
      'a.yaml': template(
        managed('P', 'Shared'),
        attach('P', { kind: 'other', why: "it is the boundary of 'App'" }),
        role('AppRole', 'App'),
        attach('P', at('AppRole')),
      ),
    },
    findings: ['App'],
    is: /^none: it is the boundary of 'App'/,
  },
  'into whatever takes it, where nobody can say who holds it': {
    files: {
      'a.yaml': template(
        managed('P'),
        role('A', 'App'),
        attach('P', at('A')),
        attach('P', { kind: 'unknown', why: "'Foo' takes it" }),
      ),
    },
    findings: ['App'],
    is: /^none: 'Foo' takes it, so that nobody can say who holds this policy/,
  },
  'out of an output, which somebody may take: likely': {
    files: {
      'a.yaml': template(
        managed('P'),
        role('A', 'App'),
        attach('P', at('A')),
        attach('P', { kind: 'output', name: 'Arn' }),
      ),
    },
    findings: ['App'],
    is: /^likely App: the role 'App' holds this policy, but the output 'Arn' may hand it on/,
  },
  'out of the output of a module': {
    files: {
      'main.tf': terraform(moduleCall('p', './p'), attach('module.p.arn', called('Other'))),
      'p/main.tf': terraform(managed('P', 'Shared'), attach('P', { kind: 'output', name: 'arn' })),
    },
    policy: 'p/main.tf#/P',
    findings: ['Other'],
    is: /^certain Other: /,
  },
  'into the argument of a module': {
    files: {
      'main.tf': terraform(
        managed('P', 'Shared'),
        moduleCall('r', './r'),
        attach('P', { kind: 'argument', call: 'module.r', name: 'policy_arn' }),
      ),
      'r/main.tf': terraform(role('r', 'App'), attach('var.policy_arn', at('r'))),
    },
    findings: ['App'],
    is: /^certain App: /,
  },
  'into the argument of a module that is not here': {
    files: {
      'main.tf': terraform(
        managed('P', 'Shared'),
        moduleCall('r', 'github.com/x/y'),
        attach('P', { kind: 'argument', call: 'module.r', name: 'policy_arn' }),
      ),
    },
    findings: ['App'],
    is: /^none: the module 'r' takes it, and is not in this repository, so that nobody can say/,
  },
  'into the parameter of a nested stack': {
    files: {
      'root.yaml': template(
        managed('P'),
        nestedStack('Child', 'child.yaml'),
        attach('P', { kind: 'argument', call: 'Child', name: 'Arn' }),
      ),
      'child.yaml': template(role('R', 'App'), attach('Arn', at('R'))),
    },
    findings: ['App'],
    is: /^certain App: /,
  },
  'through local values': {
    files: {
      'main.tf': terraform(
        managed('P'),
        { edges: [{ of: 'P', gives: 'arn', to: { takes: 'arn', by: { kind: 'address', address: 'local.p' } } }] },
        {
          edges: [
            {
              of: 'local.p',
              gives: 'same',
              to: { takes: 'arn', by: { kind: 'holder', holder: called('App'), quota: 6144 } },
            },
          ],
        },
      ),
    },
    findings: ['App'],
    is: /^certain App: /,
  },
  'through local values that refer to each other in a ring': {
    files: {
      'main.tf': terraform(
        managed('P'),
        { edges: [{ of: 'P', gives: 'arn', to: { takes: 'arn', by: { kind: 'address', address: 'local.a' } } }] },
        {
          edges: [{ of: 'local.a', gives: 'same', to: { takes: 'any', by: { kind: 'address', address: 'local.b' } } }],
        },
        {
          edges: [{ of: 'local.b', gives: 'same', to: { takes: 'any', by: { kind: 'address', address: 'local.a' } } }],
        },
        {
          edges: [
            {
              of: 'local.b',
              gives: 'same',
              to: { takes: 'arn', by: { kind: 'holder', holder: called('App'), quota: 6144 } },
            },
          ],
        },
      ),
    },
    findings: ['App'],
    is: /^certain App: /,
  },
  'not where only its text is taken': {
    files: { 'a.yaml': template(managed('P'), attach('P', called('App'), 'document'), attach('P', called('Other'))) },
    findings: ['App'],
    is: /^none: this policy belongs to the role 'Other'/,
  },
  'out of an export that another stack imports: likely, as others may': {
    files: {
      'a.yaml': template(managed('P'), attach('P', { kind: 'export', name: ['shared-arn'] })),
      'b.yaml': template(role('R', 'App'), importOf('shared-arn', at('R'))),
    },
    findings: ['App'],
    is: /^likely App: .* but other stacks than those here may import it/,
  },
  'out of an export that nobody imports here': {
    files: { 'a.yaml': template(managed('P'), attach('P', { kind: 'export', name: ['shared-arn'] })) },
    findings: ['App'],
    is: /^none: the export 'shared-arn' hands it on, so that nobody can say/,
  },
  'nowhere, where nobody has it': {
    files: { 'a.yaml': template(managed('P', 'Shared')) },
    findings: ['App'],
    is: /^none: nothing in 'a.yaml' or elsewhere attaches this policy to a role or user/,
  },
  'in every module that calls the one that declares it': {
    files: {
      'dev/main.tf': terraform(moduleCall('m', '../m', { name: 'Dev' })),
      'prod/main.tf': terraform(moduleCall('m', '../m', { name: 'Prod' })),
      'm/main.tf': terraform(role('r', '${var.name}'), managed('P', 'Shared'), attach('P', at('r'))),
    },
    policy: 'm/main.tf#/P',
    findings: ['Dev', 'Prod'],
    is: /^certain Dev \+ Prod: /,
  },
});

whoseTable('A file that code puts in', {
  'is whose the code says, whatever it is called': {
    files: { 'Other.json': template(loose()), 'main.tf': terraform(include('Other.json', called('App'))) },
    findings: ['App', 'Other'],
    is: /^certain App: /,
  },
  'from another folder': {
    files: {
      'policies/x.json': template(loose()),
      'tf/main.tf': terraform(include('../policies/x.json', called('App'))),
    },
    findings: ['App'],
    is: /^certain App: /,
  },
  'from the root of the repository': {
    files: {
      'policies/x.json': template(loose()),
      'tf/main.tf': terraform(include('policies/x.json', called('App'), { isFromRoot: true })),
    },
    findings: ['App'],
    is: /^certain App: /,
  },
  'by a path that is known': {
    files: {
      'policies/x.json': template(loose()),
      'main.tf': terraform(include('${local.folder}/x.json', called('App')), value('local.folder', 'policies')),
    },
    findings: ['App'],
    is: /^certain App: /,
  },
  'by a path that is computed: likely': {
    files: {
      'policies/x.json': template(loose()),
      'main.tf': terraform(include('policies/${var.x}.json', called('App'))),
    },
    findings: ['App'],
    is: /^likely App: .* but a path that is computed may mean this file/,
  },
  'for somebody whom nobody knows': {
    files: { 'App.json': template(loose()), 'main.tf': terraform(include('App.json', called('?'))) },
    findings: ['App'],
    is: /^none: a role of whom no name is known here/,
  },
});

whoseTable('Members of a group', {
  'are known from a whole inventory': {
    files: {
      'a.yaml': template(group('G', 'Devs'), inline(at('G', 'group'))),
      'details.json': template(
        listsAccount(FIRST, { 'user/ann': { groups: ['Devs'] }, 'user/bob': { groups: ['Devs'] } }),
      ),
    },
    findings: ['user/ann', 'user/bob'],
    is: /^certain ann \+ bob: these are the members of the group 'Devs'$/,
  },
  'use everything where they have no findings': {
    files: {
      'a.yaml': template(group('G', 'Devs'), inline(at('G', 'group'))),
      'details.json': template(
        listsAccount(FIRST, { 'user/ann': { groups: ['Devs'] }, 'user/bob': { groups: ['Devs'] } }),
      ),
    },
    findings: ['user/ann'],
    is: /^none: arn:aws:iam::111111111111:user\/bob is a member of the group 'Devs', and has no findings/,
  },
  'are not known from one page of several': {
    files: {
      'a.yaml': template(group('G', 'Devs'), inline(at('G', 'group'))),
      'details.json': template(listsAccount(FIRST, { 'user/ann': { groups: ['Devs'] } }, { isWhole: false })),
    },
    findings: ['user/ann'],
    is: /^none: the group 'Devs' holds this policy, and nobody can say here who its members are/,
  },
  'are those of the account in the path': {
    files: {
      [`${SECOND}/a.yaml`]: template(group('G', 'Devs'), inline(at('G', 'group'))),
      'details.json': template(listsAccount(FIRST, { 'user/ann': { groups: ['Devs'] } })),
    },
    findings: ['user/ann'],
    is: /^none: the group 'Devs' holds this policy, and nobody can say here who its members are/,
  },
  'are nobody for sure where two files declare the group': {
    files: {
      'dev/a.yaml': template(group('G', 'Devs'), inline(at('G', 'group'))),
      'prod/a.yaml': template(group('G', 'Devs'), inline(at('G', 'group'))),
      'details.json': template(listsAccount(FIRST, { 'user/ann': { groups: ['Devs'] } })),
    },
    findings: ['user/ann'],
    is: /^ambiguous ann: the group 'Devs' is also declared in 'prod\/a.yaml'/,
  },
  'are nobody where nobody knows its name': {
    files: {
      'a.yaml': template(group('G', UNKNOWN), inline(at('G', 'group'))),
      'details.json': template(listsAccount(FIRST, { 'user/ann': { groups: ['Devs'] } })),
    },
    findings: ['user/ann'],
    is: /^none: the group 'G' holds this policy, and nobody can say here who its members are/,
  },
});
