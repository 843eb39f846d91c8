import { globIncludes, literalPrefix } from '../actions/glob.ts';
import { wordEnd } from '../actions/words.ts';
import { recase } from './recase.ts';
import { remaindersAfter } from './remainder.ts';

/**
 * The shortest safe prefixes of an action pattern: patterns that together grant every name of `kept` and no name of
 * `unused`, each inside the old pattern, none longer than safety asks for (at the granularity of words).
 *
 * They are found by walking the trie of the kept names' words from the pattern's literal prefix. The trie is never built:
 * `kept` is ordered word by word, so a node is a range of it.
 *
 * @param action the pattern of the entry, without its service prefix
 * @param kept names that the pattern grants and that stay, ordered word by word (see `sortByWords`)
 * @param unused names that the pattern grants and that go, in lower case and sorted as text
 * @returns action patterns in the order of the walk, spelled as the catalogue spells them
 */
export function shortestSafePrefixes(action: string, kept: readonly string[], unused: readonly string[]): string[] {
  const found: string[] = [];
  visitChildren(0, kept.length, literalPrefix(action).length);
  return found;

  /** Visits the nodes one word below the node of the names in [low, high), which share their text up to `depth`. */
  function visitChildren(low: number, high: number, depth: number): void {
    for (let start = low; start < high; ) {
      const name = kept[start] as string;
      if (name.length <= depth) {
        // The name ends at a node that is not safe: only its exact spelling grants it and nothing else.
        found.push(name);
        start++;
        continue;
      }
      const end = nextBoundary(name, depth);
      const text = name.slice(0, end);
      let after = start + 1;
      while (after < high && isBelow(kept[after] as string, text, depth)) after++;
      if (after - start === 1) found.push(name);
      else if (isSafe(text, unused)) found.push(...nodePatterns(action, text, kept.slice(start, after)));
      else visitChildren(start, after, end);
      start = after;
    }
  }
}

/** The end of the word of `name` that reaches beyond `depth`; `depth` may cut a word, as in `s3:GetB*`. */
function nextBoundary(name: string, depth: number): number {
  let end = 0;
  while (end <= depth) end = wordEnd(name, end);
  return end;
}

function isBelow(name: string, text: string, depth: number): boolean {
  return name.startsWith(text) && nextBoundary(name, depth) === text.length;
}

/**
 * Whether no unused name starts with `text`. Safety is a matter of text, not of words: `kms:Re*`, meant for
 * `ReEncryptFrom` and `ReEncryptTo`, also grants `RetireGrant`.
 */
function isSafe(text: string, unused: readonly string[]): boolean {
  const prefix = text.toLowerCase();
  let low = 0;
  let high = unused.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((unused[middle] as string) < prefix) low = middle + 1;
    else high = middle;
  }
  return !unused[low]?.startsWith(prefix);
}

/** The patterns that a safe node stands for: its text and what the old pattern still asks for behind it. */
function nodePatterns(action: string, text: string, below: readonly string[]): string[] {
  // Behind the prefix of an entry with one final star nothing is left but the star.
  if (action.indexOf('*') === action.length - 1 && !action.includes('?')) return [`${text}*`];
  const patterns: string[] = [];
  let open = below;
  for (const remainder of remaindersAfter(action, text)) {
    const pattern = text + remainder;
    const covered = open.filter((name) => globIncludes(pattern, name));
    const [first] = covered;
    if (first === undefined) continue;
    patterns.push(covered.length === 1 ? first : recase(pattern, first));
    open = open.filter((name) => !covered.includes(name));
  }
  return patterns;
}
