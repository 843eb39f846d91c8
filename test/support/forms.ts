import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const examples = fileURLToPath(new URL('../../examples/forms', import.meta.url));

/** The examples' one policy of one role, by the file of each form that is read, with what shows that the file has that form. */
export const FORMS: Readonly<Record<string, RegExp>> = {
  'ForecastRole.json': /^\{\s+"Version"/,
  'cloudformation/template.json': /"AWS::IAM::Policy"/,
  'cloudformation/template.yaml': /Type: AWS::IAM::Role/,
  'serverless/sam.yaml': /^Transform: AWS::Serverless-/,
  'serverless/serverless.yml': /^ {6}statements:/m,
  'terraform/document.tf.json': /^\{\s+"data": \{\s+"aws_iam_policy_document"/,
  'terraform/heredoc.tf': /policy = <<-JSON/,
  'terraform/jsonencode.tf': /policy = jsonencode\(/,
  'terraform/policy_document.tf': /^data "aws_iam_policy_document"/,
};

/** What each of them grants at first. */
export const GRANTED = ['s3:Get*Acl', 'sqs:PurgeQueue', 'sqs:SendMessage'];

/** What each of them grants when it is refined. */
export const GRANTED_REFINED = ['s3:GetObject*Acl', 'sqs:SendMessage'];

/** What a text grants of the two services, whatever its language is: sorted. */
export function entriesIn(text: string): string[] {
  return [...text.matchAll(/\b(?:s3|sqs):[\w*]+/g)].map(([entry]) => entry).sort();
}

/** All files of that folder of the examples, by their path. */
export function readForms(): Record<string, string> {
  const names = readdirSync(examples, { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => statSync(path.join(examples, name)).isFile());
  return Object.fromEntries(
    files.map((name) => [name.replaceAll(path.sep, '/'), readFileSync(path.join(examples, name), 'utf8')]),
  );
}
