import { test } from 'node:test';
import { assertRewrite, type RewriteCase } from '../../support/jsonRewrite.ts';

// Entries of a list with an item a line, as most policies have them.

const cases: Readonly<Record<string, RewriteCase>> = {
  'The first entry goes with its line': {
    wishes: [{ 's3:PutObject': [] }],
    diff: `
 {
   "Statement": [
     {
       "Effect": "Allow",
       "Action": [
-        "s3:PutObject",
         "s3:GetObject",
         "s3:ListBucket"
       ],
       "Resource": "*"
     }
   ]
 }
 `,
  },
  'An entry in the middle goes with its line': {
    wishes: [{ 's3:PutObject': [] }],
    diff: `
 {
   "Statement": [
     {
       "Effect": "Allow",
       "Action": [
         "s3:GetObject",
-        "s3:PutObject",
         "s3:ListBucket"
       ],
       "Resource": "*"
     }
   ]
 }
 `,
  },
  'The last entry goes with its line and the comma before it': {
    wishes: [{ 's3:PutObject': [] }],
    diff: `
 {
   "Statement": [
     {
       "Effect": "Allow",
       "Action": [
         "s3:GetObject",
-        "s3:ListBucket",
-        "s3:PutObject"
+        "s3:ListBucket"
       ],
       "Resource": "*"
     }
   ]
 }
 `,
  },
  'Several entries in a row go, and the list keeps its order': {
    wishes: [{ 's3:A': [], 's3:B': [], 's3:D': [], 's3:F': [], 's3:G': [] }],
    diff: `
 {
   "Statement": [
     {
       "Effect": "Allow",
       "Action": [
-        "s3:A",
-        "s3:B",
         "s3:C",
-        "s3:D",
-        "s3:E",
-        "s3:F",
-        "s3:G"
+        "s3:E"
       ]
     }
   ]
 }
 `,
  },
  'The one entry that stays keeps its line and no comma': {
    wishes: [{ 's3:A': [], 's3:C': [], 's3:D': [] }],
    diff: `
 {
   "Statement": [
     {
       "Effect": "Allow",
       "Action": [
-        "s3:A",
-        "s3:B",
-        "s3:C",
-        "s3:D"
+        "s3:B"
       ]
     }
   ]
 }
 `,
  },
  'What replaces an entry stands in its place, an entry a line': {
    wishes: [{ 's3:Get*': ['s3:GetObject', 's3:GetObjectAcl'], 's3:List*': ['s3:ListBucket'] }],
    diff: `
 {
   "Statement": [
     {
       "Effect": "Allow",
       "Action": [
         "ec2:RunInstances",
-        "s3:Get*",
-        "s3:List*"
+        "s3:GetObject",
+        "s3:GetObjectAcl",
+        "s3:ListBucket"
       ]
     }
   ]
 }
 `,
  },
  'Entries are replaced and removed in one go': {
    wishes: [{ 's3:A': [], 's3:B*': ['s3:B1', 's3:B2'], 's3:D': [] }],
    diff: `
 {
   "Statement": [
     {
       "Effect": "Allow",
       "Action": [
-        "s3:A",
-        "s3:B*",
+        "s3:B1",
+        "s3:B2",
-        "s3:C",
-        "s3:D"
+        "s3:C"
       ]
     }
   ]
 }
 `,
  },
  'Two lists of one policy change, and what is between them stays': {
    wishes: [{ 's3:A': [], 'ec2:B': [] }],
    diff: `
 {
   "Version": "2012-10-17",
   "Statement": [
     {
       "Effect": "Allow",
       "Action": [
-        "s3:A",
         "s3:B"
       ],
       "Resource": ["arn:aws:s3:::a",   "arn:aws:s3:::a/*"],
       "Condition": { "StringLike": {"s3:prefix" : "x"} }
     },
     {
       "Sid": "Second", "Effect": "Allow",
       "Action": [
-        "ec2:A",
-        "ec2:B"
+        "ec2:A"
       ],
       "Resource": "*"
     }
   ]
 }
 `,
  },
  'Several entries on a line go one by one, and the line stays while one of them does': {
    wishes: [{ 's3:A': [], 's3:D': [], 's3:E': [], 's3:I': [] }],
    diff: `
 {
   "Statement": [
     {
       "Effect": "Allow",
       "Action": [
-        "s3:A", "s3:B", "s3:C",
-        "s3:D", "s3:E", "s3:F",
-        "s3:G", "s3:H", "s3:I"
+        "s3:B", "s3:C",
+        "s3:F",
+        "s3:G", "s3:H"
       ]
     }
   ]
 }
 `,
  },
  'The last of several entries on a line goes, and the line break stays': {
    wishes: [{ 's3:B': [] }],
    diff: `
 {
   "Statement": [
     {
       "Effect": "Allow",
       "Action": [
-        "s3:A", "s3:B",
+        "s3:A",
         "s3:C"
       ]
     }
   ]
 }
 `,
  },
  'A line of several entries that all go is gone': {
    wishes: [{ 's3:A': [], 's3:B': [] }],
    diff: `
 {
   "Statement": [
     {
       "Effect": "Allow",
       "Action": [
-        "s3:A", "s3:B",
         "s3:C"
       ]
     }
   ]
 }
 `,
  },
  'The closing bracket may stand behind the last entry': {
    wishes: [{ 's3:C': [] }],
    diff: `
 {
   "Statement": [
     {
       "Effect": "Allow",
       "Action": ["s3:A",
-                 "s3:B",
-                 "s3:C"]
+                 "s3:B"]
     }
   ]
 }
 `,
  },
  'The first entry may stand behind the opening bracket': {
    wishes: [{ 's3:A': [] }],
    diff: `
 {
   "Statement": [
     {
       "Effect": "Allow",
-      "Action": ["s3:A",
+      "Action": [
                  "s3:B",
                  "s3:C"]
     }
   ]
 }
 `,
  },
  'Commas may lead': {
    wishes: [{ 's3:A': [], 's3:C': [], 's3:E': [] }],
    diff: `
 {
   "Statement": [
     {
       "Effect": "Allow",
       "Action": [
-          "s3:A"
-        , "s3:B"
-        , "s3:C"
-        , "s3:D"
-        , "s3:E"
+          "s3:B"
+        , "s3:D"
       ]
     }
   ]
 }
 `,
  },
  'A comma on a line of its own goes with the entry before it': {
    wishes: [{ 's3:A': [] }],
    diff: `
 {
   "Statement": [
     {
       "Effect": "Allow",
       "Action": [
-        "s3:A"
-        ,
         "s3:B"
         ,
         "s3:C"
       ]
     }
   ]
 }
 `,
  },
  'A comma on a line of its own goes with the entry behind it, and leaves no empty line': {
    wishes: [{ 's3:C': [] }],
    diff: `
 {
   "Statement": [
     {
       "Effect": "Allow",
       "Action": [
         "s3:A"
         ,
         "s3:B"
-        ,
-        "s3:C"
       ]
     }
   ]
 }
 `,
  },
  'Empty lines of the author stay': {
    wishes: [{ 's3:B': [], 's3:D': [] }],
    diff: `
 {
   "Statement": [
     {
       "Effect": "Allow",
       "Action": [

         "s3:A",

-        "s3:B",
-        "s3:C",
+        "s3:C"

-        "s3:D"
       ]
     }
   ]
 }
 `,
  },
  'What is no string stays where it is': {
    wishes: [{ 's3:A': [], 's3:C': [] }],
    diff: `
 {
   "Statement": [
     {
       "Effect": "Allow",
       "Action": [
-        "s3:A",
-        { "Ref": "Extra" },
-        "s3:C"
+        { "Ref": "Extra" }
       ]
     }
   ]
 }
 `,
  },
};

for (const [name, rewriteCase] of Object.entries(cases)) test(name, () => assertRewrite(rewriteCase));
