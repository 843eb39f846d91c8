/** The source of every diagnostic. */
export const DIAGNOSTIC_SOURCE = 'iam-policy-refiner';

/** The codes of our diagnostics. Users filter and configure by them, so they never change. */
export const DiagnosticCode = {
  /** All that the entry grants is unused: the entry can go. */
  unusedAction: 'unused-action',
  /** Part of what the wildcard grants is unused: it can be replaced by narrower entries. */
  overbroadWildcard: 'overbroad-wildcard',
  /** Part of what `NotAction` grants, by not listing it, is unused: it can be added to the list. */
  overbroadNotAction: 'overbroad-not-action',
  /** All that the statement grants is unused: the statement can go. */
  unusedStatement: 'unused-statement',
  /** All that the policy grants is unused: it can be detached, but not emptied. */
  unusedPolicy: 'unused-policy',
  /** The refined policy would pass a size quota that the policy as it stands does not pass. */
  policySize: 'policy-size',
  /** A findings file, or a part of it, that cannot be read. */
  invalidFindings: 'invalid-findings',
  /** An export that names no actions: they are still to be fetched. */
  findingsWithoutActions: 'findings-without-actions',
  /** An export whose last page is missing. */
  truncatedFindings: 'truncated-findings',
} as const;

export type DiagnosticCode = (typeof DiagnosticCode)[keyof typeof DiagnosticCode];

/** The code of what is wrong in a configuration file. No page of AWS tells more. */
export const INVALID_CONFIG = 'invalid-config';

const UNUSED_ACCESS = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-findings.html';
const LEAST_PRIVILEGE = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege';
const GET_FINDING = 'https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_GetFindingV2.html';

/** Where to read more about a code. */
export const CODE_DESCRIPTIONS: Readonly<Record<DiagnosticCode, string>> = {
  [DiagnosticCode.unusedAction]: UNUSED_ACCESS,
  [DiagnosticCode.overbroadWildcard]: LEAST_PRIVILEGE,
  [DiagnosticCode.overbroadNotAction]: LEAST_PRIVILEGE,
  [DiagnosticCode.policySize]: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html',
  [DiagnosticCode.unusedStatement]: UNUSED_ACCESS,
  [DiagnosticCode.unusedPolicy]: UNUSED_ACCESS,
  [DiagnosticCode.invalidFindings]: GET_FINDING,
  [DiagnosticCode.findingsWithoutActions]: GET_FINDING,
  [DiagnosticCode.truncatedFindings]: GET_FINDING,
};
