import { endOfComment, endOfString } from '../../json/lexical.ts';
import type { Sizes } from '../values/sizes.ts';

/** Counts the values of a JSON text as they are written. */
export function jsonSizes(text: string): Sizes {
  return {
    ofString: ({ length }) => length,
    of: ({ offset, length }) => {
      return () => jsonSize(text.slice(offset, offset + length));
    },
  };
}

/**
 * The characters of a fragment of JSON that IAM counts against its size quotas: all but white space between tokens,
 * and but for comments, which IAM never sees.
 */
function jsonSize(fragment: string): number {
  let size = 0;
  for (let i = 0; i < fragment.length; i++) {
    const code = fragment.charCodeAt(i);
    if (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) continue;
    if (code === 0x22) {
      const end = endOfString(fragment, i);
      size += end - i;
      i = end - 1;
      continue;
    }
    const end = code === 0x2f ? endOfComment(fragment, i) : i;
    if (end < 0) return size;
    if (end > i) i = end - 1;
    else size++;
  }
  return size;
}
