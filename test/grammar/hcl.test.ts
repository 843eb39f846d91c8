import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assertBaseScopesStay, coloured, hclScopes } from './harness.ts';

const policies = `data "aws_iam_policy_document" "app" {
  statement {
    actions = [
      "s3:Get*", # "sqs:Commented"
      "\${var.service}:List*", "*",
    ]
    not_actions = concat(["sns:Publish"], var.more["kms:No"])
    resources   = ["a:b", "arn:aws:s3:::x"]
    condition {
      variable = "s3:TlsVersion"
      values   = ["ec2:Run"]
    }
  }
}
resource "x" "y" {
  action = "lambda:InvokeFunction"
  policy = jsonencode({
    Statement = [{ Action = "ec2:Run?", Resource = "c:d" }, { "NotAction" : ["iam:*"], "Resource" : "e:f" }]
  })
  text = "actions = [\\"g:h\\"]"
}
`;

for (const base of hclScopes) {
  describe(`actions in ${base}`, () => {
    test('are coloured in policy documents and objects, and nothing else is', async () => {
      const expected = [
        '[service s3][separator :][action Get][wildcard *]',
        '[wildcard *]',
        '[service sns][separator :][action Publish]',
        '[service kms][separator :][action No]',
        '[service ec2][separator :][action Run][wildcard ?]',
        '[service iam][separator :][wildcard *]',
      ];
      assert.equal(await coloured(policies, base), expected.join(''));
    });

    test('leave every other scope as it was, wherever typing stops', async () => {
      for (let length = 0; length <= policies.length; length++) {
        await assertBaseScopesStay(policies.slice(0, length), base);
      }
    });
  });
}
