import { relativeTo } from './paths.ts';

/** Folders that tools write what they have made of the repository's own files into. */
const FOLDERS =
  /(?:^|\/)(?:cdk\.out|cdktf\.out|\.aws-sam|\.serverless|\.terraform|\.terragrunt-cache|#current-cloud-backend)(?:\/|$)/i;

/** Files that are made of others: plans and states of Terraform, templates as `package` commands hand them on. */
const FILES =
  /(?:^|\/)(?:[^/]*tfplan[^/]*|(?:terraform[-_.]?)?plan(?:[-_.]out)?\.json|[^/]*\.tfstate(?:\.backup|\.json)?|packaged(?:[-_.]template)?\.\w+|[^/]*[-_.]packaged\.(?:json|ya?ml|template))$/i;

/** Whether a file is made of others: it is read for what it tells, and never marked or rewritten. */
export function isGenerated(path: string, root: string): boolean {
  const own = relativeTo(root, path);
  return FOLDERS.test(own) || FILES.test(own);
}
