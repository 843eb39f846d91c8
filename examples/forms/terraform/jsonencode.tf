resource "aws_iam_role_policy" "jsonencode" {
  role = aws_iam_role.forecast.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["sqs:SendMessage", "sqs:PurgeQueue", "s3:Get*Acl"]
      Resource = "*"
    }]
  })
}
