/** The ARN of a role in the account of the samples. */
export function roleArn(name: string, account = '123456789012'): string {
  return `arn:aws:iam::${account}:role/${name}`;
}

/** A policy of one statement an item, each with these actions; written as people write it. */
export function policyOf(...statements: readonly (readonly string[])[]): string {
  const Statement = statements.map((Action) => ({ Effect: 'Allow', Action, Resource: '*' }));
  return jsonOf({ Version: '2012-10-17', Statement });
}

/** A findings list without a principal: the unused names by service; `null` for a service that is unused as a whole. */
export function plainFindings(services: Readonly<Record<string, readonly string[] | null>>): string {
  return jsonOf(
    Object.entries(services).map(([serviceNamespace, actions]) => ({ serviceNamespace, ...(actions && { actions }) })),
  );
}

/** The answer of `aws accessanalyzer get-finding-v2` on a role's unused actions, with any of its fields changed. */
export function findingV2(
  role: string,
  services: Readonly<Record<string, readonly (string | { action: string; lastAccessed: string })[] | null>>,
  changes: Readonly<Record<string, unknown>> = {},
): object {
  return {
    analyzedAt: '2024-05-29T07:25:34+00:00',
    createdAt: '2024-05-01T00:00:00Z',
    id: `finding-of-${role}`,
    resource: roleArn(role),
    resourceType: 'AWS::IAM::Role',
    resourceOwnerAccount: '123456789012',
    status: 'ACTIVE',
    updatedAt: '2024-05-29T07:25:34+00:00',
    findingType: 'UnusedPermission',
    findingDetails: Object.entries(services).map(([serviceNamespace, actions]) => ({
      unusedPermissionDetails: {
        serviceNamespace,
        ...(actions && { actions: actions.map((action) => (typeof action === 'string' ? { action } : action)) }),
      },
    })),
    ...changes,
  };
}

/** JSON as people write it. */
export function jsonOf(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
