import * as vscode from 'vscode';
import { COMMANDS, type FindingsSource, type PolicyStatus, SECTION } from '../../../server/src/protocol.ts';
import { SHOW_NOT_GRANTED } from './notGranted.ts';

/** What one line of the language status says. */
export interface StatusLine {
  /** Tells the lines apart, whatever they say. */
  readonly id: string;
  readonly name: string;
  readonly text: string;
  readonly detail?: string;
  readonly command?: vscode.Command;
  readonly severity?: vscode.LanguageStatusSeverity;
}

/** The lines of a policy's status: whose it is and why, how much of it is unused, by which findings, and what they report beside. */
export function statusLines(status: PolicyStatus): StatusLine[] {
  return [
    principalLine(status),
    whyLine(status),
    ...unusedLine(status),
    ...findingsLine(status.findings),
    ...(status.notGranted ?? []).map(({ message, actions }, index) => ({
      id: `notGranted${index}`,
      name: vscode.l10n.t('Reported, but not granted here'),
      text: message,
      ...(actions.length > 0 && {
        command: { title: vscode.l10n.t('Show Actions'), command: SHOW_NOT_GRANTED, arguments: [message, actions] },
      }),
    })),
    ...configLine(status.config),
    catalogueLine(status.catalogue),
  ];
}

function principalLine({ kind, principals, accounts, target }: PolicyStatus): StatusLine {
  const nobody =
    kind === 'matched' ? vscode.l10n.t('Findings without a principal') : vscode.l10n.t('No findings apply');
  return {
    id: 'principal',
    name: vscode.l10n.t('Principal of the policy'),
    text: principals.length > 0 ? listSome(principals) : nobody,
    ...(accounts.length > 0 && { detail: vscode.l10n.t('account {0}', accounts.join(', ')) }),
    command: { title: vscode.l10n.t('Choose Principal…'), command: COMMANDS.choosePrincipal, arguments: [target] },
    severity: kind === 'blocked' ? vscode.LanguageStatusSeverity.Warning : vscode.LanguageStatusSeverity.Information,
  };
}

/** A line of its own: beside the principal it would push the command out of a narrow window. */
function whyLine({ why }: PolicyStatus): StatusLine {
  return { id: 'why', name: vscode.l10n.t('Why these findings'), text: vscode.l10n.t('Because {0}', why) };
}

function unusedLine({ totals, target }: PolicyStatus): StatusLine[] {
  if (!totals) return [];
  const { granted, unused } = totals;
  const refine = { title: vscode.l10n.t('Refine'), command: COMMANDS.refinePolicy, arguments: [target] };
  return [
    {
      id: 'unused',
      name: vscode.l10n.t('Unused permissions'),
      text:
        unused > 0
          ? vscode.l10n.t('{0} of {1} granted actions unused', unused, granted)
          : vscode.l10n.t('None of {0} granted actions unused', granted),
      ...(unused > 0 && { command: refine }),
    },
  ];
}

function findingsLine([newest, ...others]: readonly FindingsSource[]): StatusLine[] {
  if (!newest) return [];
  const uri = vscode.Uri.parse(newest.uri);
  const { line, character } = newest.range.start;
  const more = others.length > 0 ? [vscode.l10n.t('and {0} more', others.length)] : [];
  return [
    {
      id: 'findings',
      name: vscode.l10n.t('Findings'),
      text: vscode.workspace.asRelativePath(uri),
      detail: [describeAge(newest), ...more].join(' '),
      command: {
        title: vscode.l10n.t('Open Findings'),
        command: 'vscode.open',
        arguments: [uri, { selection: new vscode.Range(line, character, line, character) }],
      },
      severity: newest.isOld ? vscode.LanguageStatusSeverity.Warning : vscode.LanguageStatusSeverity.Information,
    },
  ];
}

function describeAge({ analyzedOn, age }: FindingsSource): string {
  if (analyzedOn === undefined) return vscode.l10n.t('without a date');
  if (age === undefined) return vscode.l10n.t('analyzed on {0}', analyzedOn);
  return age === 1
    ? vscode.l10n.t('analyzed on {0}, 1 day ago', analyzedOn)
    : vscode.l10n.t('analyzed on {0}, {1} days ago', analyzedOn, age);
}

/** With it stands what the settings of the editor do not say. */
function configLine(config: PolicyStatus['config']): StatusLine[] {
  if (!config) return [];
  return [
    {
      id: 'config',
      name: vscode.l10n.t('Configuration file'),
      text: config.name,
      detail: vscode.l10n.t('goes before your settings'),
      command: {
        title: vscode.l10n.t('Open Configuration'),
        command: 'vscode.open',
        arguments: [vscode.Uri.parse(config.uri)],
      },
    },
  ];
}

function catalogueLine({ date, actions }: PolicyStatus['catalogue']): StatusLine {
  return {
    id: 'catalogue',
    name: vscode.l10n.t('Catalogue of actions'),
    text: vscode.l10n.t('Catalogue of {0}', date),
    detail: vscode.l10n.t('{0} actions', actions.toLocaleString()),
    command: { title: vscode.l10n.t('Show Output'), command: `${SECTION}.showOutput` },
  };
}

/** Names all of a few, and of many the first two. */
function listSome(names: readonly string[]): string {
  return names.length <= 3
    ? names.join(', ')
    : vscode.l10n.t('{0} and {1} others', names.slice(0, 2).join(', '), names.length - 2);
}
