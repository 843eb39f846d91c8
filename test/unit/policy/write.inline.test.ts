import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assertRewrite, type RewriteCase, rewrite } from '../../support/jsonRewrite.ts';

const cases: Readonly<Record<string, RewriteCase>> = {
  'A list on one line stays on one line': {
    wishes: [{ 's3:A': [], 's3:C': [], 's3:D': [], 's3:F': [] }],
    diff: `
 {
   "Statement": [
     {
       "Effect": "Allow",
-      "Action": ["s3:A", "s3:B", "s3:C", "s3:D", "s3:E", "s3:F"],
+      "Action": ["s3:B", "s3:E"],
       "Resource": "*"
     }
   ]
 }
 `,
  },
  'New entries are divided like the old ones': {
    wishes: [{ 's3:A*': ['s3:A1', 's3:A2'], 'ec2:A*': ['ec2:A1', 'ec2:A2'] }],
    diff: `
 {
   "Statement": [
-    { "Effect": "Allow", "Action": ["s3:A*", "s3:B"], "Resource": "*" },
-    { "Effect": "Allow", "Action": ["ec2:A*","ec2:B"], "Resource": "*" }
+    { "Effect": "Allow", "Action": ["s3:A1", "s3:A2", "s3:B"], "Resource": "*" },
+    { "Effect": "Allow", "Action": ["ec2:A1","ec2:A2","ec2:B"], "Resource": "*" }
   ]
 }
 `,
  },
  'Padding inside the brackets stays': {
    wishes: [{ 's3:A': [], 's3:C': [] }],
    diff: `
 {
   "Statement": [
     {
       "Effect": "Allow",
-      "Action": [ "s3:A", "s3:B", "s3:C" ],
+      "Action": [ "s3:B" ],
       "Resource": "*"
     }
   ]
 }
 `,
  },
  'A list that would make its line wider than 100 columns becomes one of several lines': {
    wishes: [{ 's3:Get*': ['s3:GetObject', 's3:GetObjectAcl', 's3:GetObjectTagging', 's3:GetObjectVersion'] }],
    diff: `
 {
   "Statement": [
     {
       "Effect": "Allow",
-      "Action": ["s3:Get*", "s3:PutObject"],
+      "Action": [
+        "s3:GetObject",
+        "s3:GetObjectAcl",
+        "s3:GetObjectTagging",
+        "s3:GetObjectVersion",
+        "s3:PutObject"
+      ],
       "Resource": "*"
     }
   ]
 }
 `,
  },
  'A list that is too wide already stays on one line when it gets shorter': {
    wishes: [{ 's3:GetObjectTagging': [] }],
    diff: `
 {
   "Statement": [
     {
       "Effect": "Allow",
-      "Action": ["s3:GetObject", "s3:GetObjectAcl", "s3:GetObjectTagging", "s3:GetObjectVersion", "s3:GetObjectVersionTagging"]
+      "Action": ["s3:GetObject", "s3:GetObjectAcl", "s3:GetObjectVersion", "s3:GetObjectVersionTagging"]
     }
   ]
 }
 `,
  },
  'A single string stays a single string': {
    wishes: [{ 's3:*': ['s3:GetObject'] }],
    diff: `
 {
   "Statement": {
     "Effect": "Allow",
-    "Action": "s3:*",
+    "Action": "s3:GetObject",
     "Resource": "*"
   }
 }
 `,
  },
  'A single string becomes a list on one line where there is room': {
    wishes: [{ 's3:*': ['s3:GetObject', 's3:PutObject'] }],
    diff: `
 {
   "Statement": {
     "Effect": "Allow",
-    "Action": "s3:*",
+    "Action": ["s3:GetObject", "s3:PutObject"],
     "Resource": "*"
   }
 }
 `,
  },
  'A single string becomes a list of several lines where there is no room': {
    wishes: [
      { 's3:*': ['s3:GetObject', 's3:GetObjectAcl', 's3:GetObjectTagging', 's3:GetObjectVersion', 's3:PutObject'] },
    ],
    diff: `
 {
   "Statement": {
     "Effect": "Allow",
-    "Action": "s3:*",
+    "Action": [
+      "s3:GetObject",
+      "s3:GetObjectAcl",
+      "s3:GetObjectTagging",
+      "s3:GetObjectVersion",
+      "s3:PutObject"
+    ],
     "Resource": "*"
   }
 }
 `,
  },
  'The list in place of a single string is indented as its statement is': {
    wishes: [
      { 's3:*': ['s3:GetObject', 's3:GetObjectAcl', 's3:GetObjectTagging', 's3:GetObjectVersion', 's3:PutObject'] },
    ],
    diff: `
 {
  "Statement": [
     {
         "Effect": "Allow",
-        "Action": "s3:*",
+        "Action": [
+            "s3:GetObject",
+            "s3:GetObjectAcl",
+            "s3:GetObjectTagging",
+            "s3:GetObjectVersion",
+            "s3:PutObject"
+        ],
         "Resource": "*"
     }
  ]
 }
 `,
  },
  'A list in a statement on one line becomes one of several lines where there is no room': {
    wishes: [{ 's3:*': ['s3:GetObject', 's3:GetObjectAcl', 's3:GetObjectTagging', 's3:GetObjectVersion'] }],
    diff: `
 {
   "Statement": [
-    { "Effect": "Allow", "Action": ["s3:*"], "Resource": "*" }
+    { "Effect": "Allow", "Action": [
+      "s3:GetObject",
+      "s3:GetObjectAcl",
+      "s3:GetObjectTagging",
+      "s3:GetObjectVersion"
+    ], "Resource": "*" }
   ]
 }
 `,
  },
};

