import type { ReportingDescriptor } from 'sarif';
import { CODE_DESCRIPTIONS, DiagnosticCode } from '../../service/diagnostics/codes.ts';

/** A rule for each code that `check` may find, in the order of `RULE_IDS`. */
export function sarifRules(level: 'error' | 'warning' | 'note'): ReportingDescriptor[] {
  return Object.entries(RULES).map(([id, { name, short, help }]): ReportingDescriptor => {
    const uri = CODE_DESCRIPTIONS[id as keyof typeof RULES];
    return {
      id,
      name,
      shortDescription: { text: short },
      fullDescription: { text: help },
      help: { text: `${help}\n\nMore: ${uri}`, markdown: `${help}\n\n[More](${uri})` },
      helpUri: uri,
      defaultConfiguration: { level },
      properties: { tags: ['security', 'least-privilege', 'aws-iam'], precision: 'high' },
    };
  });
}

const RULES = {
  [DiagnosticCode.unusedAction]: {
    name: 'UnusedAction',
    short: 'All that this entry grants is unused',
    help: 'The findings say that the principal uses none of the actions that this entry grants. Remove the entry: who gets hold of the principal can do less then, and it loses nothing that it uses.',
  },
  [DiagnosticCode.overbroadWildcard]: {
    name: 'OverbroadWildcard',
    short: 'A part of what this wildcard grants is unused',
    help: 'The findings say that the principal does not use a part of the actions that this wildcard grants. Replace it with narrower entries that grant all that is in use, and nothing that is reported unused.',
  },
  [DiagnosticCode.overbroadNotAction]: {
    name: 'OverbroadNotAction',
    short: "A part of what 'NotAction' grants by not listing it is unused",
    help: "With 'NotAction' an Allow statement grants every action that is not listed. The findings say that the principal does not use a part of them. Add these to the list.",
  },
  [DiagnosticCode.unusedStatement]: {
    name: 'UnusedStatement',
    short: 'All that this statement grants is unused',
    help: 'The findings say that the principal uses none of the actions that this statement grants. Remove the statement.',
  },
  [DiagnosticCode.unusedPolicy]: {
    name: 'UnusedPolicy',
    short: 'All that this policy grants is unused',
    help: 'The findings say that the principal uses none of the actions that this policy grants. Detach or delete the policy: IAM refuses one without statements.',
  },
  [DiagnosticCode.policySize]: {
    name: 'PolicySize',
    short: 'Refined, this policy would be too large',
    help: 'Written without what is unused, the policy would pass the size that IAM allows. Refine a part of it by hand, or divide it into several policies.',
  },
} as const;

/** The codes in the order of the rules. */
export const RULE_IDS = Object.keys(RULES);
