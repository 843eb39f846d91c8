import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assertRewrite, type RewriteCase, rewrite } from '../../support/yamlRewrite.ts';

// Layouts as authors have them; see `RewriteCase` for how the diffs are read.

const cases: Readonly<Record<string, RewriteCase>> = {
  'Entries go with their lines and the comments that end them, and other comments stay': {
    wishes: [{ 's3:A': [], 's3:C': [] }],
    diff: `
 Statement:
   - Effect: Allow
     Action:
       # reads
-      - s3:A # about A
       - s3:B # about B

       # writes
-      - s3:C
 # ---- next
     Resource: '*'
 `,
  },
  'A comment that is indented below an entry goes with it': {
    wishes: [{ 's3:A': [] }],
    diff: `
 Statement:
   - Effect: Allow
     Action:
-      - s3:A
-        # more about A
       - s3:B
       # about nothing
 `,
  },
  'What replaces an entry is quoted as it was, and its comment stays with the last': {
    wishes: [{ 's3:A*': ['s3:A1', 's3:A2'], 's3:B*': ['s3:B1', 's3:B2'], 's3:C*': ['s3:C1', 's3:C2'] }],
    diff: `
 Statement:
   - Effect: Allow
     Action:
-      - s3:A* # about A
-      - "s3:B*"
-      - 's3:C*'
+      - s3:A1
+      - s3:A2 # about A
+      - "s3:B1"
+      - "s3:B2"
+      - 's3:C1'
+      - 's3:C2'
 `,
  },
  'The gap behind a dash is kept, and dashes at the column of the key': {
    wishes: [{ 's3:A*': ['s3:A1', 's3:A2'] }],
    diff: `
 Statement:
 -   Effect: Allow
     Action:
-    -   s3:A*
+    -   s3:A1
+    -   s3:A2
     -   s3:B
 `,
  },
  'Entries go from lists between brackets': {
    wishes: [{ 's3:A': [], 's3:D': [], 's3:E*': ['s3:E1', 's3:E2'], 'ec2:B': [] }],
    diff: `
 Statement:
-  - {Effect: Allow, Action: [s3:A, s3:B, s3:D], Resource: '*'}
+  - {Effect: Allow, Action: [s3:B], Resource: '*'}
   - Effect: Allow
-    Action: [ "s3:E*", s3:F ] # both
+    Action: [ "s3:E1", "s3:E2", s3:F ] # both
   - Effect: Allow
     Action: [
       ec2:A, # about A
-      ec2:B, # about B
       ec2:C
     ]
 `,
  },
  'A comment in a list between brackets stays one': {
    wishes: [{ 's3:A': [], 's3:D': [] }],
    diff: `
 Statement:
   - Effect: Allow
-    Action: [s3:A, # x
+    Action: [ # x
       s3:B]
   - Effect: Allow
     Action: [s3:C, # y
-      s3:D, # z
       s3:E]
 `,
  },
  'A wide list between brackets gets an item a line': {
    wishes: [
      { 'ec2:*': ['ec2:DescribeInstances', 'ec2:DescribeVolumes', 'ec2:DescribeSnapshots', 'ec2:DescribeImages'] },
    ],
    diff: `
 Statement:
-  - Action: ["ec2:*", "s3:A"]
+  - Action: [
+      "ec2:DescribeInstances",
+      "ec2:DescribeVolumes",
+      "ec2:DescribeSnapshots",
+      "ec2:DescribeImages",
+      "s3:A"]
     Effect: Allow
 `,
  },
  'A single string becomes a list as the others are': {
    wishes: [{ 's3:*': ['s3:A', 's3:B'] }],
    diff: `
 Statement:
 - Effect: Allow
-  Action: s3:* # all of it
+  Action:
+    - s3:A
+    - s3:B # all of it
   Resource: '*'
 - Effect: Allow
   Action:
     - ec2:A
 `,
  },
  'A single string becomes a list as the list of statements is': {
    wishes: [{ 's3:*': ['s3:A', 's3:B'] }],
    diff: `
 Statement:
 - Action: "s3:*"
+- Action:
+  - "s3:A"
+  - "s3:B"
   Effect: Allow
 `
      .replace(' - Action: "s3:*"', '-- Action: "s3:*"')
      .replace('+- Action:', '+- Action:'),
  },
  'A single string becomes a list between brackets where the others are': {
    wishes: [{ 's3:*': ['s3:A', 's3:B'] }],
    diff: `
 Statement:
   - Effect: Allow
-    Action: s3:*
+    Action: [s3:A, s3:B]
   - Effect: Allow
     Action: [ec2:A]
 `,
  },
  'A single string in a single statement becomes a list': {
    wishes: [{ 's3:*': ['s3:A', 's3:B'] }],
    diff: `
 Policy:
   Statement:
     Effect: Allow
-    Action: s3:*
+    Action:
+      - s3:A
+      - s3:B
     Resource: '*'
 `,
  },
  'A single string between braces becomes a list between brackets': {
    wishes: [{ 's3:*': ['s3:A', 's3:B'] }],
    diff: `
 Statement:
-  - {Effect: Allow, Action: 's3:*', Resource: '*'}
+  - {Effect: Allow, Action: ['s3:A', 's3:B'], Resource: '*'}
 `,
  },
  'A long list between braces is indented from the beginning of its line': {
    wishes: [
      { 'ec2:*': ['ec2:DescribeInstances', 'ec2:DescribeVolumes', 'ec2:DescribeSnapshots', 'ec2:RunInstances'] },
    ],
    diff: `
 Statement:
-  - {Effect: Allow, Action: ec2:*, Resource: '*'}
+  - {Effect: Allow, Action: [
+      ec2:DescribeInstances,
+      ec2:DescribeVolumes,
+      ec2:DescribeSnapshots,
+      ec2:RunInstances], Resource: '*'}
 `,
  },
  'A single string on a line of its own becomes a list between brackets': {
    wishes: [{ 's3:*': ['s3:A', 's3:B'] }],
    diff: `
 Statement:
   - Effect: Allow
     Action:
-      s3:*
+      [s3:A, s3:B]
 `,
  },
  'A star must be quoted, so its quotes say nothing of the others': {
    wishes: [{ '*': ['s3:*', '*:A'] }],
    diff: `
 Statement:
   - Effect: Allow
     Action:
-      - '*'
+      - s3:*
+      - '*:A'
   - Effect: Allow
     Action:
       - ec2:A
 `,
  },
  'A star between quoted strings is replaced by quoted ones': {
    wishes: [{ '*': ['s3:A', 's3:B'] }],
    diff: `
 Statement:
   - {"Effect": "Allow", "Action": ["iam:A"]}
-  - {"Effect": "Allow", "Action": "*"}
+  - {"Effect": "Allow", "Action": ["s3:A", "s3:B"]}
 `,
  },
  'Entries are added to NotAction behind the last one and its comment': {
    wishes: [['s3:A', 's3:B']],
    diff: `
 Statement:
   - Effect: Allow
     NotAction:
       - "iam:*" # people
+      - "s3:A"
+      - "s3:B"
     Resource: '*'
   - Effect: Allow
-    NotAction: iam:*
+    NotAction:
+      - iam:*
+      - s3:A
+      - s3:B
   - Effect: Allow
-    NotAction: [iam:*]
+    NotAction: [iam:*, s3:A, s3:B]
 `,
  },
  'Statements go with their lines and what is indented below them': {
    wishes: [0, 2],
    diff: `
 Statement:
   # first
-  - Effect: Allow
-    Action:
-      - s3:A
-      # - s3:Old
-    Resource: !Sub
-      - a
-      - b
-    # the end of the first
   # second
   - Effect: Allow
     Action: s3:B
-  - Sid: Third
-    Effect: Allow
-    Action: s3:C
-    Condition: |
-      text
-

 Next: x
 `.replace('\n-\n\n Next', '\n\n Next'),
  },
  'Statements between braces go from a list with dashes, and from one between brackets': {
    wishes: [0],
    diff: `
 a:
   Statement:
-    - {Effect: Allow, Action: 's3:A'}
     - {Effect: Allow, Action: 's3:B'}
 b: {Statement: [
-    {Effect: Allow, Action: 's3:C'},
     {Effect: Allow, Action: 's3:D'}]}
 `,
  },
  'What is no string stays where it is': {
    wishes: [{ 's3:A': [], 's3:B': [] }],
    diff: `
 Statement:
   - Effect: Allow
     Action:
-      - s3:A
       - !Sub s3:\${X}
-      - s3:B
 `,
  },
  'A list that statements share is edited once, at its anchor': {
    wishes: [{ 's3:A': [] }],
    diff: `
 Statement:
   - Effect: Allow
     Action: &reads
-      - s3:A
       - s3:B
   - Effect: Allow
     Action: *reads
 `,
  },
};

