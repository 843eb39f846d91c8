/** What every policy of these repositories grants. */
export const GRANTED = ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:ListBucket'] as const;

/** A policy's document, with a mark that tells it from the others. */
export function documentOf(mark: string): object {
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: [...GRANTED], Resource: `arn:aws:s3:::${mark}` }],
  };
}

/** Who may take a role on. */
export const TRUST = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
};

/** The account that ARNs name which are written out. */
export const WRITTEN_ACCOUNT = '111111111111';
