import {
  at,
  inline,
  loose,
  managed,
  role,
  severalTimes,
  template,
  terraform,
  UNKNOWN,
} from '../../support/whoseFacts.ts';
import { whoseTable } from '../../support/whoseTable.ts';

const policy = template(loose());
const app = template(role('AppRole', 'App'), inline(at('AppRole')));
const several = (amount: 'several' | readonly string[]) => terraform(role('r', UNKNOWN, { amount }), inline(at('r')));

whoseTable('Findings that name nobody are about one role or user', {
  'about the only policy near them': {
    files: { 'x/policy.json': policy },
    findings: ['x/findings.json'],
    is: /^certain: 'findings.json' names no principal$/,
  },
  'about the only one below': { files: { 'x/y/policy.json': policy }, findings: ['x/findings.json'], is: /^certain: / },
  'about all policies of one role': {
    files: { 'a.yaml': template(role('A', 'App'), inline(at('A'), 'one'), inline(at('A'), 'two')) },
    findings: ['findings.json'],
    is: /^certain: /,
  },
  'about nobody elsewhere': {
    files: { 'x/policy.json': policy },
    findings: ['y/findings.json'],
    is: /^none: no principal matches/,
  },
  'about nobody for sure, where there are two policies': {
    files: { 'x/policy.json': policy, 'x/other.json': policy },
    findings: ['findings.json'],
    is: /^ambiguous: 'findings.json' names no principal, and there are policies of several roles or users that it could be about/,
  },
  'about nobody for sure, where there are two roles': {
    files: { 'a.yaml': template(role('A', 'App'), inline(at('A')), role('B', 'Other'), inline(at('B'))) },
    findings: ['findings.json'],
    is: /^ambiguous: /,
  },
  'about nobody for sure, where a loop makes several roles': {
    files: { 'main.tf': several('several') },
    findings: ['findings.json'],
    is: /^ambiguous: /,
  },
  'about nobody for sure, where a loop makes two roles': {
    files: { 'main.tf': several(['a', 'b']) },
    findings: ['findings.json'],
    is: /^ambiguous: /,
  },
  'likely, where the code may be deployed several times': {
    files: { 'a.yaml': template(role('A', 'App'), inline(at('A')), severalTimes()) },
    findings: ['findings.json'],
    is: /^likely: .* may be deployed more than once/,
  },
  'the nearest ones': {
    files: { 'x/policy.json': policy, 'policy.json': policy },
    findings: ['x/near.json', 'far.json'],
    is: /^certain: 'near.json' names no principal$/,
  },
  'after those that name whom the code tells': {
    files: { 'a.yaml': app },
    findings: ['findings.json', 'App'],
    is: /^certain App: /,
  },
  'where none is about whom the code tells': {
    files: { 'a.yaml': app },
    findings: ['findings.json', 'Other'],
    is: /^certain: 'findings.json' names no principal/,
  },
  'not about a boundary': { files: { 'boundary.json': policy }, findings: ['findings.json'], is: /^none: / },
  'about the other one beside a boundary': {
    files: { 'policy.json': policy, 'boundary.json': policy },
    findings: ['findings.json'],
    is: /^certain: /,
  },
  'not where nobody can say who has the policy': {
    files: {
      'a.yaml': template(
        managed('P', undefined, { takers: [{ takes: 'any', by: { kind: 'unknown', why: "'Foo' takes it" } }] }),
      ),
    },
    findings: ['findings.json'],
    is: /^none: 'Foo' takes it/,
  },
  'not where "strict" wants a principal': {
    files: { 'policy.json': policy },
    findings: ['findings.json'],
    question: { isStrict: true },
    is: /^none: 'findings.json' names no principal, and "strict" wants one/,
  },
  'wherever they lie, where the user named them': {
    files: { 'x/policy.json': policy },
    findings: ['y/findings.json'],
    question: { anywhere: true },
    is: /^certain: 'findings.json' names no principal$/,
  },
});

whoseTable('One policy and findings about one principal that the user named', {
  'are about each other': {
    files: { 'policy.json': policy },
    findings: ['App'],
    question: { anywhere: true, isNamed: true },
    is: /^certain App: the findings are about nobody else$/,
  },
  'are not, where there are several': {
    files: { 'policy.json': policy },
    findings: ['App', 'Other'],
    question: { anywhere: true, isNamed: true },
    is: /^none: no principal matches/,
  },
  'are not, where the policy was only found': {
    files: { 'policy.json': policy },
    findings: ['App'],
    question: { anywhere: true },
    is: /^none: no principal matches/,
  },
  'are not, where the code tells another one': {
    files: { 'a.yaml': template(role('A', 'Other'), inline(at('A'))) },
    findings: ['App'],
    question: { anywhere: true, isNamed: true },
    is: /^none: this policy belongs to the role 'Other'/,
  },
  'are not, where the path names another account': {
    files: { '222222222222/policy.json': policy },
    findings: ['App'],
    question: { anywhere: true, isNamed: true },
    is: /^none: the findings are about 'App' in the account 111111111111, and the path names another one/,
  },
});
