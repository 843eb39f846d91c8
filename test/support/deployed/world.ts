/**
 * Repositories as they are made up for the property of whose a policy is, before they are written as texts and deployed. Nothing
 * here knows of the product: the simulator tells who really ends up with which policy.
 */

/** A repository, the accounts around it, and what is known of them. */
export interface World {
  readonly roots: readonly Root[];
  /** What several roots of one family call: a template that is nested, a Terraform module. */
  readonly shared: Readonly<Record<Family, Scope>>;
  readonly files: readonly PolicyFile[];
  readonly strangers: readonly Stranger[];
  readonly inventory: Inventory;
  /** A workflow that runs for several stages. */
  readonly hasMatrix: boolean;
  /** Draws of what cannot be chosen: letters of made-up names, what principals use. */
  readonly seed: number;
  /** Whether findings tell names without ARNs, now and then. */
  readonly tellsBareNames: boolean;
  /** Whose findings name nobody, and lie beside a policy of theirs: the draw of one. */
  readonly unnamed: number | undefined;
}

export type Family = 'cfn' | 'tf';

/** Code that is deployed by itself. */
export interface Root {
  readonly family: Family;
  readonly syntax: 'yaml' | 'json';
  readonly folder: string;
  readonly scope: Scope;
  readonly calls: readonly Call[];
  /** What it calls, where that is not what is shared. */
  readonly child: Scope | undefined;
  readonly deployments: readonly Deployment[];
  readonly evidence: Evidence;
}

/** What of the repository tells how often a root is deployed. */
export type Evidence = 'none' | 'named' | 'script' | 'first named' | 'stages';

/** A template, or a Terraform module. */
export interface Scope {
  readonly holders: readonly Holder[];
  readonly policies: readonly Policy[];
  /** The holder that has the policy whose ARN a caller gives. */
  readonly takes: string | undefined;
}

export interface Holder {
  readonly id: string;
  readonly kind: 'role' | 'user' | 'function';
  readonly name: Name;
  /** The keys of the loop that makes several. */
  readonly keys: readonly string[] | undefined;
  /** Whether some deployments have none of it. */
  readonly isOptional: boolean;
  readonly attached: readonly NamedAttachment[];
}

/** A managed policy that is attached by its name, wherever it is declared. */
export interface NamedAttachment {
  readonly policy: string;
  readonly written: 'arn' | 'account' | 'prefixed' | 'looked up';
}

export type Name =
  | {
      readonly kind: 'literal' | 'put together' | 'prefixed' | 'begun' | 'of the stack' | 'keyed';
      readonly text: string;
    }
  | { readonly kind: 'made up' | 'given' | 'by default' };

export interface Policy {
  readonly id: string;
  readonly form: 'inline' | 'managed';
  readonly name: Name;
  /** Who has it, by ids; none that are there is nobody. */
  readonly holders: readonly string[];
  /** A role or user that is meant by its name. */
  readonly means: string | undefined;
  /** Whether it is handed to whoever calls, or imports. */
  readonly goesUp: boolean;
  /** Whether it is given to what is called. */
  readonly goesDown: boolean;
  /** Whether its text stands in a file of its own. */
  readonly isApart: boolean;
  /** One of several ways to write the same. */
  readonly style: number;
}

export interface Call {
  readonly id: string;
  /** What the variable `prefix` is given; the caller's own where it is absent. */
  readonly prefix: string | undefined;
  readonly name: string;
  readonly keys: readonly string[] | undefined;
  /** The holder of the caller that has the policy which comes out. */
  readonly upTo: string | undefined;
}

export interface Deployment {
  readonly account: string;
  readonly stack: string;
  readonly prefix: string;
  readonly name: string;
  readonly hasOptional: boolean;
}

/** A file that is a policy, and of which no code tells whose. */
export interface PolicyFile {
  readonly path: string;
  /** Whose it is, by name. */
  readonly name: string;
  readonly account: string;
}

/** A role that is made elsewhere. */
export interface Stranger {
  readonly account: string;
  readonly name: string;
}

export interface Inventory {
  /** The accounts of which all roles are listed. */
  readonly accounts: readonly string[];
  /** Whether it tells of policies as well, as `get-account-authorization-details` does. */
  readonly hasDetails: boolean;
  /** Whether the resources of each deployment are listed. */
  readonly listsResources: boolean;
}
