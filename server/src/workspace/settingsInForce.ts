import type { Config } from '../config/readConfig.ts';
import { type ConfigSource, DEFAULT_SETTINGS, type Settings } from '../protocol.ts';
import type { SettingOrigins } from '../service/settingOrigins.ts';
import { count } from '../service/text.ts';
import type { ConfigFile } from './configs.ts';
import { pathInside, pathOf } from './paths.ts';
import type { CheckedSettings } from './settings.ts';

/** The settings that hold for a file of a workspace folder: what its configuration file says, and for the rest the editor's own. */
export interface SettingsInForce extends Settings {
  /** Why nothing may be refined. */
  readonly blocked?: string;
  /** The configuration file that holds. */
  readonly config?: ConfigSource & { readonly folder: string };
  /** The settings that it says. */
  readonly origins: SettingOrigins;
  /** What the paths in settings lead on from: a folder's URI each. */
  readonly bases: Readonly<Record<'findings' | 'principals' | 'catalogue', string>>;
}

/**
 * Joins the editor's settings with a configuration file, which goes before them, whatever their level: so editor and command
 * line agree. Of a file that cannot be used, nobody knows what it keeps, so nothing may be refined.
 *
 * @param folder the URI of the workspace folder
 */
export function joinSettings(
  { wrong = {}, ...own }: CheckedSettings,
  file: ConfigFile | undefined,
  folder: string,
): SettingsInForce {
  if (!file) {
    const bases = { findings: folder, principals: folder, catalogue: folder };
    return { ...own, ...blockedBy(Object.values(wrong)), origins: {}, bases };
  }
  const { config } = file;
  const name = nameIn(folder, file.uri);
  const baseOf = (setting: keyof Config) => (Object.hasOwn(config, setting) ? file.folder : folder);
  const harm = file.problems.filter(({ isNotice }) => !isNotice);
  const [first, ...others] = harm;
  const more = others.length > 0 ? `, and ${count(others.length, 'more problem')}` : '';
  const stillWrong = Object.entries(wrong).filter(([setting]) => !Object.hasOwn(config, setting));
  return {
    ...own,
    ...config,
    ...blockedBy(
      first ? [`'${name}' cannot be used: ${first.message}${more}`] : stillWrong.map(([, message]) => message),
    ),
    config: { uri: file.uri, folder: file.folder, name },
    origins: Object.fromEntries(Object.keys(config).map((setting) => [setting, name])),
    bases: {
      // By default findings are looked for where the command line looks for them.
      findings: own.findings.join() === DEFAULT_SETTINGS.findings.join() ? file.folder : baseOf('findings'),
      principals: baseOf('principals'),
      catalogue: baseOf('catalogue'),
    },
  };
}

function blockedBy(reasons: readonly string[]): { readonly blocked?: string } {
  return reasons.length > 0 ? { blocked: reasons.join('; ') } : {};
}

function nameIn(folder: string, uri: string): string {
  const isInside = pathOf(uri).startsWith(`${pathOf(folder).replace(/\/$/, '')}/`);
  return isInside ? pathInside(folder, uri) : pathOf(uri);
}

/** The settings that are not as they are by default, with what says them, and why nothing may be refined; by name. */
export function changedSettings(settings: SettingsInForce): Readonly<Record<string, unknown>> {
  const changed = Object.entries(DEFAULT_SETTINGS).flatMap(([name, usual]) => {
    const value = settings[name as keyof Settings];
    const origin = settings.origins[name as keyof SettingOrigins];
    if (JSON.stringify(value) === JSON.stringify(usual) && origin === undefined) return [];
    return [[origin === undefined ? name : `${name} of ${origin}`, value]];
  });
  return {
    ...Object.fromEntries(changed),
    ...(settings.blocked !== undefined && { blocked: settings.blocked }),
  };
}
