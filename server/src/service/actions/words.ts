/**
 * A word of an action name: a run of capitals (`GET`, `S3`), a capitalised or lower-case word with its trailing
 * digits (`Object`, `v2`), digits alone, or anything else. Sticky, so that a name is split only as far as it is needed.
 */
const WORD = /[A-Z]+(?![a-z])[0-9]*|[A-Z]?[a-z]+[0-9]*|[0-9]+|[^A-Za-z0-9]+/y;

/**
 * Where the words of an action name end (exclusive, in UTF-16 units), ascending.
 * Splitting depends only on what follows a word's start, so names that share a text up to a word's end share their words up to there.
 */
export function wordEnds(name: string): number[] {
  const ends: number[] = [];
  for (let end = 0; end < name.length; ends.push(end)) {
    WORD.lastIndex = end;
    end = WORD.test(name) ? WORD.lastIndex : name.length;
  }
  return ends;
}

/** The words of an action name, in order; joined they give the name back. */
export function splitWords(name: string): string[] {
  let start = 0;
  return wordEnds(name).map((end) => {
    const word = name.slice(start, end);
    start = end;
    return word;
  });
}

/**
 * Orders names word by word: first ignoring case, then capitals before small letters, word after word.
 *
 * In this order the names that begin with the same words stand side by side, so every node of the trie of words is a
 * range of the sorted array and no trie is ever built. Plain text order does not have this property:
 * `DescribeVolumes` sorts there between `DescribeVolumeAttribute` and `DescribeVolumeStatus`.
 */
export function sortByWords(names: readonly string[]): string[] {
  return names
    .map((name) => ({ name, words: splitWords(name) }))
    .sort((a, b) => compareWords(a.words, b.words))
    .map(({ name }) => name);
}

function compareWords(a: readonly string[], b: readonly string[]): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const order = compareWord(a[i] as string, b[i] as string);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function compareWord(a: string, b: string): number {
  return compareText(a.toLowerCase(), b.toLowerCase()) || compareText(a, b);
}

/** Orders by UTF-16 code unit: the same on every machine, unlike `localeCompare`. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
