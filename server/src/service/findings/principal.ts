/** An IAM role or user that findings speak of. */
export interface Principal {
  /** How it is told from others: by its ARN, or by its bare name where findings tell no more. */
  readonly label: string;
  /** Absent, like account and kind, where findings tell the bare name only. */
  readonly arn?: string;
  /** The account's id, 12 digits. */
  readonly account?: string;
  readonly kind?: 'role' | 'user';
  /** The name without its path: `MyRole` of `role/team/MyRole`. */
  readonly name: string;
}

/** A principal that findings name by its ARN. */
export type KnownPrincipal = Principal & Required<Pick<Principal, 'arn' | 'account' | 'kind'>>;

const PRINCIPAL_ARN = /^arn:[\w-]+:iam::(\d{12}):(role|user)\/(?:.*\/)?([^/]+)$/;

/**
 * Takes the ARN of a role or user apart; `undefined` for anything else.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns
 */
export function parsePrincipal(arn: string): KnownPrincipal | undefined {
  const [, account, kind, name] = PRINCIPAL_ARN.exec(arn) ?? [];
  if (account === undefined || name === undefined || (kind !== 'role' && kind !== 'user')) return undefined;
  return { label: arn, arn, account, kind, name };
}

/** A role or user of which only the name is known; `undefined` for what is no name, such as the ARN of a bucket. */
export function namePrincipal(name: string): Principal | undefined {
  return /^[\w+=,.@-]+$/.test(name) ? { label: name, name } : undefined;
}
