/**
 * Spells the letters of an action pattern as the action name `name`, which the pattern matches, spells them:
 * `GetObject*tagging` with `GetObjectTagging` gives `GetObject*Tagging`.
 */
export function recase(pattern: string, name: string): string {
  const spelled = [...pattern];
  let p = 0;
  let n = 0;
  let star = -1;
  let retry = 0;
  while (n < name.length) {
    const symbol = pattern[p];
    if (symbol === '*') {
      star = p++;
      retry = n;
    } else if (symbol !== undefined && (symbol === '?' || symbol.toLowerCase() === name[n]?.toLowerCase())) {
      if (symbol !== '?') spelled[p] = name[n] as string;
      p++;
      n++;
    } else if (star >= 0) {
      p = star + 1;
      n = ++retry;
    } else {
      return pattern;
    }
  }
  return spelled.join('');
}
