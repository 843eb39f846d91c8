/** An IAM role or user that findings speak of. */
export interface Principal {
  readonly arn: string;
  /** The account's id, 12 digits. */
  readonly account: string;
  readonly kind: 'role' | 'user';
  /** The name without its path: `MyRole` of `role/team/MyRole`. */
  readonly name: string;
}

const PRINCIPAL_ARN = /^arn:[\w-]+:iam::(\d{12}):(role|user)\/(?:.*\/)?([^/]+)$/;

/**
 * Takes the ARN of a role or user apart; `undefined` for anything else.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns
 */
export function parsePrincipal(arn: string): Principal | undefined {
  const [, account, kind, name] = PRINCIPAL_ARN.exec(arn) ?? [];
  if (account === undefined || name === undefined || (kind !== 'role' && kind !== 'user')) return undefined;
  return { arn, account, kind, name };
}
