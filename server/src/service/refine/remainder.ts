import { globIncludes } from '../actions/glob.ts';

/**
 * What is left of the action pattern `pattern` after it has read `text`: patterns whose union, each put after `text`,
 * matches just the names that start with `text` and match `pattern` (its derivative by `text`).
 *
 * For `Get*` and `GetObject` that is `*`; for `Get*Tagging` and `GetObject` it is `*Tagging`, and `agging` behind the `t` that was
 * read, so that the prefix never grants more than the entry did. A star, once reached, covers whatever an earlier star could still match, so at most
 * one remainder starts with a star; the others are literal matches under way behind it (`*ab` after `xa` leaves `*ab` and `b`).
 *
 * The star's remainder comes first. Empty when no name that starts with `text` can match.
 */
export function remaindersAfter(pattern: string, text: string): string[] {
  // Positions in the pattern that can be next to read, as in Thompson's simulation of an automaton.
  let positions = closeOverStars(pattern, [0]);
  for (const letter of text) {
    const next: number[] = [];
    for (const position of positions) {
      const symbol = pattern[position];
      if (symbol === '*') next.push(position);
      else if (symbol !== undefined && globIncludes(symbol, letter)) next.push(position + 1);
    }
    positions = closeOverStars(pattern, next);
  }
  const lastStar = positions.findLast((position) => pattern[position] === '*') ?? -1;
  const underWay = positions.filter((position) => position > lastStar && position !== lastStar + 1);
  // Without a star the position just behind "no star" is the start, which is a remainder like any other.
  const starts = lastStar < 0 ? positions : [lastStar, ...underWay];
  return starts.map((start) => pattern.slice(start));
}

/** Adds to the positions those that a star lets pass without reading, ascending and without repetition. */
function closeOverStars(pattern: string, positions: readonly number[]): number[] {
  const closed = new Set<number>();
  for (const start of positions) {
    let position = start;
    closed.add(position);
    while (pattern[position] === '*') closed.add(++position);
  }
  return [...closed].sort((a, b) => a - b);
}
