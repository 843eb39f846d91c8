/** What stands between the braces of `${…}`. */
export interface TextHole {
  readonly hole: string;
}

/** A text and its holes `${…}`, which may have others in them. One that is not closed is text. Linear in the text. */
export function splitHoles(text: string): readonly (string | TextHole)[] {
  const parts: (string | TextHole)[] = [];
  let done = 0;
  let depth = 0;
  let start = 0;
  for (let at = text.indexOf('${'); at >= 0 && at < text.length; at++) {
    if (text.startsWith('${', at)) {
      if (depth++ === 0) start = at;
      at++;
    } else if (text[at] === '}' && depth > 0 && --depth === 0) {
      if (start > done) parts.push(text.slice(done, start));
      parts.push({ hole: text.slice(start + 2, at) });
      done = at + 1;
      const next = text.indexOf('${', done);
      if (next < 0) break;
      at = next - 1;
    }
  }
  if (done < text.length) parts.push(text.slice(done));
  return parts;
}
