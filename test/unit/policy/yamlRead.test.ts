import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { outline } from '../../support/yamlOutline.ts';

interface Case {
  readonly text: string;
  /** The policies that are found; see `outlineIn`. */
  readonly found: string;
}

suite('The forms of YAML', {
  'lists with dashes, quotes of both kinds, comments': {
    text: `
Version: '2012-10-17'
Statement:
  # reads
  - Effect: Allow # yes
    Action:
      - s3:Get* # all
      # more
      - "s3:List*"
      - 's3:Head*'
    Resource: '*'
`,
    found: '(the file)\n  Allow Action s3:Get* s3:List* s3:Head*',
  },
  'dashes at the column of the key': {
    text: 'Statement:\n- Effect: Allow\n  Action:\n  - s3:A\n  - s3:B\n',
    found: '(the file)\n  Allow Action s3:A s3:B',
  },
  'lists between brackets, and a statement between braces': {
    text: 'Statement:\n  - {Effect: Allow, Action: [s3:A, "s3:B"], Resource: "*"}\n',
    found: '(the file)\n  Allow Action s3:A s3:B',
  },
  'a single string, and a single statement': {
    text: 'Statement:\n  Effect: Allow\n  NotAction: iam:*\n',
    found: '(the file)\n  Allow NotAction iam:*',
  },
  'JSON in YAML': {
    text: 'Policy:\n  {"Statement": [{"Effect": "Allow",\n   "Action": ["s3:A"]}]}\n',
    found: '/Policy\n  Allow Action s3:A',
  },
  'several documents': {
    text: '---\ntitle: x\n---\nStatement:\n  - Effect: Allow\n    Action: s3:A\n',
    found: '/1\n  Allow Action s3:A',
  },
  'CRLF, and a byte order mark': {
    text: '\ufeffStatement:\r\n  - Effect: Allow\r\n    Action:\r\n      - s3:A\r\n      - s3:B\r\n',
    found: '(the file)\n  Allow Action s3:A s3:B',
  },
});

suite("CloudFormation's functions", {
  'as entries are no entries': {
    text: `
Statement:
  - Effect: Allow
    Action: [!Ref A, !Sub 's3:\${B}', s3:C, !Rain::Embed x.txt]
  - Effect: Allow
    Action: !Ref Actions
  - Effect: Allow
    Action:
      Fn::Split: [',', !Ref Actions]
`,
    found: '(the file)\n  Allow Action s3:C (opaque)\n  Allow Action (opaque)\n  Allow Action (opaque)',
  },
  'that choose statements': {
    text: `
Statement:
  - Effect: Allow
    Action: s3:A
  - !If
    - Debug
    - Effect: Allow
      Action: s3:B
    - !Ref AWS::NoValue
`,
    found: '(the file)\n  Allow Action s3:A\n  Allow Action s3:B (must stay)',
  },
});

suite('Lists of statements, as Serverless has them', {
  'of the role that all functions share': {
    text: 'provider:\n  iam:\n    role:\n      statements:\n        - Effect: Allow\n          Action: s3:A\n',
    found: '/provider/iam/role/statements\n  Allow Action s3:A',
  },
  'of one function': {
    text: 'functions:\n  hello:\n    iamRoleStatements:\n      - Effect: Allow\n        Action: [s3:A]\n',
    found: '/functions/hello/iamRoleStatements\n  Allow Action s3:A',
  },
  'of a file of their own': { text: '- Effect: Allow\n  Action: s3:A\n', found: '(the file)\n  Allow Action s3:A' },
  'but none of a Statement that says nothing clear': {
    text: 'Statement:\n  - Effect: Allow\n    Action: s3:A\nStatement:\n  - Effect: Allow\n    Action: s3:B\n',
    found: '',
  },
});

