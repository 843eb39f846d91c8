import * as vscode from 'vscode';
import { PRINCIPALS_REQUEST, type PrincipalChoice, type PrincipalsResult } from '../../../server/src/protocol.ts';
import { reasonOf } from '../describeFailure.ts';
import { type FolderSetting, folderSetting } from '../folderSettings.ts';
import { meantPolicy } from '../meantPolicy.ts';
import { type Outcome, show } from '../outcome.ts';
import type { ServerControl } from '../serverControl.ts';

/** What else would be asked of the user: for key bindings, and for whoever runs the command. */
export interface PrincipalDecision {
  /** ARNs, or names; none takes the choice away. */
  readonly principals: readonly string[];
  /** The key of the setting; the closest one when absent. */
  readonly key?: string;
}

/**
 * "IAM: Choose Principal…": asks whose findings apply to a policy, and whether they do to its file or folder as well, and writes
 * the answer into the setting `principals`: of the configuration file that says it, else of the workspace folder.
 *
 * @param target a `PolicyTarget`; without it the policy at the cursor is meant
 * @param decision a `PrincipalDecision`; without it the user is asked
 */
export async function choosePrincipal(server: ServerControl, target?: unknown, decision?: unknown): Promise<Outcome> {
  try {
    return show(await choose(server, target, isDecision(decision) ? decision : undefined));
  } catch (error) {
    return show({ kind: 'refused', message: vscode.l10n.t('The principal could not be chosen: {0}', reasonOf(error)) });
  }
}

async function choose(
  server: ServerControl,
  target: unknown,
  decision: PrincipalDecision | undefined,
): Promise<Outcome> {
  const meant = await meantPolicy(server, target);
  if (!meant) return { kind: 'nothing', message: vscode.l10n.t('Open an IAM policy first') };
  const { client, document, params } = meant;
  const { principals, keys, refusal } = await client.sendRequest<PrincipalsResult>(PRINCIPALS_REQUEST, params);
  if (refusal !== undefined) return { kind: 'refused', message: refusal };
  const chosen = decision?.principals ?? (await askPrincipals(principals));
  if (!chosen) return unchanged();
  const setting = await folderSetting('principals', document.uri, server);
  const own = mappingOf(setting.own);
  if (!own)
    return {
      kind: 'refused',
      message: vscode.l10n.t('{0} must be an object: correct it first', setting.name),
    };
  if (chosen.length === 0) return clear(setting, own, keys);
  const key = decision ? (decision.key ?? keys[0]) : await askKey(keys, setting.name);
  if (key === undefined) return unchanged();
  // A closer key would go before the one that was chosen.
  const closer = keys.slice(0, Math.max(keys.indexOf(key), 0));
  await setting.write({ ...without(own, closer), [key]: chosen });
  return {
    kind: 'written',
    message: vscode.l10n.t("{0} names {1} for '{2}'", setting.name, chosen.map(nameOf).join(', '), key),
  };
}

async function clear(
  setting: FolderSetting,
  own: Readonly<Record<string, unknown>>,
  keys: readonly string[],
): Promise<Outcome> {
  const key = keys.find((candidate) => Object.hasOwn(own, candidate));
  if (key === undefined)
    return {
      kind: 'nothing',
      message: vscode.l10n.t('Nothing was chosen: {0} of this folder names nobody for this policy', setting.name),
    };
  const left = without(own, [key]);
  await setting.write(Object.keys(left).length > 0 ? left : undefined);
  return {
    kind: 'written',
    message: vscode.l10n.t("{0} names nobody for '{1}' any more", setting.name, key),
  };
}

async function askPrincipals(principals: readonly PrincipalChoice[]): Promise<readonly string[] | undefined> {
  const items = principals.map((choice) => ({
    id: choice.id,
    label: choice.name,
    description: [choice.account, choice.kind].filter((part) => part !== undefined).join(' · '),
    detail: describeUnused(choice),
    picked: choice.isCurrent,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    canPickMany: true,
    matchOnDescription: true,
    ignoreFocusOut: true,
    title: vscode.l10n.t('Whose Findings Apply to This Policy?'),
    placeHolder: vscode.l10n.t('Several for a policy they share, none to let names decide'),
  });
  return picked?.map(({ id }) => id);
}

function describeUnused({ unused: { actions, services }, usesNothing }: PrincipalChoice): string {
  if (usesNothing) return vscode.l10n.t('uses nothing at all');
  const parts = [
    ...(actions === 1 ? [vscode.l10n.t('1 unused action')] : []),
    ...(actions > 1 ? [vscode.l10n.t('{0} unused actions', actions)] : []),
    ...(services === 1 ? [vscode.l10n.t('1 unused service')] : []),
    ...(services > 1 ? [vscode.l10n.t('{0} unused services', services)] : []),
  ];
  return parts.length > 0 ? parts.join(', ') : vscode.l10n.t('nothing is reported unused');
}

async function askKey(keys: readonly string[], setting: string): Promise<string | undefined> {
  if (keys.length < 2) return keys[0];
  const items = keys.map((key) => ({ label: key, description: describeKey(key) }));
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Where Do These Findings Apply?'),
    placeHolder: vscode.l10n.t('Your choice is written into {0}', setting),
    ignoreFocusOut: true,
  });
  return picked?.label;
}

function describeKey(key: string): string {
  if (key.endsWith('/**')) return vscode.l10n.t('this folder and all below');
  return /(?<!\\)#/.test(key) ? vscode.l10n.t('this policy') : vscode.l10n.t('this file');
}

/** What stands for a principal in messages: of an ARN, the name. */
function nameOf(principal: string): string {
  return principal.slice(principal.lastIndexOf('/') + 1);
}

function without(own: Readonly<Record<string, unknown>>, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(own).filter(([key]) => !keys.includes(key)));
}

/** The setting as an object; `undefined` for what it must not be. */
function mappingOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  if (value === undefined || value === null) return {};
  return typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
}

function isDecision(value: unknown): value is PrincipalDecision {
  const { principals, key } = (value ?? {}) as Partial<Record<keyof PrincipalDecision, unknown>>;
  const isList = Array.isArray(principals) && principals.every((name) => typeof name === 'string');
  return isList && (key === undefined || typeof key === 'string');
}

function unchanged(): Outcome {
  return { kind: 'nothing', message: vscode.l10n.t('The principals were left as they are') };
}
