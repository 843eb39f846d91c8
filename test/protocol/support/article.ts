import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The policy of the article, and the unused actions that IAM Access Analyzer reports for it. */
export const POLICY = read('policy.original.json');
export const FINDINGS = read('unused-permissions.json');

/** What AWS recommends in its place, with the two prefixes that actions newer than the article add. */
export const REFINED = read('policy.recommended.json').replace(
  /( *)"s3:GetDataAccess",\n/,
  '$1"s3:GetBucketAbac",\n$1"s3:GetBucketMetadataTableConfiguration",\n$&',
);

/** A workspace with the policy and its findings side by side. */
export const ARTICLE_FILES = { 'policy.json': POLICY, 'unused.findings.json': FINDINGS };

function read(name: string): string {
  return readFileSync(fileURLToPath(new URL(`../../fixtures/article/${name}`, import.meta.url)), 'utf8');
}