suite('Anchors and aliases', {
  'a list that statements of one policy share is read at its anchor, and holds its statement': {
    text: `
Statement:
  - Effect: Allow
    Action: &reads [s3:A, s3:B]
    Resource: a
  - Effect: Allow
    Action: *reads
    Resource: b
`,
    found: '(the file)\n  Allow Action s3:A s3:B (must stay)\n  Allow Action (opaque)',
  },
  'a list that a Deny uses as well is left alone': {
    text: 'Statement:\n  - Effect: Allow\n    Action: &x [s3:A]\n  - Effect: Deny\n    Action: *x\n',
    found: '(the file)\n  Allow Action (opaque) (must stay)\n  Deny Action (opaque)',
  },
  'a list that another policy uses as well is left alone': {
    text: 'a:\n  Statement:\n    - Effect: Allow\n      Action: &x [s3:A]\nb:\n  Statement:\n    - Effect: Allow\n      Action: *x\n',
    found: '/a\n  Allow Action (opaque) (must stay)\n/b\n  Allow Action (opaque)',
  },
  'an entry that is used elsewhere is left alone': {
    text: 'Statement:\n  - Effect: Allow\n    Action: [&x s3:A, s3:B]\n  - Effect: Allow\n    Action: *x\n',
    found: '(the file)\n  Allow Action s3:B (opaque) (must stay)\n  Allow Action (opaque)',
  },
  'a statement that holds what another one uses must stay': {
    text: 'Statement:\n  - Effect: Allow\n    Action: s3:A\n    Resource: &r [a]\n  - Effect: Allow\n    Action: s3:B\n    Resource: *r\n',
    found: '(the file)\n  Allow Action s3:A (must stay)\n  Allow Action s3:B',
  },
  'statements that are merged are left alone, and those that are used again': {
    text: 'Statement:\n  - &s\n    Effect: Allow\n    Action: s3:A\n  - <<: *s\n    Action: s3:B\n  - Effect: Allow\n    Action: s3:C\n',
    found: '(the file)\n  Allow Action s3:C',
  },
  'a policy that is used again is left alone': {
    text: 'a: &p\n  Statement:\n    - Effect: Allow\n      Action: s3:A\nb: *p\n',
    found: '',
  },
  'a statement with a key that is used elsewhere must stay': {
    text: 'Statement:\n  - Effect: Allow\n    &k Action: [s3:A]\n  - Effect: Allow\n    Action: s3:B\n    Resource: *k\n',
    found: '(the file)\n  Allow Action s3:A (must stay)\n  Allow Action s3:B',
  },
  'a statement with a key that holds what is used elsewhere must stay': {
    text: 'Statement:\n  - Effect: Allow\n    Action: s3:A\n    ? [&k x]\n    : y\n  - Effect: Allow\n    Action: s3:B\n    *k : z\n',
    found: '(the file)\n  Allow Action s3:A (must stay)\n  Allow Action s3:B',
  },
  'an anchor that nothing uses is nothing': {
    text: 'Statement:\n  - Effect: Allow\n    Action: &x\n      - &y s3:A\n',
    found: '(the file)\n  Allow Action s3:A',
  },
});

suite('Tags of template engines in comments', {
  'in a list of actions leave it alone, and keep its statement': {
    text: `
Statement:
  - Effect: Allow
    Action:
      - s3:A
      # {% if x %}
      - s3:B
      # {% endif %}
    Resource: r
  - Effect: Allow
    Action: s3:C
`,
    found: '(the file)\n  Allow Action (opaque) (must stay)\n  Allow Action s3:C',
  },
  'behind the items of a list of actions, and before them': {
    text: `
Statement:
  - Effect: Allow
    Action:
      - s3:A # {% if x %}
      - s3:B # {% endif %}
  - Effect: Allow
    Action:
      # <% if x %>
      - s3:C
  - Effect: Allow
    Action: [
      s3:D, # {{#if x}}
      s3:E]
`,
    found:
      '(the file)\n  Allow Action (opaque) (must stay)\n  Allow Action (opaque) (must stay)\n  Allow Action (opaque) (must stay)',
  },
  'below a list, as deep as it': {
    text: 'Statement:\n- Effect: Allow\n  Action:\n    - s3:A\n    # {% endif %}\n- Effect: Allow\n  Action:\n    - s3:B\n  # {% if %}\n',
    found: '(the file)\n  Allow Action (opaque) (must stay)\n  Allow Action s3:B (must stay)',
  },
  'around a statement keep it, and its neighbours': {
    text: `
Statement:
  - Effect: Allow
    Action: [s3:A]
  # {% if x %}
  - Effect: Allow
    Action: [s3:B]
  # {% endif %}
  - Effect: Allow
    Action: [s3:C]
  - Effect: Allow
    Action: [s3:D]
# {% if y %}
Next: x
`,
    found:
      '(the file)\n  Allow Action s3:A (must stay)\n  Allow Action s3:B (must stay)\n  Allow Action s3:C (must stay)\n  Allow Action s3:D',
  },
  'elsewhere say nothing, and neither do braces that are no comment': {
    text: '# {% if x %}\nStatement:\n  - Effect: Allow\n    Sid: "{{x}}" # about x\n    Action: [s3:A]\n# {% endif %}\n',
    found: '(the file)\n  Allow Action s3:A',
  },
});

suite('What is no policy', {
  'one that is commented out': { text: '# Statement:\n#   - Effect: Allow\n#     Action: s3:A\nx: 1\n', found: '' },
  'one that is a text': {
    text: 'Policy: |\n  {"Statement": [{"Effect": "Allow", "Action": "s3:A"}]}\n',
    found: '',
  },
  'the actions of other things': { text: 'Rules:\n  - Action: !If [A, Allow, Block]\n    Effects: [x]\n', found: '' },
  'Statement as a text': { text: 'Statement: Effect\nAction: s3:A\n', found: '' },
});

function suite(name: string, cases: Readonly<Record<string, Case>>): void {
  describe(name, () => {
    for (const [title, { text, found }] of Object.entries(cases)) test(title, () => assert.equal(outline(text), found));
  });
}
