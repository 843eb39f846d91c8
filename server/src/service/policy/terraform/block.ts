/** A reference such as `aws_iam_role.app[0].name`, step by step and without the indexes: `['aws_iam_role', 'app', 'name']`. */
export type Reference = readonly string[];

/** The value of an attribute, as far as it may tell whose a policy is. Each of Terraform's syntaxes reads it from its own nodes. */
export interface TerraformValue {
  /** What a plain string says; `undefined` for all else. */
  readonly literal: string | undefined;
  /** The reference that it is; `undefined` for any other value. */
  readonly reference: Reference | undefined;
  /** The items of a list; else the value itself. */
  readonly items: readonly TerraformValue[];
  /** What a string says, with what is put in between `${` and `}` as it is written; `undefined` for all else. */
  readonly template: string | undefined;
  /** As it is written, but for quotes around it. */
  readonly text: string;
  /** The references in it, wherever. */
  references(): readonly Reference[];
  /** Texts that hold all its strings, as they are written. */
  strings(): Iterable<string>;
}

/** An attribute directly inside a block. */
interface TerraformAttribute {
  readonly key: string;
  readonly value: TerraformValue;
}

/** A block at the top of a file: its type (`resource`), its labels (`aws_iam_role`, `app`) and its attributes. */
export interface TerraformBlock {
  readonly type: string;
  readonly labels: readonly string[];
  readonly attributes: readonly TerraformAttribute[];
}

/** An attribute of a block, or of one inside it, by the types of the blocks that hold it and its own name. */
export interface PlacedValue {
  readonly path: readonly string[];
  readonly value: TerraformValue;
}

/** The value of a name that is there once: Terraform refuses an attribute that is repeated. */
export function onlyValue<T>(
  members: readonly { readonly key: string; readonly value: T }[],
  key: string,
): T | undefined {
  const [member, ...repeated] = members.filter((candidate) => candidate.key === key);
  return repeated.length === 0 ? member?.value : undefined;
}

/** Terraform's address of a block. */
export function addressOf({ type, labels }: Pick<TerraformBlock, 'type' | 'labels'>): string {
  return type === 'resource' ? labels.join('.') : [type, ...labels].join('.');
}
