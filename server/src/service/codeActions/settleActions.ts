import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { CodeAction } from 'vscode-languageserver-types';
import type { FileAnalysis, PolicyAnalysis } from '../analysis.ts';
import { type SettlementChoice, settlementChoices } from '../whose/settlementChoices.ts';
import type { CodeActionRequest } from './codeActions.ts';
import { isRequested, QUICK_FIX } from './kinds.ts';

/** The client's commands by which the user says whose a policy is. */
export interface SettleCommands {
  /** Takes `{uri, pointer, line}`: the line as it is to be written. */
  readonly confirmPrincipal: string;
  /** Takes `{uri, pointer}`. */
  readonly choosePrincipal: string;
}

/** Of more who could be meant, one chooses from the list of all. */
const MAX_CANDIDATES = 3;

/** For policies that a range touches and of which it is open whose they are: an action for each way to settle it, by the client's commands. */
export function settleActions(
  document: TextDocument,
  { policies }: FileAnalysis,
  { range, only }: Pick<CodeActionRequest, 'range' | 'only'>,
  commands: SettleCommands,
): CodeAction[] {
  if (!isRequested(QUICK_FIX, only)) return [];
  const start = document.offsetAt(range.start);
  const end = document.offsetAt(range.end);
  return policies
    .filter((policy) => policy.document.start <= end && start <= policy.document.end && isOpen(policy))
    .flatMap((policy) => actionsFor(policy, document.uri, commands));
}

function isOpen({ standing, match, refined }: PolicyAnalysis): boolean {
  return standing.kind === 'identity' && !refined && !match.isBlocked;
}

function actionsFor({ document, match }: PolicyAnalysis, uri: string, commands: SettleCommands): CodeAction[] {
  const target = { uri, pointer: document.pointer };
  const choices = settlementChoices(match);
  const named = choices.filter(({ setting, open }) => setting === 'principals' && !open).slice(0, MAX_CANDIDATES);
  const canChoose = (match.settle ?? []).some(({ setting }) => setting === 'principals');
  const confirm = ({ title, line }: SettlementChoice) =>
    toAction(title, commands.confirmPrincipal, { ...target, line });
  return [
    ...named.map(confirm),
    ...(canChoose ? [toAction('Choose principal…', commands.choosePrincipal, target)] : []),
    ...choices.filter(({ setting }) => setting !== 'principals').map(confirm),
  ];
}

function toAction(title: string, command: string, argument: object): CodeAction {
  return { title, kind: QUICK_FIX, command: { title, command, arguments: [argument] } };
}
