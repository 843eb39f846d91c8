import { globIncludes, literalPrefix } from '../actions/glob.ts';
import type { NameIndexes, Service } from '../actions/service.ts';
import { recase } from './recase.ts';
import { remaindersAfter } from './remainder.ts';

/**
 * The shortest safe prefixes of an action pattern: patterns that together grant every name of `kept` and no name of
 * `unused`, each inside the old pattern, none longer than safety asks for (at the granularity of words).
 *
 * They are found by walking the trie of the kept names' words from the pattern's literal prefix. The trie is never built:
 * a service's names are ordered word by word, so a node is a range of them.
 *
 * @param action the pattern of the entry, without its service prefix
 * @param kept the names that the pattern grants and that stay, ascending
 * @param unused names that the pattern grants and that go, in lower case and sorted as text
 * @returns action patterns in the order of the walk, spelled as the catalogue spells them
 */
export function shortestSafePrefixes(
  action: string,
  service: Service,
  kept: NameIndexes,
  unused: readonly string[],
): string[] {
  const { names, folded } = service;
  const found: string[] = [];
  visitChildren(0, kept.length, literalPrefix(action).length);
  return found;

  /** Visits the nodes one word below the node of the names in [low, high), which share their text up to `depth`. */
  function visitChildren(low: number, high: number, depth: number): void {
    for (let start = low; start < high; ) {
      const index = kept[start] as number;
      const name = names[index] as string;
      if (name.length <= depth) {
        // The name ends at a node that is not safe: only its exact spelling grants it and nothing else.
        found.push(name);
        start++;
        continue;
      }
      const end = nextEnd(index, depth);
      const text = name.slice(0, end);
      let after = start + 1;
      while (after < high && isBelow(kept[after] as number, text, depth)) after++;
      if (after - start === 1) found.push(name);
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
  function nodePatterns(text: string, low: number, high: number): string[] {
    // Behind the prefix of an entry with one final star nothing is left but the star.
    if (action.indexOf('*') === action.length - 1 && !action.includes('?')) return [`${text}*`];
    const below = kept.slice(low, high).map((index) => names[index] as string);
    return coverNames(below, text, remaindersAfter(action, text));
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

/** The patterns, each `text` and a remainder, that cover the names: none for a remainder that covers nothing new. */
function coverNames(names: readonly string[], text: string, remainders: readonly string[]): string[] {
  const patterns: string[] = [];
  let open = names;
  for (const remainder of remainders) {
    const pattern = text + remainder;
    const covered = open.filter((name) => globIncludes(pattern, name));
    const [first] = covered;
    if (first === undefined) continue;
    patterns.push(covered.length === 1 ? first : recase(pattern, first));
    open = open.filter((name) => !covered.includes(name));
  }
  return patterns;
}
