import { globIncludes, literalPrefix } from '../actions/glob.ts';
import type { NameIndexes, Service } from '../actions/service.ts';
import { recase } from './recase.ts';
import { remaindersAfter } from './remainder.ts';

/** A name of a service, by its index, or an action pattern. */
export type SafeAction = number | string;

/**
 * The shortest safe prefixes of an action pattern: names and patterns that together grant every name of `kept` and no name of
 * `unused`, each inside the old pattern, none longer than safety asks for (at the granularity of words).
 *
 * They are found by walking the trie of the kept names' words from the pattern's literal prefix. The trie is never built:
 * a service's names are ordered word by word, so a node is a range of them.
 *
 * @param action the pattern of the entry, without its service prefix
 * @param kept the names that the pattern grants and that stay, ascending
 * @param unused names that the pattern grants and that go, in lower case and sorted as text
 * @returns names and patterns in the order of the walk; patterns are spelled as the catalogue spells the names
 */
export function shortestSafePrefixes(
  action: string,
  service: Service,
  kept: NameIndexes,
  unused: readonly string[],
): SafeAction[] {
  const { names, folded } = service;
  const found: SafeAction[] = [];
  visitChildren(0, kept.length, literalPrefix(action).length);
  return found;

  /** Visits the nodes one word below the node of the names in [low, high), which share their text up to `depth`. */
  function visitChildren(low: number, high: number, depth: number): void {
    for (let start = low; start < high; ) {
      const index = kept[start] as number;
      const name = names[index] as string;
      if (name.length <= depth) {
        // The name ends at a node that is not safe: only its exact spelling grants it and nothing else.
        found.push(index);
        start++;
        continue;
      }
      const end = nextEnd(index, depth);
      const text = name.slice(0, end);
      let after = start + 1;
      while (after < high && isBelow(kept[after] as number, text, depth)) after++;
      if (after - start === 1) found.push(index);
      else if (isSafe((folded[index] as string).slice(0, end), unused)) found.push(...nodePatterns(text, start, after));
      else visitChildren(start, after, end);
      start = after;
    }
  }

  /** The end of the name's word that reaches beyond `depth`; `depth` may cut a word, as in `s3:GetB*`. */
  function nextEnd(index: number, depth: number): number {
    return service.wordEnds(index).find((end) => end > depth) ?? depth;
  }

  function isBelow(index: number, text: string, depth: number): boolean {
    return (names[index] as string).startsWith(text) && nextEnd(index, depth) === text.length;
  }

  /** The patterns that a safe node stands for: its text and what the old pattern still asks for behind it. */
  function nodePatterns(text: string, low: number, high: number): SafeAction[] {
    // Behind the prefix of an entry with one final star nothing is left but the star.
    if (action.indexOf('*') === action.length - 1 && !action.includes('?')) return [`${text}*`];
    return coverNames(service, kept.slice(low, high), text, remaindersAfter(action, text));
  }
}

/**
 * Whether no unused name starts with `prefix`. Safety is a matter of text, not of words: `kms:Re*`, meant for
 * `ReEncryptFrom` and `ReEncryptTo`, also grants `RetireGrant`.
 */
function isSafe(prefix: string, unused: readonly string[]): boolean {
  let low = 0;
  let high = unused.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((unused[middle] as string) < prefix) low = middle + 1;
    else high = middle;
  }
  return !unused[low]?.startsWith(prefix);
}

/** Patterns, each `text` and a remainder, that cover the names: none for a remainder that covers nothing new. */
function coverNames({ names }: Service, below: NameIndexes, text: string, remainders: readonly string[]): SafeAction[] {
  const actions: SafeAction[] = [];
  let open = below;
  for (const remainder of remainders) {
    const pattern = text + remainder;
    const covered = open.filter((index) => globIncludes(pattern, names[index] as string));
    const [first] = covered;
    if (first === undefined) continue;
    actions.push(covered.length === 1 ? first : recase(pattern, names[first] as string));
    open = open.filter((index) => !covered.includes(index));
  }
  return actions;
}
