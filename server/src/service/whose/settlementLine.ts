import type { Settlement } from './match.ts';
import type { RuleContext } from './rules.ts';

/** A setting as a member of a configuration file. */
export function lineOf(setting: string, value: Settlement['value']): string {
  return `${JSON.stringify(setting)}: ${onOneLine(value)}`;
}

/** The folder that the keys or globs of a setting lead on from. */
export function baseOf(
  setting: 'principals' | 'accounts' | 'exclude',
  { question, repository }: Pick<RuleContext, 'question' | 'repository'>,
): string {
  return question.bases?.[setting] ?? repository.root;
}

/** JSON as people write it on a line. */
function onOneLine(value: Settlement['value']): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (isList(value)) return `[${value.map((item) => JSON.stringify(item)).join(', ')}]`;
  const members = Object.entries(value).map(([key, own]) => `${JSON.stringify(key)}: ${onOneLine(own)}`);
  return `{${members.join(', ')}}`;
}

/** `Array.isArray` tells nothing of lists that are read only. */
function isList(value: Settlement['value']): value is readonly string[] {
  return Array.isArray(value);
}
