import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { outline } from '../../support/jsonOutline.ts';

interface Case {
  readonly text: string;
  /** The policies that are found; see `outline`. */
  readonly found: string;
}

const statement = '{"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}';

suite('A policy is an object with statements that have an effect', {
  'a list of statements': {
    text: '{"Statement": [{"Effect": "Allow", "Action": "s3:Get*"}, {"Effect": "Deny", "Action": "s3:Put*"}]}',
    found: '(the file)\n  Allow Action s3:Get*\n  Deny Action s3:Put*',
  },
  'a single statement without a list': {
    text: `{"Statement": ${statement}}`,
    found: '(the file)\n  Allow Action s3:Get*',
  },
  'a list of actions': {
    text: '{"Statement": [{"Effect": "Allow", "Action": ["s3:Get*", "s3:Put*"]}]}',
    found: '(the file)\n  Allow Action s3:Get* s3:Put*',
  },
  'a list without actions': {
    text: '{"Statement": [{"Effect": "Allow", "Action": []}]}',
    found: '(the file)\n  Allow Action',
  },
  NotAction: {
    text: '{"Statement": [{"Effect": "Allow", "NotAction": ["iam:*"]}]}',
    found: '(the file)\n  Allow NotAction iam:*',
  },
  'Principal and NotPrincipal': {
    text: `{"Statement": [
      {"Effect": "Allow", "Principal": "*", "Action": "s3:A"},
      {"Effect": "Allow", "NotPrincipal": {"AWS": "*"}, "Action": "s3:B"}
    ]}`,
    found: '(the file)\n  Allow Action s3:A (principal)\n  Allow Action s3:B (principal)',
  },
  'escapes in keys and entries': {
    text: '{"Statement": [{"\\u0045ffect": "Allow", "Action": "s3:\\u0047et*"}]}',
    found: '(the file)\n  Allow Action s3:Get*',
  },
  'an effect of any kind, which others judge': {
    text: '{"Statement": [{"Effect": "allow", "Action": "s3:A"}, {"Effect": "", "Action": "s3:B"}]}',
    found: '(the file)\n  allow Action s3:A\n   Action s3:B',
  },
});

suite('What holds policies', {
  'a CloudFormation template': {
    text: `{"Resources": {
      "A/B~C": {"Type": "AWS::IAM::Role", "Properties": {"Policies": [{"PolicyDocument": {"Statement": [${statement}]}}]}},
      "D": {"Type": "AWS::IAM::ManagedPolicy", "Properties": {"PolicyDocument": {"Statement": ${statement}}}}
    }}`,
    found: [
      '/Resources/A~1B~0C/Properties/Policies/0/PolicyDocument',
      '  Allow Action s3:Get*',
      '/Resources/D/Properties/PolicyDocument',
      '  Allow Action s3:Get*',
    ].join('\n'),
  },
  'an answer of `aws iam get-role-policy`': {
    text: `{"RoleName": "App", "PolicyName": "p", "PolicyDocument": {"Statement": [${statement}]}}`,
    found: '/PolicyDocument\n  Allow Action s3:Get*',
  },
  'an answer of `aws iam get-policy-version`': {
    text: `{"PolicyVersion": {"Document": {"Statement": [${statement}]}, "VersionId": "v1", "IsDefaultVersion": true}}`,
    found: '/PolicyVersion/Document\n  Allow Action s3:Get*',
  },
  'a list of policies': {
    text: `[{"Statement": ${statement}}, [{"Statement": ${statement}}]]`,
    found: '/0\n  Allow Action s3:Get*\n/1/0\n  Allow Action s3:Get*',
  },
  'keys of all kinds': {
    text: `{"": {"a b": {"__proto__": {"Statement": ${statement}}}}}`,
    found: '//a b/__proto__\n  Allow Action s3:Get*',
  },
});

suite('No policy is', {
  'an object without statements': { text: '{"Version": "2012-10-17"}', found: '' },
  'a list of statements that have no effect': { text: '{"Statement": [{"Action": "s3:Get*"}]}', found: '' },
  'an empty list': { text: '{"Statement": []}', found: '' },
  'a Statement that is a string': { text: '{"Statement": "Effect: Allow"}', found: '' },
  'a Statement that is a number': { text: '{"Statement": 1}', found: '' },
  'a Statement of another kind': { text: '{"Statement": [["Effect", "Allow"], {"effect": "Allow"}]}', found: '' },
  'a statement without a policy around it': { text: statement, found: '' },
  'a policy inside a string': { text: JSON.stringify({ Policy: `{"Statement": [${statement}]}` }), found: '' },
  'an object that repeats Statement, for who knows which one counts': {
    text: `{"Statement": [${statement}], "Statement": [${statement}]}`,
    found: '',
  },
  'an empty text': { text: '', found: '' },
});

