/** Which settings a configuration file says, and what to call the file; the others are the editor's, or options. */
export type SettingOrigins = Readonly<Partial<Record<'principals' | 'keep' | 'unusedAccessAge' | 'catalogue', string>>>;

/** How messages name a setting: by the configuration file that says it, or as one of the editor's. */
export function settingName(name: keyof SettingOrigins, origins: SettingOrigins = {}): string {
  const file = origins[name];
  return file === undefined ? `your setting "iamPolicyRefiner.${name}"` : `"${name}" of '${file}'`;
}
