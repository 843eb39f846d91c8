import { describe, test } from 'node:test';
import { assertRewrite, type RewriteCase } from '../../support/jsonRewrite.ts';

// What is unused goes from a NotAction by being added to it, behind the author's own entries.

const cases: Readonly<Record<string, RewriteCase>> = {
  'New entries get lines of their own where the others have': {
    wishes: [['s3:A', 's3:B']],
    diff: `
 {
   "Statement": {
     "Effect": "Allow",
     "NotAction": [
       "iam:*",
-      "sts:*"
+      "sts:*",
+      "s3:A",
+      "s3:B"
     ]
   }
 }
 `,
  },
  'New entries stand on the line of the others where there is room': {
    wishes: [['s3:A', 's3:B']],
    diff: `
 {
   "Statement": {
     "Effect": "Allow",
-    "NotAction": [ "iam:*", "sts:*" ],
+    "NotAction": [ "iam:*", "sts:*", "s3:A", "s3:B" ],
     "Resource": "*"
   }
 }
 `,
  },
  'A list that would make its line wider than 100 columns becomes one of several lines': {
    wishes: [['s3:GetObject', 's3:GetObjectAcl', 's3:GetObjectTagging', 's3:GetObjectVersion', 's3:PutObject']],
    diff: `
 {
   "Statement": {
     "Effect": "Allow",
-    "NotAction": ["iam:*"],
+    "NotAction": [
+      "iam:*",
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
  'A single string becomes a list': {
    wishes: [['s3:A']],
    diff: `
 {
   "Statement": {
     "Effect": "Allow",
-    "NotAction": "iam:*",
+    "NotAction": ["iam:*", "s3:A"],
     "Resource": "*"
   }
 }
 `,
  },
  'A single string stays as it is written': {
    wishes: [['s3:A']],
    diff: `
 {
   "Statement": {
     "Effect": "Allow",
-    "NotAction": "i\\u0061m:*"
+    "NotAction": ["i\\u0061m:*", "s3:A"]
   }
 }
 `,
  },
  'The last entry keeps the comment behind it': {
    wishes: [['s3:A']],
    diff: `
 {
   "Statement": {
     "Effect": "Allow",
     "NotAction": [
       "iam:*", // about iam
-      "sts:*" // about sts
+      "sts:*", // about sts
+      "s3:A"
       // the end
     ]
   }
 }
 `,
  },
  'The last entry keeps the block comment behind it': {
    wishes: [['s3:A']],
    diff: `
 {
   "Statement": {
     "Effect": "Allow",
     "NotAction": [
-      "iam:*" /* about iam */
+      "iam:*", /* about iam */
+      "s3:A"
     ]
   }
 }
 `,
  },
  'A comment inside a list of one line stays': {
    wishes: [['s3:A']],
    diff: `
 {
   "Statement": {
     "Effect": "Allow",
-    "NotAction": ["iam:*" /* about iam */]
+    "NotAction": ["iam:*", "s3:A" /* about iam */]
   }
 }
 `,
  },
  'A trailing comma stays one': {
    wishes: [['s3:A', 's3:B']],
    diff: `
 {
   "Statement": [
     {
       "Effect": "Allow",
       "NotAction": [
         "iam:*", // about iam
+        "s3:A",
+        "s3:B",
       ],
     },
     {
       "Effect": "Allow",
-      "NotAction": ["iam:*",],
+      "NotAction": ["iam:*", "s3:A", "s3:B",],
     },
   ],
 }
 `,
  },
  'The closing bracket may stand behind the last entry': {
    wishes: [['s3:A', 's3:B']],
    diff: `
 {
   "Statement": {
     "Effect": "Allow",
     "NotAction": ["iam:*",
-                  "sts:*"]
+                  "sts:*",
+                  "s3:A",
+                  "s3:B"]
   }
 }
 `,
  },
  'Minified JSON stays minified': {
    wishes: [['s3:A', 's3:B']],
    diff: `
-{"Statement":[{"Effect":"Allow","NotAction":["iam:*","sts:*"]},{"Effect":"Allow","NotAction":"iam:*"}]}
+{"Statement":[{"Effect":"Allow","NotAction":["iam:*","sts:*","s3:A","s3:B"]},{"Effect":"Allow","NotAction":["iam:*","s3:A","s3:B"]}]}`,
  },
  'Entries are added to what is no string, too': {
    wishes: [['s3:A']],
    diff: `
 {
   "Statement": {
     "Effect": "Allow",
     "NotAction": [
-      { "Ref": "Kept" }
+      { "Ref": "Kept" },
+      "s3:A"
     ]
   }
 }
 `,
  },
};

for (const [name, rewriteCase] of Object.entries(cases)) test(name, () => assertRewrite(rewriteCase));

describe('New entries look like the others', () => {
  const layouts: Readonly<Record<string, (text: string) => string>> = {
    'behind tabs': (text) => text.replace(/^ +/gm, (spaces) => '\t'.repeat(spaces.length / 2)),
    'between CRLF line ends': (text) => text.replaceAll('\n', '\r\n'),
  };
  const several = cases['New entries get lines of their own where the others have'] as RewriteCase;
  const commented = cases['The last entry keeps the comment behind it'] as RewriteCase;
  for (const [name, as] of Object.entries(layouts)) {
    test(name, () => assertRewrite({ ...several, as }));
    test(`${name}, with comments`, () => assertRewrite({ ...commented, as }));
  }
});
