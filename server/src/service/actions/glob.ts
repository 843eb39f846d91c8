const STAR = 0x2a;
const QUESTION = 0x3f;

/**
 * Whether everything that the IAM pattern `inner` can match is matched by the IAM pattern `outer`, decided on the text of `inner`:
 * a `*` of `inner` may be matched only by a `*` of `outer`, a `?` by a `?` or a `*`, a letter by itself, a `?` or a `*`.
 * Letters compare without case, as IAM compares actions
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html).
 *
 * An action name has no wildcards, so this one function answers both "does this entry grant that action?"
 * and "is this entry inside that one?". The second answer may be a false no (`*a*` inside `*?*`), never a false yes.
 *
 * Only the last `*` is ever retried: a later star can absorb all that an earlier one could. There is no regular
 * expression and no recursion, so no pattern, however hostile, costs more than its length plus the square of the shorter text.
 */
export function globIncludes(outer: string, inner: string): boolean {
  let o = 0;
  let i = 0;
  let star = -1;
  let retry = 0;
  while (i < inner.length) {
    const want = o < outer.length ? foldCase(outer.charCodeAt(o)) : -1;
    if (want === STAR) {
      // A final star takes all that is left, and most patterns end in one.
      if (o === outer.length - 1) return true;
      star = o++;
      retry = i;
      continue;
    }
    const have = foldCase(inner.charCodeAt(i));
    if (want === have || (want === QUESTION && have !== STAR)) {
      o++;
      i++;
    } else if (star >= 0) {
      o = star + 1;
      i = ++retry;
    } else {
      return false;
    }
  }
  while (o < outer.length && outer.charCodeAt(o) === STAR) o++;
  return o === outer.length;
}

/** Whether `pattern` has an IAM wildcard, `*` or `?`. */
export function hasWildcard(pattern: string): boolean {
  return pattern.includes('*') || pattern.includes('?');
}

/** The text of `pattern` before its first wildcard. */
export function literalPrefix(pattern: string): string {
  for (let i = 0; i < pattern.length; i++) {
    const code = pattern.charCodeAt(i);
    if (code === STAR || code === QUESTION) return pattern.slice(0, i);
  }
  return pattern;
}

/**
 * Lower case of a UTF-16 unit, for ASCII only: `toLowerCase` would also turn the Kelvin sign into `k`
 * and so let an entry grant what IAM does not.
 */
function foldCase(code: number): number {
  return code >= 0x41 && code <= 0x5a ? code | 0x20 : code;
}
