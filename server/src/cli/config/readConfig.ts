import type { Settings } from '../../protocol.ts';
import { findInvalidPattern } from '../../service/actions/entry.ts';
import { SETTING_TYPES } from '../../settingTypes.ts';
import { nearestName } from '../nearestName.ts';

/** What a configuration file says: the settings of the extension, without their prefix. */
export type Config = Partial<Settings>;

/**
 * Reads the text of a configuration file. Everything in it must be understood: a setting with a spelling mistake could be one
 * that keeps permissions.
 * @throws Error with all that is wrong, a line each
 */
export function readConfig(text: string): Config {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error(`it is not valid JSON: ${(error as Error).message}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error('it must be an object such as {"keep": ["iam:*"]}');
  const { $schema: _, ...settings } = value as Readonly<Record<string, unknown>>;
  const wrong = Object.entries(settings).flatMap(([name, setting]) => problemsOf(name, setting));
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
  const invalid = findInvalidPattern((settings as Config).keep ?? []);
  if (invalid !== undefined) throw new Error(`'${invalid}' of "keep" is no action such as 's3:GetObject' or 's3:*'`);
  return settings as Config;
}

function problemsOf(name: string, setting: unknown): string[] {
  if (!Object.hasOwn(SETTING_TYPES, name)) {
    const nearest = nearestName(name.replace(/^.*\./, ''), Object.keys(SETTING_TYPES));
    return [`"${name}" is no setting${nearest === undefined ? '' : `; did you mean "${nearest}"?`}`];
  }
  const { isValid, expected } = SETTING_TYPES[name as keyof Settings];
  return isValid(setting) ? [] : [`"${name}" must be ${expected}`];
}