for (const [name, rewriteCase] of Object.entries(cases)) {
  test(name, () => assertRewrite(rewriteCase));
  test(`${name}, with CRLF line ends`, () =>
    assertRewrite({ ...rewriteCase, as: (text) => text.replaceAll('\n', '\r\n') }));
}

describe('At the end of a text without a line break', () => {
  const policy = 'Statement:\n  - Effect: Allow\n    Action:\n      - s3:A\n      - s3:B*';
  test('the last entry goes with the line break before it', () => {
    assert.equal(rewrite(policy, { 's3:B*': [] }), policy.slice(0, -'\n      - s3:B*'.length));
  });
  test('the last entries go with the line break before them', () => {
    const more = `${policy}\n      - s3:C`;
    for (const text of [more, more.replaceAll('\n', '\r\n')])
      assert.equal(rewrite(text, { 's3:B*': [], 's3:C': [] }), text.slice(0, text.indexOf('s3:A') + 's3:A'.length));
  });
  test('the last entries go, and the comment between them stays', () => {
    const text = `${policy}\n      # about C\n      - s3:C`;
    assert.equal(
      rewrite(text, { 's3:B*': [], 's3:C': [] }),
      text.replace(/\n[^\n]*B\*/, '').replace(/\n[^\n]*s3:C/, ''),
    );
  });
  test('the last statements go with the line break before them', () => {
    const text = `${policy}\n  - Effect: Allow\n    Action: s3:C\n  - Effect: Allow\n    Action: s3:D`;
    assert.equal(rewrite(text, 1, 2), policy);
  });
  test('the last statement goes, and the last entries of the one before it', () => {
    const text = `${policy}\n  - Effect: Allow\n    Action: s3:C`;
    assert.equal(rewrite(text, 1, { 's3:B*': [] }), policy.slice(0, -'\n      - s3:B*'.length));
  });
  test('the last statement goes, and the one before it gains entries', () => {
    const text = `${policy.replace('Action', 'NotAction')}\n  - Effect: Allow\n    Action: s3:C`;
    assert.equal(rewrite(text, 1, ['s3:D']), `${policy.replace('Action', 'NotAction')}\n      - s3:D`);
  });
  test('the last entry has several successors', () => {
    assert.equal(rewrite(policy, { 's3:B*': ['s3:B1', 's3:B2'] }), policy.replace('s3:B*', 's3:B1\n      - s3:B2'));
  });
  test('entries are added', () => {
    const text = policy.replace('Action', 'NotAction');
    assert.equal(rewrite(text, ['s3:C']), `${text}\n      - s3:C`);
  });
});
