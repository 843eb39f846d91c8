import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { hcl } from '../../support/hcl.ts';
import { assertRewriteIn, editIn, type RewriteCase, rewriteIn } from '../../support/rewrite.ts';

function assertAll(cases: Readonly<Record<string, RewriteCase>>): void {
  for (const [name, rewriteCase] of Object.entries(cases)) test(name, () => assertRewriteIn(hcl, rewriteCase));
}

const PREFIXES = { 's3:*': ['s3:Get*', 's3:List*'] };

describe('Entries are written as the author writes them', () => {
  assertAll({
    'an entry a line, without a comma behind the last': {
      wishes: [PREFIXES],
      diff: `
 data "aws_iam_policy_document" "app" {
   statement {
     actions = [
       "sqs:*",
-      "s3:*"
+      "s3:Get*",
+      "s3:List*"
     ]
   }
 }
`,
    },
    'an entry a line, with a comma behind the last': {
      wishes: [PREFIXES, { 'sqs:*': [] }],
      diff: `
 data "aws_iam_policy_document" "app" {
   statement {
     actions = [
-      "s3:*",
-      "sqs:*",
+      "s3:Get*",
+      "s3:List*",
     ]
   }
 }
`,
    },
    'on one line, where it stays short': {
      wishes: [PREFIXES],
      diff: `
 data "aws_iam_policy_document" "app" {
   statement {
     sid       = "App"
-    actions   = ["s3:*"]
+    actions   = ["s3:Get*", "s3:List*"]
     resources = ["*"]
   }
 }
`,
    },
    'with their comments, of either kind': {
      wishes: [{ 's3:*': ['s3:Get*'], 'sqs:*': [], 'sns:*': [] }],
      diff: `
 data "aws_iam_policy_document" "app" {
   statement {
     actions = [
       # Reads
-      "s3:*", # everything
+      "s3:Get*", # everything
-      "sqs:*", # queues
       // "kms:*",
-      "sns:*", /* topics */
       "iam:Get*"
     ]
   }
 }
`,
    },
    'with tabs': {
      wishes: [PREFIXES],
      as: (text) => text.replaceAll('  ', '\t'),
      diff: `
 data "aws_iam_policy_document" "app" {
   statement {
     actions = [
-      "s3:*",
+      "s3:Get*",
+      "s3:List*",
     ]
   }
 }
`,
    },
    'with CRLF': {
      wishes: [PREFIXES],
      as: (text) => text.replaceAll('\n', '\r\n'),
      diff: `
 data "aws_iam_policy_document" "app" {
   statement {
     actions = [
-      "s3:*",
+      "s3:Get*",
+      "s3:List*",
     ]
   }
 }
`,
    },
    'as a list where jsonencode has a string': {
      wishes: [PREFIXES],
      diff: `
 resource "aws_iam_role_policy" "app" {
   policy = jsonencode({
     Statement = [{
       Effect   = "Allow"
-      Action   = "s3:*"
+      Action   = ["s3:Get*", "s3:List*"]
       Resource = "*"
     }]
   })
 }
`,
    },
    'as a string where one is enough': {
      wishes: [{ 's3:*': ['s3:Get*'] }],
      diff: `
 resource "aws_iam_role_policy" "app" {
-  policy = jsonencode({ "Statement" : [{ "Effect" : "Allow", "Action" : "s3:*", "Resource" : "*" }] })
+  policy = jsonencode({ "Statement" : [{ "Effect" : "Allow", "Action" : "s3:Get*", "Resource" : "*" }] })
 }
`,
    },
    'in each list that concat joins': {
      wishes: [PREFIXES, { 'sqs:*': ['sqs:Send*'], 'sns:*': [] }],
      diff: `
 data "aws_iam_policy_document" "app" {
   statement {
     actions = concat(
-      ["s3:*"],
+      ["s3:Get*", "s3:List*"],
-      var.queues ? ["sqs:*"] : ["sns:*"],
+      var.queues ? ["sqs:Send*"] : [],
       var.actions,
     )
   }
 }
`,
    },
    'in a heredoc, as JSON': {
      wishes: [PREFIXES],
      diff: `
 resource "aws_iam_policy" "app" {
   policy = <<-EOF
     {
       "Statement": [
         {
           "Effect": "Allow",
           "Action": [
-            "s3:*",
+            "s3:Get*",
+            "s3:List*",
             "\${var.service}:List*"
           ],
           "Resource": "arn:\${var.partition}:s3:::*"
         }
       ]
     }
   EOF
 }
`,
    },
    'behind NotAction': {
      wishes: [['s3:Put*', 'sqs:*']],
      diff: `
 data "aws_iam_policy_document" "app" {
   statement {
     not_actions = [
       "iam:*", # never
+      "s3:Put*",
+      "sqs:*",
     ]
   }
 }
`,
    },
  });

  test('over several lines where one would be too long', () => {
    const many = Array.from({ length: 9 }, (_, index) => `s3:LongActionName${index}*`);
    assert.equal(
      rewriteIn(hcl, 'data "aws_iam_policy_document" "app" {\n  statement {\n    actions = ["s3:*"]\n  }\n}\n', {
        's3:*': many,
      }),
      `data "aws_iam_policy_document" "app" {\n  statement {\n    actions = [\n${many.map((entry) => `      "${entry}"`).join(',\n')}\n    ]\n  }\n}\n`,
    );
  });

  test('as an entry alone', () => {
    const text = 'data "aws_iam_policy_document" "app" {\n  statement { actions = ["s3:*", "sqs:*"] }\n}\n';
    assert.deepEqual(editIn(hcl, text, { 'sqs:*': ['sqs:Send*'] }), [
      { start: text.indexOf('"sqs'), end: text.indexOf('] }'), text: '"sqs:Send*"' },
    ]);
  });
});

