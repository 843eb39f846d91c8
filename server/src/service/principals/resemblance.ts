import { splitWords } from '../actions/words.ts';
import type { PolicyPlace } from '../findings/rules/outcome.ts';
import type { PolicyDocument } from '../policy/model.ts';

/** What a policy, its file and the folders above it are called, for comparing with names of principals. */
export function hintsOf({ owner, address }: PolicyDocument, { path, root }: PolicyPlace): string[] {
  const folder = root?.replace(/\/*$/, '/') ?? '';
  const names = (path.startsWith(folder) ? path.slice(folder.length) : path).split('/');
  const file = names.pop()?.split('.')[0];
  return [owner?.name, owner?.logicalId, address, file, ...names].filter(
    (hint) => hint !== undefined && hint !== '',
  ) as string[];
}

/** How much a principal's name resembles one of the hints: 0 not at all, 1 in every word that says something. */
export function resemblance(name: string, hints: readonly string[]): number {
  const words = tellingWords(name);
  return Math.max(0, ...hints.map((hint) => resembles(words, tellingWords(hint))));
}

function resembles(words: ReadonlySet<string>, others: ReadonlySet<string>): number {
  const shared = [...words].filter((word) => others.has(word)).length;
  const all = words.size + others.size - shared;
  const [shorter, longer] = [[...words].join(''), [...others].join('')].sort((a, b) => a.length - b.length) as [
    string,
    string,
  ];
  // `reportingrole` is one word, and says nearly the same as `ReportingRole`.
  const isPart = shorter.length >= MIN_PART && longer.includes(shorter);
  return Math.max(all === 0 ? 0 : shared / all, isPart ? shorter.length / longer.length : 0);
}

/** So short a text is part of too many others. */
const MIN_PART = 4;

/** What nearly every role or file is called. */
const EMPTY_WORDS: ReadonlySet<string> = new Set([
  'role',
  'user',
  'policy',
  'policies',
  'iam',
  'inline',
  'aws',
  'json',
]);

function tellingWords(text: string): Set<string> {
  const words = splitWords(text).map((word) => word.toLowerCase());
  return new Set(words.filter((word) => /[\p{L}\p{N}]/u.test(word) && !EMPTY_WORDS.has(word)));
}
