import type { ComputedText } from './computedText.ts';

/**
 * What is known of a name once everything that the repository says is put in: the stretches of text that stand in it, in order; what
 * lies between two of them is not known. A literal has one stretch.
 */
export interface KnownName {
  readonly stretches: readonly string[];
  /** Whether a default was put in, which a deployment may replace. */
  readonly isAssumed: boolean;
}

/** So many characters must be written out, as those of `-app`, lest half of an account's roles fit. */
const MIN_FIXED = 4;

/** What a text with holes says of a name: a hole at either end is an empty stretch there. */
export function knownName(text: ComputedText, isAssumed = false): KnownName {
  const stretches = [''];
  for (const part of text) {
    if (typeof part === 'string') stretches.push(`${stretches.pop()}${part}`);
    // Two holes side by side are one.
    else if (stretches.length === 1 || stretches.at(-1) !== '') stretches.push('');
  }
  return { stretches, isAssumed };
}

/** The name where all of it is known; else `undefined`. */
export function literalName({ stretches }: KnownName): string | undefined {
  return stretches.length === 1 ? stretches[0] : undefined;
}

/** Whether enough of a name is known to look for it. */
export function isTelling({ stretches }: KnownName): boolean {
  if (stretches.length === 1) return stretches[0] !== '';
  return stretches.join('').length >= MIN_FIXED;
}

/** Whether something may have such a name. IAM's names must differ by more than case. Linear in the name's length. */
export function fitsName(name: string, { stretches }: KnownName): boolean {
  const text = name.toLowerCase();
  const wanted = stretches.map((stretch) => stretch.toLowerCase());
  const [first = '', ...others] = wanted;
  if (others.length === 0) return text === first;
  const last = others.pop() ?? '';
  if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last)) return false;
  const end = text.length - last.length;
  let at = first.length;
  for (const stretch of others) {
    const found = text.indexOf(stretch, at);
    if (found < 0 || found + stretch.length > end) return false;
    at = found + stretch.length;
  }
  return true;
}

/** Whether two names may be one: as far as what both begin and end with tells. */
export function mayBeSame(one: KnownName, other: KnownName): boolean {
  const [a, b] = [literalName(one), literalName(other)];
  if (b !== undefined) return fitsName(b, one);
  if (a !== undefined) return fitsName(a, other);
  const [starts, ends] = [one, other]
    .map(({ stretches }) => stretches)
    .reduce<[string[], string[]]>(
      ([begin, end], stretches) => [
        [...begin, (stretches[0] ?? '').toLowerCase()],
        [...end, (stretches.at(-1) ?? '').toLowerCase()],
      ],
      [[], []],
    );
  const [start = '', otherStart = ''] = starts;
  const [end = '', otherEnd = ''] = ends;
  return (
    (start.startsWith(otherStart) || otherStart.startsWith(start)) && (end.endsWith(otherEnd) || otherEnd.endsWith(end))
  );
}

/** As people write such a name: `*-app`. */
export function displayName({ stretches }: KnownName): string {
  return stretches.join('*');
}