for (const [name, rewriteCase] of Object.entries(cases)) test(name, () => assertRewrite(rewriteCase));

describe('100 columns', () => {
  const several = ['{', '  "Statement": {', '    "Effect": "Allow",', '$', '    "Sid": "A"', '  }', '}'].join('\n');
  const one = ['{', '  "Statement": [', '$', '  ]', '}'].join('\n');
  // What stands behind the list on its line counts too.
  const places: Readonly<Record<string, { policy: string; action: string; before: string; after: string }>> = {
    'A list': { policy: several, action: '["s3:*"]', before: '    "Action": ', after: ',' },
    'A single string': { policy: several, action: '"s3:*"', before: '    "Action": ', after: ',' },
    'A list in a statement on one line': {
      policy: one,
      action: '["s3:*"]',
      before: '    { "Effect": "Allow", "Action": ',
      after: ', "Resource": "*" }',
    },
    'A single string in a statement on one line': {
      policy: one,
      action: '"s3:*"',
      before: '    { "Effect": "Allow", "Action": ',
      after: ', "Resource": "*" }',
    },
  };
  for (const [name, { policy, action, before, after }] of Object.entries(places)) {
    const place = (text: string) => policy.replace('$', `${before}${text}${after}`);
    const entriesFor = (columns: number) => {
      const room = columns - `${before}["s3:A", "s3:"]${after}`.length;
      return ['s3:A', `s3:${'B'.repeat(room)}`];
    };

    test(`${name} may fill its line to the 100th column`, () => {
      const [a, b] = entriesFor(100);
      assert.equal(rewrite(place(action), { 's3:*': entriesFor(100) }), place(`["${a}", "${b}"]`));
    });

    test(`${name} becomes one of several lines from the 101st column on`, () => {
      const [a, b] = entriesFor(101);
      const list = ['[', `      "${a}",`, `      "${b}"`, '    ]'].join('\n');
      assert.equal(rewrite(place(action), { 's3:*': entriesFor(101) }), place(list));
    });
  }
});

describe('Minified JSON stays minified', () => {
  const many = Array.from({ length: 30 }, (_, index) => `s3:GetSomething${index}`);
  const quoted = many.map((entry) => `"${entry}"`);
  const policy = (statements: string) => `{"Version":"2012-10-17","Statement":${statements}}`;
  const cases: Readonly<Record<string, [before: string, after: string]>> = {
    'a list': [
      policy('[{"Effect":"Allow","Action":["s3:Get*","s3:B"],"Resource":"*"}]'),
      policy(`[{"Effect":"Allow","Action":[${quoted},"s3:B"],"Resource":"*"}]`),
    ],
    'a list of one': [
      policy('[{"Effect":"Allow","Action":["s3:Get*"],"Resource":"*"}]'),
      policy(`[{"Effect":"Allow","Action":[${quoted}],"Resource":"*"}]`),
    ],
    'a single string': [
      policy('[{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}]'),
      policy(`[{"Effect":"Allow","Action":[${quoted}],"Resource":"*"}]`),
    ],
    'with spaces, as Python writes it': [
      policy('[{"Effect": "Allow", "Action": "s3:Get*", "Resource": "*"}]'),
      policy(`[{"Effect": "Allow", "Action": [${quoted.join(', ')}], "Resource": "*"}]`),
    ],
  };
  for (const [name, [before, after]] of Object.entries(cases)) {
    test(name, () => assert.equal(rewrite(before, { 's3:Get*': many }), after));
    test(`${name}, and a line break at its end`, () => {
      assert.equal(rewrite(`${before}\n`, { 's3:Get*': many }), `${after}\n`);
    });
  }

  test('entries and statements go with their commas', () => {
    const text = policy('[{"Effect":"Allow","Action":["s3:A","s3:B"]},{"Effect":"Allow","Action":"s3:C"}]');
    assert.equal(rewrite(text, { 's3:A': [] }, 1), policy('[{"Effect":"Allow","Action":["s3:B"]}]'));
    assert.equal(rewrite(text, 0), policy('[{"Effect":"Allow","Action":"s3:C"}]'));
  });
});
