import type { SettingOrigins } from '../settingOrigins.ts';

/** How many names a list shows before it is cut short. */
const MAX_LISTED = 40;

/** Text from a file as plain text in Markdown: nothing in it can become a link, an image or HTML. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>~$&:@]/g, '\\$&').replace(/\s+/g, ' ');
}

/** A code span. Backticks and line breaks could end it early, so they are left out. */
export function codeSpan(text: string): string {
  // An empty one would be no code span, but the beginning of another.
  return `\`${text.replace(/[`\r\n]/g, '') || ' '}\``;
}

/** Names as code, cut short with a count where there are many. */
export function codeList(names: readonly string[]): string {
  const shown = names.slice(0, MAX_LISTED).map(codeSpan).join(', ');
  return names.length > MAX_LISTED ? `${shown} and ${(names.length - MAX_LISTED).toLocaleString('en')} more` : shown;
}

/** How Markdown names a setting: see `settingName`. */
export function settingSpan(name: keyof SettingOrigins, origins: SettingOrigins): string {
  const file = origins[name];
  return file === undefined ? `your setting \`iamPolicyRefiner.${name}\`` : `${codeSpan(name)} of ${codeSpan(file)}`;
}
