/** Keys whose policy is of another kind although it stands in a role or next to one. */
export const OTHER_KEYS: ReadonlySet<string> = new Set([
  'AssumeRolePolicyDocument',
  'assumeRolePolicyDocument',
  'assumeRolePolicy',
  'ResourcePolicy',
  'resourcePolicy',
  'ServiceControlPolicy',
]);
