import type { PolicyKind } from '../policy/model.ts';
import type { ComputedText } from './computedText.ts';

/**
 * What one file says of who holds policies: of the policies in it, of roles, users and groups, of what leads from one to the
 * other, and of how often all this is deployed. Each syntax reads them of one text and never looks at another file; `Repository`
 * joins them. Plain data, so that threads can hand them on; nothing of it keeps the file's text alive (`json/detached.ts`).
 *
 * Addresses are names inside a scope: a CloudFormation logical id, Terraform's `aws_iam_role.app`. The files of a Terraform
 * module make one scope together; every other file is a scope of its own.
 */
export interface FileFacts {
  readonly scope: 'file' | 'folder';
  readonly policies: readonly PolicyFact[];
  readonly holders: readonly HolderFact[];
  readonly edges: readonly Edge[];
  /** What managed policies are called, by their addresses. */
  readonly managedNames: readonly ManagedName[];
  /** Where a managed policy is meant by its name or ARN, wherever in the repository it is declared. */
  readonly namedUses: readonly NamedUse[];
  /**
   * The addresses of what attaches policies (`End.said`), each as often as the file has it. Of one that is there twice, as one
   * that an override file changes, nobody can say to whom it gives what.
   */
  readonly attachments?: readonly string[];
  /** AWS managed policies that are attached, by what follows `policy/` in their ARNs. */
  readonly awsManaged: readonly { readonly holder: HolderReference; readonly policy: string }[];
  /** What variables, local values and parameters say. */
  readonly values: readonly ValueFact[];
  /** The modules, nested stacks and stack sets that are made of other files. */
  readonly calls: readonly CallFact[];
  /** Other files that are put in here, such as a policy by `file()`. */
  readonly includes: readonly IncludeFact[];
  /** What says that code of this repository is deployed, and how often. */
  readonly deployments: readonly DeploymentFact[];
  /** What exists, as AWS or Terraform's state lists it. */
  readonly inventory: readonly InventoryFact[];
  /** Why something of the file could not be read, as a clause (`it is no HCL`): its scope may then hold anything. */
  readonly unread?: string;
}

/** A policy of the file: `pointer` is that of its `PolicyDocument`. */
export interface PolicyFact {
  readonly pointer: string;
  /** What users call it: the address of its `PolicyDocument`. */
  readonly name?: string;
  /** The address of the policy in its scope, from which edges lead on: a managed policy, an `aws_iam_policy_document`. */
  readonly address?: string;
  /** What its own file shows it to be; who takes it may show more. */
  readonly kind: PolicyKind;
  /** IAM's quota as far as its own file tells; `Infinity` where only those who take it tell. */
  readonly quota: number;
  /** Who takes the policy's document where it stands. */
  readonly takers: readonly Taker[];
  /** Whether nothing in the file says what it is for: it is the whole file, or stands under keys that nobody knows. Then names of file and folder may tell. */
  readonly isLoose?: true;
  /** Why it is left alone though it is an identity policy, as a clause: `this is an old version of the policy`. */
  readonly leftAlone?: string;
}

/** A role, user or group that the code declares, or only mentions. */
export interface HolderFact {
  readonly address: string;
  readonly kind: HolderKind;
  readonly name: HolderName;
  /** How often the declaration is deployed within one instance of its scope. */
  readonly amount: Amount;
  /** The ARN that stands beside the name. */
  readonly arn?: string;
  /** The provider, as it is written, that tells the account: roles of one name may be in two accounts. */
  readonly provider?: string;
  /** The condition under which it is declared: two declarations of one name under conditions are one holder. */
  readonly condition?: string;
  /** Whether it is looked up, and not made, by the code (`data "aws_iam_role"`). */
  readonly isMention?: true;
}

export type HolderKind = 'role' | 'user' | 'group';

/** What is known of a name. */
export type HolderName =
  /** As it is computed: a literal where it has no hole, an `app-*` of `name_prefix = "app-"`. */
  | { readonly text: ComputedText }
  /** CloudFormation makes it up: `STACK-LOGICALID-RANDOM`. */
  | { readonly logicalId: string }
  /** Nobody can say, and why as a clause where there is more to say than that. */
  | { readonly unknown: string | true };