describe('What terraform fmt aligns stays aligned', () => {
  const many = Array.from({ length: 4 }, (_, index) => `s3:VeryLongActionName${index}*`);
  assertAll({
    'around a list that becomes one of several lines': {
      wishes: [{ 's3:*': many }],
      diff: `
 data "aws_iam_policy_document" "app" {
   statement {
-    sid       = "App"
-    actions   = ["s3:*"]
+    sid = "App"
+    actions = [
+      "s3:VeryLongActionName0*",
+      "s3:VeryLongActionName1*",
+      "s3:VeryLongActionName2*",
+      "s3:VeryLongActionName3*"
+    ]
     resources = ["*"]
   }
 }
`,
    },
    'behind entries of another length': {
      wishes: [{ 's3:GetObject*': ['s3:Get*'] }],
      diff: `
 data "aws_iam_policy_document" "app" {
   statement {
     actions = [
-      "s3:GetObject*", # read
-      "s3:PutTag",     # tag
+      "s3:Get*",   # read
+      "s3:PutTag", # tag
 
       "s3:List*", # list
     ]
   }
 }
`,
    },
    'behind entries one of which is gone': {
      wishes: [{ 's3:GetObject*': [] }],
      diff: `
 resource "aws_iam_user_policy" "app" {
   policy = jsonencode({
     Statement = [{
       Effect = "Allow"
       Action = [
-        "s3:GetObject*", # read
-        "s3:PutTag",     // tag
+        "s3:PutTag", // tag
       ]
     }]
   })
 }
`,
    },
    'not where the author has not aligned it': {
      wishes: [{ 's3:*': many }],
      diff: `
 data "aws_iam_policy_document" "app" {
   statement {
     sid = "App"
-    actions   = ["s3:*"]
+    actions   = [
+      "s3:VeryLongActionName0*",
+      "s3:VeryLongActionName1*",
+      "s3:VeryLongActionName2*",
+      "s3:VeryLongActionName3*"
+    ]
     resources = ["*"]
   }
 }
`,
    },
  });
});

describe('Statements are removed with', () => {
  assertAll({
    'the blank line below the first': {
      wishes: [0],
      diff: `
 data "aws_iam_policy_document" "app" {
-  statement {
-    actions = ["s3:*"]
-  }
-
   statement {
     actions = ["sqs:*"]
   }
 }
`,
    },
    'the blank line above the last': {
      wishes: [1],
      diff: `
 data "aws_iam_policy_document" "app" {
   statement {
     actions = ["s3:*"]
   }
-
-  statement {
-    actions = ["sqs:*"]
-  } # queues
 }
`,
    },
    'one of the blank lines around one in the middle, and around two': {
      wishes: [1, 2],
      diff: `
 data "aws_iam_policy_document" "app" {
   statement {
     actions = ["s3:*"]
   }
 
-  statement {
-    actions = ["sqs:*"]
-  }
-
-  statement { actions = ["sns:*"] }
-
   statement {
     actions = ["kms:*"]
   }
 }
`,
    },
    'no line more where none is blank': {
      wishes: [0],
      diff: `
 data "aws_iam_policy_document" "app" {
   version = "2012-10-17"
-  # Queues
-  statement {
-    actions = ["sqs:*"]
-  }
   statement {
     actions = ["s3:*"]
   }
 }
`,
    },
    'the comment directly above them, but no other': {
      wishes: [0, 2],
      diff: `
 data "aws_iam_policy_document" "app" {
   # What the application does.
 
-  # its buckets
-  // all of them
-  statement {
-    actions = ["s3:*"]
-  }
-
   # its topics
   statement {
     actions = ["sns:*"]
   }
-
-  /* its queues,
-     all of them */
-  statement {
-    actions = ["sqs:*"]
-  }
 }
`,
    },
    'what is behind another one, whose end is indented as theirs was': {
      wishes: [1],
      diff: `
 resource "aws_iam_role_policy" "app" {
   policy = jsonencode({
     Statement = [{
       Effect = "Allow"
       Action = ["s3:*"]
-      }, {
-      Effect = "Allow"
-      Action = ["sqs:*"]
     }]
   })
 }
`,
    },
    'their comma, as objects': {
      wishes: [1],
      diff: `
 resource "aws_iam_role_policy" "app" {
   policy = jsonencode({
     Statement = [
       {
         Effect = "Allow"
         Action = ["s3:*"]
       },
-      {
-        Effect = "Allow"
-        Action = ["sqs:*"]
-      }, # queues
       {
         Effect = "Allow"
         Action = ["sns:*"]
       },
     ]
   })
 }
`,
    },
  });
});
