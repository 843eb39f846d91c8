import { type EvidenceKind, evidenceKind } from './evidence/files.ts';

/**
 * Whether a file may say anything of who holds policies, in it or elsewhere: one look for words that stand in every file that does, which is
 * far cheaper than parsing. It may say yes to a file that tells nothing, and never says no to one that does.
 *
 * @param path divided by `/`; its name tells what the file is
 */
export function mayTell(path: string, text: string): boolean {
  const kind = evidenceKind(path);
  if (kind && (EVIDENCE[kind] === true || EVIDENCE[kind].test(text))) return true;
  const extension = /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  if (/\.(?:tf|tofu)\.json$/i.test(path)) return TERRAFORM.test(text);
  return Object.hasOwn(BY_EXTENSION, extension) && (BY_EXTENSION[extension] as RegExp).test(text);
}

/** A letter that is written by its code may be part of any word. */
const ESCAPED = String.raw`\\u00|\\U0000|\\x`;

/** What stands in policies, templates, services of the Serverless Framework, answers of AWS and states of Terraform. */
const VALUES = new RegExp(
  String.raw`Statement|Effect|AWS::|arn:aws|:policy/|(?:Role|User|Group)(?:Name|DetailList|s\b)|Policies\b|Policy(?:Document|Name|Arn)|StackResource|root_module|Fn::|^["']?(?:provider|functions)["']?\s*:|"(?:provider|functions)"|\biam|${ESCAPED}`,
  'm',
);

/** What stands in files of a Terraform module that declare, give or take something. */
const TERRAFORM = new RegExp(
  String.raw`iam|\b(?:module|locals?|variable|output|data|var|moved|import|removed)\b|[Pp]olic|terraform\.workspace|cloudformation|arn:aws|${ESCAPED}`,
);

const BY_EXTENSION: Readonly<Record<string, RegExp>> = {
  json: VALUES,
  jsonc: VALUES,
  template: VALUES,
  yaml: VALUES,
  yml: VALUES,
  tf: TERRAFORM,
  tofu: TERRAFORM,
};

/** What stands in commands that take a policy or deploy something. */
const COMMANDS =
  /\b(?:iam|cloudformation|sam|sls|osls|serverless|terraform|tofu|terragrunt|rain)\b|-policy\b|\.(?:json|jsonc|ya?ml|template|tpl|tftpl|tmpl|j2)\b|\\u00/i;

/** Words by which a kind of evidence is told; `true` where every file of it may tell. */
const EVIDENCE: Readonly<Record<EvidenceKind, RegExp | true>> = {
  samConfig: true,
  cdkManifest: true,
  terraformVariables: true,
  pipeline: new RegExp(`${COMMANDS.source}|deploy|apply|cdk|pulumi|release|${ESCAPED}`, 'i'),
  makefile: COMMANDS,
  packageScripts: COMMANDS,
  shellScript: COMMANDS,
  sourceCode: /\.(?:json|jsonc|ya?ml|template|tpl|tftpl|tmpl|j2|tf)["'`]/,
};
