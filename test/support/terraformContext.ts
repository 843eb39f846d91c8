import assert from 'node:assert/strict';
import type { PolicyDocument } from '../../server/src/service/policy/model.ts';

/** What is told of the document `app` among those of a Terraform module, as `role App`. */
export function describeContext(documents: readonly PolicyDocument[]): string {
  const document = documents.find(({ address }) => address === 'data.aws_iam_policy_document.app');
  assert(document);
  const { kind, owner } = document;
  if (kind === 'other') return 'other';
  if (!owner) return 'nobody';
  return [owner.kind, owner.name ?? owner.logicalId ?? '?', ...(owner.managedPolicies ?? [])].join(' ');
}
