import type { Span } from '../json/span.ts';

/**
 * The policy model: what every syntax (JSON, later YAML and HCL) makes of a file, and all that the rest knows of it.
 * Offsets count UTF-16 units from the start of the file, as LSP's default position encoding does.
 */

/** Replaces a span with `text`. The edits of one answer never overlap and are in ascending order. */
export interface TextChange extends Span {
  readonly text: string;
}

/** A file as its syntax reads it. Reading never fails: what cannot be read is a problem, and the rest is there. */
export interface PolicyFile {
  readonly documents: readonly PolicyDocument[];
  /** Why the file must not be edited, such as a syntax error; empty for a sound file. */
  readonly problems: readonly PolicyProblem[];
}

export interface PolicyProblem extends Span {
  readonly message: string;
  /** Whether a limit of ours is the reason, of which no other tool tells the user; otherwise the text is broken. */
  readonly isLimit?: boolean;
}

/** A list as it is written: its span from bracket to bracket (or dash), and the span of each item, whatever it is. */
export interface ItemList extends Span {
  readonly items: readonly Span[];
}

/** One policy inside a file; a template may hold many. */
export interface PolicyDocument extends Span {
  /** JSON pointer (RFC 6901) to the policy inside its file; empty when the file is the policy. */
  readonly pointer: string;
  /** What users call it inside its file: the logical id of the template's resource that holds it, or Terraform's address; absent elsewhere. */
  readonly address?: string;
  /** Where to mark something that concerns the policy as a whole: its `Statement` key. */
  readonly heading: Span;
  readonly statements: readonly Statement[];
  /** The list that holds the statements; absent where a single statement stands alone. */
  readonly list?: ItemList;
  /** What kind of policy the syntax shows it to be; only identity policies are refined. */
  readonly kind: PolicyKind;
  /** The role, user or group that the syntax says holds the policy. */
  readonly owner?: PolicyOwner;
  /** Size as IAM counts it: characters without white space outside strings. */
  readonly size: number;
  /** The size that IAM allows for this kind of attachment; see `SIZE_QUOTAS`. */
  readonly quota: number;
}

/** `other`: a resource, trust, service control or other policy to which unused-access findings do not speak. */
export type PolicyKind = 'identity' | 'other';

export interface PolicyOwner {
  readonly kind: 'role' | 'user' | 'group';
  /** The physical name, where the syntax gives it literally. */
  readonly name?: string;
  /** CloudFormation's logical id, of which physical names (`stack-LogicalId-1A2B3C`) are made where no name is given; Terraform's address. */
  readonly logicalId?: string;
  /** Whether the template gives it a name that is known only when it is deployed: then none is made of its logical id. */
  readonly isNamedLater?: true;
  /** Why nobody can say who it is, as a clause for the user; absent where no more is known than that the syntax does not name it. */
  readonly whyUnknown?: string;
  /** The ARN that the syntax gives beside the name. */
  readonly arn?: string;
  /** The AWS managed policies that are attached, by what follows `policy/` in their ARNs; absent where the code shows none. */
  readonly managedPolicies?: readonly string[];
}

/** One statement of a policy. */
export interface Statement extends Span {
  readonly pointer: string;
  /** `Allow`, `Deny`, or whatever stands there. */
  readonly effect: string;
  /** Which element lists the actions. */
  readonly element: 'Action' | 'NotAction';
  /** The whole element, from its key to the end of its value: where a statement's mark goes. */
  readonly elementSpan: Span;
  /** The strings of the element, in order. */
  readonly entries: readonly Entry[];
  /** The list that holds the entries; absent where a single string stands alone. */
  readonly list?: ItemList;
  /** Whether the element holds something beside these entries, such as `{"Ref": …}` or another list: then the statement is never removed. */
  readonly hasOpaqueEntries: boolean;
  /** Whether the statement names a principal, as trust and resource policies do. */
  readonly hasPrincipal: boolean;
  /** Whether its place does not allow to remove it, such as a branch of `Fn::If`: emptied, it is marked and stays. */
  readonly mustStay: boolean;
  /** The element of which this is but one of several lists; absent where the list is the element. */
  readonly whole?: WholeElement;
  /** How many statements of the policy have this very list: more than one where YAML's aliases share it. */
  readonly uses: number;
  /** Size as IAM counts it. */
  readonly size: number;
}

/** An element that functions or conditions make of lists, each of which is a statement of the model. */
export interface WholeElement {
  readonly parts: readonly Statement[];
  readonly shape: ElementShape;
  /** Whether its statement may be removed once nothing is left of any of the lists. */
  readonly isRemovable: boolean;
}

/** How lists make up an element: all of them joined, or one of them chosen. What is not known may be empty. */
export type ElementShape =
  | { readonly kind: 'part'; readonly index: number }
  | { readonly kind: 'joined' | 'chosen'; readonly of: readonly ElementShape[] }
  | { readonly kind: 'unknown' };

/** One string of an `Action` or `NotAction` element. The span includes its quotes. */
export interface Entry extends Span {
  readonly pointer: string;
  readonly value: string;
  /** Size as IAM counts it, with quotes. */
  readonly size: number;
}

/** What is to become of one statement. */
export interface StatementChange {
  readonly statement: Statement;
  readonly change:
    | { readonly kind: 'remove' }
    /** Entries give way to others, or to nothing. At least one entry, or something opaque, must be left. */
    | { readonly kind: 'replace'; readonly replacements: ReadonlyMap<Entry, readonly string[]> }
    /** Entries are added behind the last one. */
    | { readonly kind: 'append'; readonly entries: readonly string[] };
}

/** What one file says of the policies of the others in its folder. Only its syntax knows what is in it; its text is not kept. */
export type SiblingFacts = object;

/** Which files of a folder have a say in whose the policies of the others are, as those of a Terraform module have. */
export interface SiblingSyntax {
  /** Of the names of such files, without the dot. They may be of several syntaxes, which all say this. */
  readonly extensions: readonly string[];
  /** What a file of this syntax says of the policies of the others. Never throws. */
  read(text: string): SiblingFacts;
  /** What a file says that cannot be read: it may be anything. */
  readonly unread: SiblingFacts;
}

/** What a syntax must know to take part. */
export interface PolicySyntax {
  /** Absent where each file stands alone. */
  readonly siblings?: SiblingSyntax;
  /**
   * Reads the policies of a file.
   * @param siblings what the other files of its folder say
   */
  read(text: string, siblings?: readonly SiblingFacts[]): PolicyFile;
  /** Writes changes as minimal text edits: what is not touched stays byte for byte. */
  write(text: string, document: PolicyDocument, changes: readonly StatementChange[]): TextChange[];
}

/**
 * IAM's size quotas, in characters without white space
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html).
 */
export const SIZE_QUOTAS = { managed: 6144, user: 2048, group: 5120, role: 10240 } as const;

/** The text with the changes made. The changes must not overlap and must be in ascending order. */
export function applyChanges(text: string, changes: readonly TextChange[]): string {
  let result = '';
  let at = 0;
  for (const change of changes) {
    result += text.slice(at, change.start) + change.text;
    at = change.end;
  }
  return result + text.slice(at);
}
