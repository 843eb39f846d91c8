import { test } from 'node:test';
import { assertRewrite, type RewriteCase } from '../../support/jsonRewrite.ts';

const cases: Readonly<Record<string, RewriteCase>> = {
  'The first statement goes with its lines': {
    wishes: [0],
    diff: `
 {
   "Statement": [
-    {
-      "Effect": "Allow",
-      "Action": "s3:A"
-    },
     {
       "Effect": "Allow",
       "Action": "s3:B"
     }
   ]
 }
 `,
  },
  'A statement in the middle goes with its lines': {
    wishes: [1],
    diff: `
 {
   "Statement": [
     {
       "Effect": "Allow",
       "Action": "s3:A"
     },
-    {
-      "Sid": "Second",
-      "Effect": "Allow",
-      "Action": [
-        "s3:B"
-      ]
-    },
     {
       "Effect": "Allow",
       "Action": "s3:C"
     }
   ]
 }
 `,
  },
  'The last statement goes with its lines and the comma before it': {
    wishes: [1],
    diff: `
 {
   "Statement": [
     {
       "Effect": "Allow",
       "Action": "s3:A"
-    },
-    {
-      "Effect": "Allow",
-      "Action": "s3:B"
     }
   ]
 }
 `,
  },
  'Several statements go, and entries of those that stay': {
    wishes: [0, 2, 3, { 's3:B': [], 's3:C*': ['s3:C1', 's3:C2'] }],
    diff: `
 {
   "Statement": [
-    {
-      "Effect": "Allow",
-      "Action": "s3:A"
-    },
     {
       "Effect": "Allow",
       "Action": [
-        "s3:B",
-        "s3:C*"
+        "s3:C1",
+        "s3:C2"
       ]
-    },
-    {
-      "Effect": "Allow",
-      "Action": "s3:D"
-    },
-    {
-      "Effect": "Allow",
-      "Action": "s3:E"
     }
   ]
 }
 `,
  },
  'The first statement goes where they share their lines': {
    wishes: [0],
    diff: `
 {
   "Statement": [{
-    "Effect": "Allow",
-    "Action": "s3:A"
-  }, {
     "Effect": "Allow",
     "Action": "s3:B"
   }]
 }
 `,
  },
  'A statement in the middle goes where they share their lines': {
    wishes: [1],
    diff: `
 {
   "Statement": [{
     "Effect": "Allow",
     "Action": "s3:A"
   }, {
-    "Effect": "Allow",
-    "Action": "s3:B"
-  }, {
     "Effect": "Allow",
     "Action": "s3:C"
   }]
 }
 `,
  },
  'The last statement goes where they share their lines': {
    wishes: [1],
    diff: `
 {
   "Statement": [{
     "Effect": "Allow",
     "Action": "s3:A"
-  }, {
-    "Effect": "Allow",
-    "Action": "s3:B"
   }]
 }
 `,
  },
  'Statements of a line each go with their lines': {
    wishes: [0, 2],
    diff: `
 {
   "Statement": [
-    { "Effect": "Allow", "Action": "s3:A" },
-    { "Effect": "Allow", "Action": "s3:B" },
-    { "Effect": "Allow", "Action": "s3:C" }
+    { "Effect": "Allow", "Action": "s3:B" }
   ]
 }
 `,
  },
  'Where no statement is left of two that share a line, the line goes': {
    wishes: [0, 1],
    diff: `
 {
   "Statement": [
-    { "Effect": "Allow", "Action": "s3:A" }, { "Effect": "Allow", "Action": "s3:B" },
     { "Effect": "Allow", "Action": "s3:C" }
   ]
 }
 `,
  },
  'What is no readable statement stays': {
    wishes: [0],
    diff: `
 {
   "Statement": [
     "nonsense",
-    { "Effect": "Allow", "Action": "s3:A" },
     { "Effect": "Allow", "Action": "s3:B", "Action": "s3:C" }
   ]
 }
 `,
  },
  'The rest of the statements around stays byte for byte': {
    wishes: [1],
    diff: `
 { "Version" :"2012-10-17"  ,
   "Statement":
   [
       {"Effect"  : "Deny","NotAction":[  "iam:*"]
       ,"Resource":"*" } ,
-      {"Effect":"Allow","Action":"s3:A"} ,
       {   "Effect":"Allow","Action":["s3:B" , "s3:C"
       ] }
   ] ,
   "Id":"x" }
 `,
  },
};

for (const [name, rewriteCase] of Object.entries(cases)) test(name, () => assertRewrite(rewriteCase));
