import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assertRewrite, edit, type RewriteCase, rewrite } from '../../support/jsonRewrite.ts';

/** One rewrite that does all there is to do: entries and statements go, entries are replaced, a string becomes a list. */
const all: RewriteCase = {
  wishes: [
    2,
    {
      's3:A': [],
      's3:Get*': ['s3:GetObject', 's3:GetObjectAcl'],
      's3:Z': [],
      'sqs:*': ['sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:ListQueues', 'sqs:ListQueueTags', 'sqs:SendMessage'],
      'ec2:*': ['ec2:DescribeInstances', 'ec2:DescribeVolumes', 'ec2:DescribeSnapshots', 'ec2:DescribeImages'],
    },
  ],
  diff: `
 {
   "Statement": [
     {
       "Effect": "Allow",
       "Action": [
-        "s3:A",
-        "s3:Get*",
-        "s3:PutObject",
-        "s3:Z"
+        "s3:GetObject",
+        "s3:GetObjectAcl",
+        "s3:PutObject"
       ]
     },
     {
       "Effect": "Allow",
-      "Action": "ec2:*"
-    },
-    {
-      "Effect": "Allow",
-      "Action": "iam:*"
-    },
-    {
-      "Effect": "Allow",
-      "Action": ["sqs:*"]
+      "Action": [
+        "ec2:DescribeInstances",
+        "ec2:DescribeVolumes",
+        "ec2:DescribeSnapshots",
+        "ec2:DescribeImages"
+      ]
+    },
+    {
+      "Effect": "Allow",
+      "Action": [
+        "sqs:GetQueueAttributes",
+        "sqs:GetQueueUrl",
+        "sqs:ListQueues",
+        "sqs:ListQueueTags",
+        "sqs:SendMessage"
+      ]
     }
   ]
 }
 `,
};

describe('A rewritten policy looks like its author wrote it', () => {
  const indentBy = (unit: string) => (text: string) =>
    text.replace(/^ +/gm, (spaces) => unit.repeat(spaces.length / 2));
  const layouts: Readonly<Record<string, (text: string) => string>> = {
    'two spaces': (text) => text,
    'three spaces': indentBy('   '),
    'four spaces': indentBy('    '),
    tabs: indentBy('\t'),
    'CRLF line ends': (text) => text.replaceAll('\n', '\r\n'),
    'CRLF line ends and tabs': (text) => indentBy('\t')(text).replaceAll('\n', '\r\n'),
    'no line break at the end': (text) => text.trimEnd(),
    'CRLF line ends, and none at the end': (text) => text.trimEnd().replaceAll('\n', '\r\n'),
    'empty lines at the end': (text) => `${text}\n\n`,
  };
  for (const [name, as] of Object.entries(layouts)) test(name, () => assertRewrite({ ...all, as }));
});

describe('What is not changed stays byte for byte', () => {
  const cases: Readonly<Record<string, RewriteCase>> = {
    'odd spacing': {
      wishes: [{ 's3:A': [], 's3:B*': ['s3:B1', 's3:B2'] }],
      diff: `
 {"Version"  :   "2012-10-17",
      "Statement":[  {
  "Effect":"Allow"  , "Sid"
    : "x",
-    "Action"   :[ "s3:A" ,   "s3:B*"  ,"s3:C"   ]
+    "Action"   :[ "s3:B1", "s3:B2"  ,"s3:C"   ]
     , "Resource" : "*"}
   ]
 }  
 `,
    },
    'trailing commas': {
      wishes: [1, { 's3:B': [], 's3:D*': ['s3:D1', 's3:D2'] }],
      diff: `
 {
   "Statement": [
     {
       "Effect": "Allow",
       "Action": [
         "s3:A",
-        "s3:B",
       ],
     },
-    {
-      "Effect": "Allow",
-      "Action": "s3:C",
-    },
     {
       "Effect": "Allow",
-      "Action": ["s3:D*",],
+      "Action": ["s3:D1", "s3:D2",],
     },
   ],
 }
 `,
    },
    'the trailing comma of a list that gets several lines': {
      wishes: [
        { 's3:*': ['s3:GetObject', 's3:GetObjectAcl', 's3:GetObjectTagging', 's3:GetObjectVersion', 's3:PutObject'] },
      ],
      diff: `
 {
   "Statement": {
     "Effect": "Allow",
-    "Action": ["s3:*",],
+    "Action": [
+      "s3:GetObject",
+      "s3:GetObjectAcl",
+      "s3:GetObjectTagging",
+      "s3:GetObjectVersion",
+      "s3:PutObject",
+    ],
     "Resource": "*",
   },
 }
 `,
    },
    'escapes and letters of all kinds in other entries': {
      wishes: [{ 's3:A': [] }],
      diff: `
 {
   "Statement": {
     "Effect": "Allow",
     "Action": [
       "s3:\\u0041\\/\\"Ä日本🎉",
-      "s3:A",
       "s3:\\t"
     ],
     "Resource": "arn:aws:s3:::\\u00e9/\${aws:username}"
   }
 }
 `,
    },
    'everything else in a template': {
      wishes: [{ 's3:A': [] }],
      diff: `
 {
   "AWSTemplateFormatVersion": "2010-09-09", "Description": "a,  b",
   "Resources": {
     "Queue": { "Type":"AWS::SQS::Queue",   "Properties":{"QueueName":{"Fn::Sub":"\${AWS::StackName}-q"}}},
     "Role": {
       "Type": "AWS::IAM::Role",
       "Properties": {
         "AssumeRolePolicyDocument": {"Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":"ec2.amazonaws.com"}}]},
         "Policies": [ { "PolicyName": "one", "PolicyDocument":
           { "Statement": [ { "Effect": "Allow",
-            "Action": ["s3:A", "s3:B"], "Resource": { "Fn::GetAtt": [ "Bucket", "Arn" ] } } ] } },
+            "Action": ["s3:B"], "Resource": { "Fn::GetAtt": [ "Bucket", "Arn" ] } } ] } },
           { "PolicyName": "two", "PolicyDocument": {
             "Statement": {
               "Effect": "Allow",
               "Action": [
-                "s3:A",
                 "s3:C",
               ]
             }
           } }
         ]
       }
     }
   }
 }
 `,
    },
  };
  for (const [name, rewriteCase] of Object.entries(cases)) test(name, () => assertRewrite(rewriteCase));

  test('all of it, where there is nothing to change', () => {
    const text = '{"Statement": [ {"Effect":"Allow" ,"Action":[ "s3:A",]} ]}';
    assert.deepEqual(edit(text), []);
    assert.equal(rewrite(text), text);
  });
});

test('New entries are written as JSON, whatever is in them', () => {
  const text = '{"Statement": {"Effect": "Allow", "Action": ["s3:*"]}}';
  const entries = ['s3:"\\', 's3:é\u2028\n'];
  const { Statement } = JSON.parse(rewrite(text, { 's3:*': entries }));
  assert.deepEqual(Statement.Action, entries);
});

test('A lone carriage return ends a line comment, as it does for the parser', () => {
  const text = '{"Statement": {"Effect": "Allow", "Action": [\n"s3:A" // about A\r,\n"s3:B"\n]}}';
  const after = rewrite(text, { 's3:B': [] });
  assert.doesNotMatch(after, /s3:B/);
  assert.doesNotMatch(after, /,\s*\]/, 'the comma is gone, too');
});