suite('A statement is left out of a policy', {
  'that has no effect': {
    text: `{"Statement": [{"Action": "s3:Put*"}, ${statement}]}`,
    found: '(the file)\n  Allow Action s3:Get*',
  },
  'whose effect is no string': {
    text: `{"Statement": [{"Effect": 1, "Action": "s3:Put*"}, ${statement}]}`,
    found: '(the file)\n  Allow Action s3:Get*',
  },
  'that is no object': {
    text: `{"Statement": [null, "Allow", ${statement}]}`,
    found: '(the file)\n  Allow Action s3:Get*',
  },
  'that repeats Effect': {
    text: `{"Statement": [{"Effect": "Deny", "Effect": "Allow", "Action": "s3:Put*"}, ${statement}]}`,
    found: '(the file)\n  Allow Action s3:Get*',
  },
  'that repeats Action': {
    text: `{"Statement": [{"Effect": "Allow", "Action": "s3:A", "Action": "s3:B"}, ${statement}]}`,
    found: '(the file)\n  Allow Action s3:Get*',
  },
  'that has both Action and NotAction': {
    text: `{"Statement": [{"Effect": "Allow", "Action": "s3:A", "NotAction": "s3:B"}, ${statement}]}`,
    found: '(the file)\n  Allow Action s3:Get*',
  },
  'that has neither Action nor NotAction': {
    text: `{"Statement": [{"Effect": "Allow", "Resource": "*"}, ${statement}]}`,
    found: '(the file)\n  Allow Action s3:Get*',
  },
  'that spells Action in another case': {
    text: `{"Statement": [{"Effect": "Allow", "action": "s3:A"}, ${statement}]}`,
    found: '(the file)\n  Allow Action s3:Get*',
  },
});

suite('What CloudFormation conditions choose from is read in its place', {
  'a statement, or nothing': {
    text: `{"Statement": [${statement}, {"Fn::If": ["Debug", {"Effect": "Allow", "Action": "s3:Put*"}, {"Ref": "AWS::NoValue"}]}]}`,
    found: '(the file)\n  Allow Action s3:Get*\n  Allow Action s3:Put* (must stay)',
  },
  'all statements, and a condition in a condition': {
    text: `{"Statement": {"Fn::If": ["A", [${statement}], {"Fn::If": ["B", ${statement}, ${statement}]}]}}`,
    found: `(the file)${'\n  Allow Action s3:Get* (must stay)'.repeat(3)}`,
  },
});

suite('What is no string in a list of actions is kept in mind', {
  'an object': {
    text: '{"Statement": [{"Effect": "Allow", "Action": ["s3:A", {"Ref": "B"}, "s3:C"]}]}',
    found: '(the file)\n  Allow Action s3:A s3:C (opaque)',
  },
  'a string into which a tool puts something': {
    text: '{"Statement": [{"Effect": "Allow", "Action": ["s3:A", "s3:${self:custom.verb}*", "{{ extra }}", "<%= b %>"]}]}',
    found: '(the file)\n  Allow Action s3:A (opaque)',
  },
  'a number': {
    text: '{"Statement": [{"Effect": "Allow", "Action": [1, "s3:A"]}]}',
    found: '(the file)\n  Allow Action s3:A (opaque)',
  },
  'a list': {
    text: '{"Statement": [{"Effect": "Allow", "Action": [["s3:A"], null]}]}',
    found: '(the file)\n  Allow Action (opaque)',
  },
  'an object in place of the list': {
    text: '{"Statement": [{"Effect": "Allow", "Action": {"Fn::If": ["C", "s3:A", "s3:B"]}}]}',
    found: '(the file)\n  Allow Action (opaque)',
  },
  'a number in place of the list': {
    text: '{"Statement": [{"Effect": "Allow", "Action": 1}]}',
    found: '(the file)\n  Allow Action (opaque)',
  },
});

suite('JSONC is read', {
  comments: {
    text: `// a policy
{"Statement": [ /* one */ {"Effect": "Allow", "Action": ["s3:A", // "s3:B",
  "s3:C"]} ]} // the end`,
    found: '(the file)\n  Allow Action s3:A s3:C',
  },
  'trailing commas': {
    text: '{"Statement": [{"Effect": "Allow", "Action": ["s3:A",],},],}',
    found: '(the file)\n  Allow Action s3:A',
  },
  'CRLF line ends': {
    text: '{\r\n"Statement": [{\r\n"Effect": "Allow", // x\r\n"Action": "s3:A"\r\n}]}\r\n',
    found: '(the file)\n  Allow Action s3:A',
  },
});

function suite(name: string, cases: Readonly<Record<string, Case>>): void {
  describe(name, () => {
    for (const [what, { text, found }] of Object.entries(cases)) test(what, () => assert.equal(outline(text), found));
  });
}
