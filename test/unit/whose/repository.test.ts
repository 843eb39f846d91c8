import { at, inline, loose, role, template, terraform } from '../../support/whoseFacts.ts';
import { whoseTable } from '../../support/whoseTable.ts';

const app = template(role('AppRole', 'App'), inline(at('AppRole')));

whoseTable('A repository answers', {
  'nothing without findings': { files: { 'a.yaml': app }, findings: [], is: /^none: no findings file was found$/ },
  'nothing for a policy of which no file tells': {
    files: { 'a.yaml': app },
    policy: 'b.yaml#/AppRole',
    findings: ['App'],
    is: /^none: nothing is known of who holds this policy$/,
  },
  'nothing for an old version of a policy': {
    files: { 'a.json': template(loose({ leftAlone: 'this is an old version of the policy' })) },
    findings: ['App'],
    is: /^none: this is an old version of the policy$/,
  },
  'nothing for a file that is made of others': {
    files: { 'cdk.out/a.json': app },
    findings: ['App'],
    is: /^none: this file is made of others by a tool, so it is neither marked nor rewritten: refine what it is made of$/,
  },
  'without regard to files that are made of others': {
    files: { 'a.yaml': app, 'cdk.out/a.json': app, '.aws-sam/build/template.yaml': app },
    findings: ['App'],
    is: /^certain App: the role 'App' holds this policy$/,
  },
  'nothing where its file could not be read': {
    files: { 'a.yaml': template(role('AppRole', 'App'), inline(at('AppRole')), { unread: 'it is no YAML' }) },
    findings: ['App'],
    is: /^none: it is no YAML, so that nobody can say who holds this policy/,
  },
  'nothing where a file of its module could not be read': {
    files: { 'main.tf': terraform(role('r', 'App'), inline(at('r'))), 'x.tf': terraform({ unread: 'it is no HCL' }) },
    findings: ['App'],
    is: /^none: 'x.tf' beside this file cannot be read, so that nobody can say who holds this policy/,
  },
  'likely at best where not all files were read': {
    files: { 'a.yaml': app },
    findings: ['App'],
    options: { partial: 'there are more than 20,000 files' },
    is: /^likely App: the role 'App' holds this policy, but there are more than 20,000 files/,
  },
});
