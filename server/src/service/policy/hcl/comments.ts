import type { Comments } from '../lists/comments.ts';

/** The comments of HCL: those of JSONC, and lines that begin with `#`. */
export const HCL_COMMENTS: Comments = {
  skip: skipTrivia,
  isIn: (text, start, end) => /#|\/[/*]/.test(text.slice(start, end)),
  isAllOf: (rest) => /^\s*(?:(?:\/\/|#).*|\/\*(?:(?!\*\/).)*\*\/\s*)?$/.test(rest),
};

/** The first offset from `at` on that is neither white space nor inside a comment. */
function skipTrivia(text: string, at: number): number {
  for (let end = at; ; ) {
    end = skipWhite(text, end);
    const isLine = text[end] === '#' || text.startsWith('//', end);
    const close = isLine ? text.indexOf('\n', end) : text.startsWith('/*', end) ? text.indexOf('*/', end + 2) + 2 : end;
    if (close === end || (!isLine && close < end)) return end;
    if (close < 0) return text.length;
    end = close;
  }
}

function skipWhite(text: string, at: number): number {
  let end = at;
  while (WHITE.has(text.charCodeAt(end))) end++;
  return end;
}

const WHITE: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d]);
