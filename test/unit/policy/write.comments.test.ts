import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assertRewrite, type RewriteCase, rewrite, type Wish } from '../../support/jsonRewrite.ts';

// Comments belong to their author: only one that ends the line of what goes, and so speaks of it alone, goes with it.

const cases: Readonly<Record<string, RewriteCase>> = {
  'A comment that ends the line of an entry goes with the entry': {
    wishes: [{ 's3:A': [], 's3:C': [] }],
    diff: `
 {
   "Statement": {
     "Effect": "Allow",
     "Action": [
-      "s3:A", // about A
       "s3:B", // about B
-      "s3:C", /* about C */
       "s3:D" // about D
     ]
   }
 }
 `,
  },
  'A comment that ends the line of the last entry goes with the entry': {
    wishes: [{ 's3:B': [] }],
    diff: `
 {
   "Statement": {
     "Effect": "Allow",
     "Action": [
-      "s3:A", // about A
-      "s3:B" // about B
+      "s3:A" // about A
     ]
   }
 }
 `,
  },
  'Comments above entries stay': {
    wishes: [{ 's3:A': [], 's3:C': [] }],
    diff: `
 {
   "Statement": {
     "Effect": "Allow",
     "Action": [
       // reads
-      "s3:A",
-      "s3:B",
+      "s3:B"
       /* writes,
          of all kinds */
-      "s3:C"
     ]
   }
 }
 `,
  },
  'Comments between entries that go stay': {
    wishes: [{ 's3:A': [], 's3:B': [], 's3:D': [], 's3:E': [] }],
    diff: `
 {
   "Statement": {
     "Effect": "Allow",
     "Action": [
-      "s3:A",
       // between A and B
-      "s3:B",
-      "s3:C",
+      "s3:C"
       // between C and D
-      "s3:D",
       // between D and E
-      "s3:E"
       // the end
     ]
   }
 }
 `,
  },
  'Where an entry has several successors, comments stay with what they follow': {
    wishes: [{ 's3:A*': ['s3:A1', 's3:A2'] }],
    diff: `
 {
   "Statement": {
     "Effect": "Allow",
     "Action": [
-      "s3:A*", // about A
+      "s3:A1",
+      "s3:A2", // about A
       "s3:B"
     ]
   }
 }
 `,
  },
  'A comment that ends a line of several entries stays while one of them does': {
    wishes: [{ 's3:B': [] }],
    diff: `
 {
   "Statement": {
     "Effect": "Allow",
     "Action": [
-      "s3:A", "s3:B", // about both
+      "s3:A", // about both
       "s3:C"
     ]
   }
 }
 `,
  },
  'A comment above the last line of entries stays': {
    wishes: [{ 's3:B': [], 's3:C': [] }],
    diff: `
 {
   "Statement": {
     "Effect": "Allow",
     "Action": [
-      "s3:A",
+      "s3:A"
       // writes
-      "s3:B", "s3:C"
     ]
   }
 }
 `,
  },
  'A comment within a line of entries stays, and so does its indentation': {
    wishes: [{ 's3:A': [] }],
    diff: `
 {
   "Statement": {
     "Effect": "Allow",
     "Action": [
-      "s3:A", /* about B */ "s3:B",
+      /* about B */ "s3:B",
       "s3:C"
     ]
   }
 }
 `,
  },
  'A comment of several lines behind an entry stays, and its lines stay apart': {
    wishes: [{ 's3:A': [] }],
    diff: `
 {
   "Statement": {
     "Effect": "Allow",
     "Action": [
-      "s3:A", /* about
+      /* about
                  B */
       "s3:B"
     ]
   }
 }
 `,
  },
  'A comment in a list of one line stays': {
    wishes: [{ 's3:A': [] }],
    diff: `
 {
   "Statement": {
     "Effect": "Allow",
-    "Action": ["s3:A", /* about B */ "s3:B", "s3:C"]
+    "Action": [/* about B */ "s3:B", "s3:C"]
   }
 }
 `,
  },
  'A list with a comment is not laid out anew, however wide it gets': {
    wishes: [{ 's3:A*': ['s3:A1', 's3:A2WithALongNameThatTakesMuchRoom', 's3:A3WithALongNameThatTakesMuchRoom'] }],
    diff: `
 {
   "Statement": {
     "Effect": "Allow",
-    "Action": [/* about A */ "s3:A*", "s3:B"]
+    "Action": [/* about A */ "s3:A1", "s3:A2WithALongNameThatTakesMuchRoom", "s3:A3WithALongNameThatTakesMuchRoom", "s3:B"]
   }
 }
 `,
  },
  'Commas, brackets and quotes in comments are nothing but text': {
    wishes: [{ 's3:A': [], 's3:C': [] }],
    diff: `
 {
   "Statement": {
     "Effect": "Allow",
     "Action": [
-      "s3:A" /* , "no" ] */ , // ], "no
-      "s3:B" /* , */, // ]
+      "s3:B" /* , */ // ]
-      "s3:C" // "
     ]
   }
 }
 `,
  },
  'Slashes in strings begin no comment': {
    wishes: [1, { 's3://A*': ['s3:A1', 's3:A2'], 's3:/*B': [] }],
    diff: `
 {
   "Statement": [
-    { "Effect": "Allow", "Action": ["s3://A*", "s3:/*B", "s3:C*/"], "Resource": "https://*" },
-    { "Effect": "Allow", "Action": "ec2:A" },
+    { "Effect": "Allow", "Action": ["s3:A1", "s3:A2", "s3:C*/"], "Resource": "https://*" },
     { "Effect": "Allow", "Action": "ec2:B" }
   ]
 }
 `,
  },
  'Comments above and between statements stay': {
    wishes: [0, 2],
    diff: `
 {
   "Statement": [
     // first
-    {
-      "Effect": "Allow", // goes with its statement
-      "Action": "s3:A"
-    }, // first, too
     // second
     {
       "Effect": "Allow", // stays with its statement
       "Action": "s3:B"
-    }, // second, too
+    } // second, too
     // third
-    {
-      "Effect": "Allow",
-      "Action": "s3:C"
-    }
   ]
 }
 `,
  },
};