/**
 * `optional`: once or not at all (`count = var.create ? 1 : 0`); `several`: any number; a list: once a key, which is `each.key`, and
 * `each.value` where the keys are the values; else once an item of a loop.
 */
export type Amount = 'one' | 'optional' | 'several' | readonly string[] | Loop;

/** What a loop goes through: what is written out there, or what a value says (`ValueFact.items`), by its `ref`. */
export type Loop = { readonly items: readonly LoopItem[] } | { readonly of: string };

/** One turn of a loop. */
export interface LoopItem {
  readonly key: string;
  /** What `each.value` is, by an empty name, and its members. */
  readonly values: readonly { readonly name: string; readonly text: ComputedText }[];
}

/** Who is meant where a principal is named: by the address of a declaration in the same scope, or by a name. */
export type HolderReference =
  | { readonly kind: HolderKind; readonly address: string }
  | {
      readonly kind: HolderKind;
      readonly name: HolderName;
      readonly arn?: string;
      readonly provider?: string;
      /** The loop that `each` in the name is of. */
      readonly loop?: Loop;
    };

/** What goes from place to place: the text of a policy, or what names a managed one: its ARN, id or name. */
export type Carried = 'document' | 'arn';

/** Somewhere in a scope something that leads to a policy is referred to, and given to somebody. */
export interface Edge {
  /** The address of what is referred to; `CALL.NAME` for an output of a call. */
  readonly of: string;
  /** What comes out of it there; `same` for what came in, as of a local value. */
  readonly gives: Carried | 'any' | 'same';
  readonly to: Taker;
}

/** Who takes something in a place, and what of it. */
export interface Taker {
  readonly takes: Carried | 'any';
  readonly by: End;
  /** Whether it puts the statements together with those of others: then one may take the place of another one of its `Sid`. */
  readonly merges?: true;
}

/** Where a way leads to. */
export type End =
  /** A principal that has the policy; `quota` is that of this kind of attachment, `said` the address of what attaches it. */
  | { readonly kind: 'holder'; readonly holder: HolderReference; readonly quota: number; readonly said?: string }
  /** Something in the same scope that others refer to: whoever takes that takes the policy. */
  | { readonly kind: 'address'; readonly address: string }
  /** An output of this scope: who calls the scope has it. */
  | { readonly kind: 'output'; readonly name: string }
  /** An output that other stacks import by this name. */
  | { readonly kind: 'export'; readonly name: ComputedText }
  /** A variable or parameter of the scope that a call uses. */
  | { readonly kind: 'argument'; readonly call: string; readonly name: string }
  /** A trust, resource or service control policy, a boundary: to it findings do not speak. `why` as a clause. */
  | { readonly kind: 'other'; readonly why: string }
  /** Whatever may do with it what it wants; `why` as a clause: `'aws_foo.bar' takes it`. */
  | { readonly kind: 'unknown'; readonly why: string; readonly quota?: number; readonly holderKind?: HolderKind };

export interface ManagedName {
  readonly address: string;
  readonly name: HolderName;
}

export interface NamedUse {
  readonly name: ComputedText;
  /** The 12 digits of the account, where an ARN says them. */
  readonly account?: string;
  /** The name of an export (`Fn::ImportValue`) in place of a policy's. */
  readonly isExport?: true;
  readonly to: Taker;
}

export interface ValueFact {
  /** `local.name`, `var.name`, a parameter's name; `output.name` for the text that an output gives to callers. */
  readonly ref: string;
  readonly text: ComputedText;
  /** What a loop over it goes through, where it is a list or a map that is written out. */
  readonly items?: readonly LoopItem[];
  /** Whether it is nothing at all: `null`, a list without items. */
  readonly isNothing?: true;
  /** Whether it holds only where nobody gives another one: a variable's or parameter's default. */
  readonly isDefault?: true;
}

