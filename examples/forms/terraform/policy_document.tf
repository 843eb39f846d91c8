data "aws_iam_policy_document" "forecast" {
  statement {
    actions = [
      "sqs:SendMessage",
      "sqs:PurgeQueue",
      "s3:Get*Acl",
    ]
    resources = ["*"]
  }
}

resource "aws_iam_role_policy" "document" {
  role   = aws_iam_role.forecast.id
  policy = data.aws_iam_policy_document.forecast.json
}
