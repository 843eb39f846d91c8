/** The templates that SAM takes where none is named. */
export const DEFAULT_TEMPLATES: readonly string[] = ['template.yaml', 'template.yml', 'template.json'];

/**
 * The templates that a tool is told to deploy, by the path that is written: of one that `sam build` or a `package` command made,
 * those that it may be made of.
 * @param defaults which these are
 */
export function templateBehind(written: string | undefined, defaults: readonly string[]): readonly string[] {
  if (written === undefined) return defaults;
  const [, folder = ''] = /^(.*?)\.aws-sam\/build\//.exec(written) ?? [];
  if (/(?:^|\/)\.aws-sam\/build\//.test(written)) return defaults.map((name) => `${folder}${name}`);
  return /(?:^|[/._-])packaged?(?:[._-]|$)/i.test(written) ? defaults : [written];
}
