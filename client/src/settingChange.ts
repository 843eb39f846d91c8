import * as vscode from 'vscode';
import type { ConfiguredParams, SettingValue } from '../../server/src/protocol.ts';
import { type FolderSetting, folderSetting } from './folderSettings.ts';
import type { ServerControl } from './serverControl.ts';

/** What became of a wish to add something to a setting. */
export interface SettingChange {
  /** How messages name the setting. */
  readonly name: string;
  /** Why nothing was written: what stands there is not what it must be; for the user. */
  readonly refusal?: string;
  /** Whether anything had to be written. */
  readonly isNew: boolean;
  /** Takes back what was added, whatever else was written since. */
  undo(): Promise<void>;
}

/**
 * Adds to one of our settings where it counts for a file: items to a list, members to an object, which take the place of those of the
 * same key; or gives it its value. Rejects where it cannot be written.
 */
export async function addToSetting(
  setting: ConfiguredParams['setting'],
  file: vscode.Uri,
  value: SettingValue,
  server: ServerControl,
): Promise<SettingChange> {
  const now = await folderSetting(setting, file, server);
  const { name } = now;
  const addition = additionOf(value, now);
  if (typeof addition === 'string') return { name, refusal: addition, isNew: false, undo: async () => {} };
  const { written, isNew, withdrawnFrom } = addition;
  if (isNew) await now.write(written);
  const undo = async () => {
    const later = await folderSetting(setting, file, server);
    await later.write(withdrawnFrom(later));
  };
  return { name, isNew, undo };
}

/** What is to be written, and what is left of what stands there later once it is taken back; `undefined` for nothing. */
interface Addition {
  readonly written: unknown;
  readonly isNew: boolean;
  withdrawnFrom(later: FolderSetting): unknown;
}

function additionOf(value: SettingValue, now: FolderSetting): Addition | string {
  if (typeof value === 'string')
    return { written: value, isNew: now.own !== value, withdrawnFrom: ({ own }) => (own === value ? now.own : own) };
  if (isList(value)) {
    const listed = listOf(now.effective);
    return listed ? addItems(value, listed, now) : vscode.l10n.t('{0} must be a list: correct it first', now.name);
  }
  const members = membersOf(now.own);
  return members ? addMembers(value, members, now) : vscode.l10n.t('{0} must be an object: correct it first', now.name);
}

function addItems(items: readonly string[], listed: readonly string[], { own }: FolderSetting): Addition {
  const added = items.filter((item) => !listed.includes(item));
  return {
    // Lists of several levels are not joined by VS Code: what the user says everywhere must stand here too.
    written: [...listed, ...added],
    isNew: added.length > 0,
    withdrawnFrom(later) {
      const left = (listOf(later.own) ?? []).filter((item) => !added.includes(item));
      // Where the list was made for it, one that holds no more than was copied from other levels goes.
      return own === undefined && left.length === listed.length ? undefined : left;
    },
  };
}

function addMembers(
  members: Readonly<Record<string, unknown>>,
  before: Readonly<Record<string, unknown>>,
  { own }: FolderSetting,
): Addition {
  const isNew = Object.entries(members).some(([key, value]) => JSON.stringify(before[key]) !== JSON.stringify(value));
  return {
    written: { ...before, ...members },
    isNew,
    withdrawnFrom(later) {
      const rest = Object.entries(membersOf(later.own) ?? {}).filter(([key]) => !Object.hasOwn(members, key));
      const restored = Object.entries(before).filter(([key]) => Object.hasOwn(members, key));
      const left = Object.fromEntries([...rest, ...restored]);
      return own === undefined && Object.keys(left).length === 0 ? undefined : left;
    },
  };
}

/** The setting as a list; one item may stand alone. `undefined` for what it must not be. */
function listOf(value: unknown): readonly string[] | undefined {
  if (value === undefined || value === null) return [];
  if (typeof value === 'string') return [value];
  return isStringList(value) ? value : undefined;
}

/** The setting as an object; `undefined` for what it must not be. */
export function membersOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  if (value === undefined || value === null) return {};
  return typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
}

function isStringList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

/** `Array.isArray` tells nothing of lists that are read only. */
function isList(value: SettingValue): value is readonly string[] {
  return Array.isArray(value);
}