/** A module call, a nested stack, a stack set, a template that a script deploys. */
export interface CallFact {
  /** Its address; an output of it is the address `ADDRESS.NAME`: `module.app`, `Child.Outputs`. */
  readonly address: string;
  /** In a message: `the module 'app'`, `the nested stack 'Child'`. */
  readonly label: string;
  /** The folder or file as it is written, led on from the file's own folder; of an address elsewhere its last segment counts as a file's name. `undefined` where nobody can say. */
  readonly target: ComputedText | undefined;
  /** `folder`: a Terraform module; `file`: a template. */
  readonly kind: 'folder' | 'file';
  /** What variables or parameters are given, by their names without `var.`. */
  readonly arguments: readonly Argument[];
  readonly amount: Amount;
  /** Providers, as they are written, that the call is given in place of the default ones. */
  readonly provider?: string;
  /** Accounts that it is deployed to, where they are written out (a stack set). */
  readonly accounts?: readonly string[];
  /** What AWS calls the stack, where that is known. */
  readonly stackName?: ComputedText;
}

/** What a variable or a parameter is given. */
export type Argument = { readonly name: string } & Pick<ValueFact, 'text' | 'items' | 'isNothing'>;

/** A file that is put in: its policy is taken by somebody here. */
export interface IncludeFact {
  /** As it is written, led on from the file's own folder (or, where `isFromRoot`, from the repository's). */
  readonly path: ComputedText;
  readonly isFromRoot?: true;
  /** Whether it may as well be led on from any folder above the file's own: from where a script is run, nobody says. Where several are there, any may be meant. */
  readonly isFromAbove?: true;
  readonly to: Taker;
}

/** Evidence of a deployment. */
export interface DeploymentFact {
  /**
   * What is deployed: a path led on from the file's own folder, of a template or of a folder; `''` for all that lies in or below the
   * file's own folder, `/` for all of the repository; `scope` for the scope of this file itself.
   */
  readonly of: string | { readonly scope: true };
  /** What alone it can be of what lies there: a Terraform module, or a template. */
  readonly kind?: CallFact['kind'];
  /** Whether `of` may as well be led on from any folder above the file's own. Then `''` is what lies in such a folder itself, and not below. */
  readonly isFromAbove?: true;
  /** What the deployment is called where no stack is named: `prod`, of `prod.tfvars` and `prod.tfbackend` alike. What is called the same is the same one. */
  readonly environment?: string;
  /** What variables or parameters are given in it, by their names without `var.`. */
  readonly arguments?: CallFact['arguments'];
  /** The stack's name, where each is named; of CloudFormation's physical names it is the first part. */
  readonly stack?: ComputedText;
  readonly account?: string;
  /** Whether it tells only that there may be several, without naming them. */
  readonly isSeveral?: true;
  /** As a clause: `'samconfig.toml' deploys it as 'orders-dev'`, `its parameter 'Stage' may be 'dev' or 'prod'`. */
  readonly why: string;
}

export type InventoryFact =
  /** `describe-stack-resources` or `list-stack-resources`. */
  | {
      readonly kind: 'stack';
      readonly stack?: string;
      readonly account?: string;
      readonly resources: readonly { readonly logicalId: string; readonly type: string; readonly physicalId: string }[];
    }
  /** `terraform show -json` of a state. */
  | { readonly kind: 'state'; readonly resources: readonly { readonly address: string; readonly arn: string }[] }
  /** `list-roles`, `list-users` or `get-account-authorization-details`: ARNs of roles and users. */
  | {
      readonly kind: 'account';
      readonly account: string;
      readonly lists: readonly HolderKind[];
      /** Whether the answer is whole, and not one page of several. */
      readonly isWhole: boolean;
      readonly principals: readonly {
        readonly arn: string;
        readonly created?: string;
        /** ARNs of the managed policies that it has, those of its groups not among them. */
        readonly policies?: readonly string[];
        readonly groups?: readonly string[];
      }[];
    };

/** The facts of a file that says nothing. */
export const NO_FACTS: FileFacts = {
  scope: 'file',
  policies: [],
  holders: [],
  edges: [],
  managedNames: [],
  namedUses: [],
  awsManaged: [],
  values: [],
  calls: [],
  includes: [],
  deployments: [],
  inventory: [],
};

/** The address of a policy that is its whole file, for those who put the file in. */
export const WHOLE_FILE = '#';
