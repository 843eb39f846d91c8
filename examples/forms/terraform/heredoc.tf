resource "aws_iam_policy" "heredoc" {
  name = "Forecasts"

  policy = <<-JSON
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": ["sqs:SendMessage", "sqs:PurgeQueue", "s3:Get*Acl"],
        "Resource": "*"
      }
    }
  JSON
}

resource "aws_iam_role_policy_attachment" "heredoc" {
  role       = aws_iam_role.forecast.name
  policy_arn = aws_iam_policy.heredoc.arn
}
