import type { Settings } from './protocol.ts';

/** What a setting must be. */
export interface SettingType {
  readonly isValid: (value: unknown) => boolean;
  /** The same as the user is told. */
  readonly expected: string;
  /** Whether it concerns the editor alone: in a configuration file it has no effect. */
  readonly isEditors?: true;
}

/** What the settings must be: people write them by hand, into their editor's settings and into configuration files. */
export const SETTING_TYPES: { readonly [Name in keyof Settings]: SettingType } = {
  enable: { isValid: isBoolean, expected: 'true or false', isEditors: true },
  findings: { isValid: isStringList, expected: 'a list of globs such as ["**/*findings*.json"]' },
  principals: {
    isValid: isMapping,
    expected: 'an object such as {"policies/app.json": ["AppRole"]}, of names or lists of names',
  },
  unusedAccessAge: {
    isValid: (value) => typeof value === 'number' && value >= 0,
    expected: 'a number of days such as 90',
  },
  keep: { isValid: isStringList, expected: 'a list of actions such as ["s3:GetObject", "iam:*"]' },
  generalization: oneOf('prefix', 'exact'),
  severity: oneOf('error', 'warning', 'information', 'hint'),
  codeLens: {
    isValid: (value) => isBoolean((value as { enable?: unknown } | null | undefined)?.enable),
    expected: 'an object such as {"enable": true}',
    isEditors: true,
  },
  catalogue: { isValid: (value) => typeof value === 'string', expected: 'the path of a JSON file' },
};

function oneOf(...values: readonly string[]): SettingType {
  const listed = values.map((value) => JSON.stringify(value));
  return {
    isValid: (value) => values.includes(value as string),
    expected: `${listed.slice(0, -1).join(', ')} or ${listed.at(-1)}`,
  };
}

function isBoolean(value: unknown): boolean {
  return typeof value === 'boolean';
}

/** An empty list is an empty object, too: Lua, in which Neovim's settings are written, does not tell them apart. */
function isMapping(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    !(Array.isArray(value) && value.length > 0) &&
    Object.values(value).every((names) => typeof names === 'string' || isStringList(names))
  );
}

function isStringList(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
