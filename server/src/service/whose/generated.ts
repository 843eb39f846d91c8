import { relativeTo } from './paths.ts';

/** Folders that tools write what they have made of the repository's own files into. */
const GENERATED = /(?:^|\/)(?:cdk\.out|cdktf\.out|\.aws-sam|\.serverless|\.terraform|\.terragrunt-cache)(?:\/|$)/;

/** Whether a file is made of others: it is read for what it tells, and never marked or rewritten. */
export function isGenerated(path: string, root: string): boolean {
  return GENERATED.test(relativeTo(root, path));
}