for (const [name, rewriteCase] of Object.entries(cases)) test(name, () => assertRewrite(rewriteCase));

describe('However the list is laid out, these comments stay', () => {
  const cases: Readonly<Record<string, { list: string; wish: Wish }>> = {
    'behind an entry that stays, where the closing bracket is on the line of one that goes': {
      list: '["s3:A", // stays\n  "s3:B"]',
      wish: { 's3:B': [] },
    },
    'above an entry that goes, where the closing bracket is on its line': {
      list: '["s3:A",\n  // stays\n  "s3:B"]',
      wish: { 's3:B': [] },
    },
    'above an entry with a leading comma, where the one before it goes': {
      list: '[\n    "s3:A"\n  // stays\n  , "s3:B"\n  , "s3:C"\n]',
      wish: { 's3:A': [] },
    },
    'above an entry that stays, where the one before it goes with the opening bracket on its line': {
      list: '["s3:A",\n  // stays\n  "s3:B"]',
      wish: { 's3:A': [] },
    },
    'before the comma of an entry that stays': {
      list: '["s3:A" /* stays */, "s3:B"]',
      wish: { 's3:B': [] },
    },
    'before an entry that has a successor': {
      list: '["s3:A", /* stays */ "s3:B*"]',
      wish: { 's3:B*': ['s3:B1', 's3:B2'] },
    },
    'at the end of the list': {
      list: '["s3:A", "s3:B" /* stays */]',
      wish: { 's3:B': [] },
    },
  };
  for (const [name, { list, wish }] of Object.entries(cases)) {
    test(name, () => {
      const after = rewrite(`{"Statement": {"Effect": "Allow", "Action": ${list}}}`, wish);
      assert.equal(after.match(/stays/g)?.length, 1, after);
    });
  }

  test('behind a statement that stays, where the next one begins on a line of its own and ends with the list', () => {
    const text =
      '{"Statement": [{"Effect": "Allow", "Action": "s3:A"}, // stays\n{"Effect": "Allow", "Action": "s3:B"}]}';
    assert.match(rewrite(text, 1), /\/\/ stays\n/);
  });
});
