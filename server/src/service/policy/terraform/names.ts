import { detached } from '../../json/detached.ts';
import { type ComputedText, HOLE, type Hole } from '../../whose/computedText.ts';

/** A managed policy that is meant by its ARN in a text. */
export interface WrittenArn {
  /** Its name, without the path. */
  readonly name: ComputedText;
  readonly account?: string;
}

/** The managed policies in the ARNs that are written out in a text, other than AWS's own. */
export function* policiesInArns(text: string): Iterable<WrittenArn> {
  if (!text.includes(':policy/')) return;
  for (const [, account, tail = ''] of text.matchAll(ARN)) {
    // What is put in may divide something: a path goes before the name.
    const path = tail.replace(HOLES, ({ length }) => ' '.repeat(length)).lastIndexOf('/');
    const name = templateText(tail.slice(path + 1));
    yield { name, ...(account !== undefined && { account }) };
  }
}

const ARN = /(?:(?<![0-9])([0-9]{12}))?(?<!:aws):policy\/((?:[\w+=,.@/%-]|\$\{[^{}]{0,256}\})+)/g;

const HOLES = /\$\{[^{}]{0,256}\}|%[a-z]/g;

/** A template as it is written, with what is put in as holes: those that are plain references say to what. */
export function templateText(template: string): ComputedText {
  const parts: (string | Hole)[] = [];
  let at = 0;
  for (const { 0: hole, index } of template.matchAll(HOLES)) {
    if (index > at) parts.push(detached(template.slice(at, index)));
    const inside = hole.startsWith('$') ? hole.slice(2, -1).trim() : '';
    parts.push(/^[\w-]+(?:\.[\w-]+)+$/.test(inside) ? { ref: detached(inside) } : HOLE);
    at = index + hole.length;
  }
  if (at < template.length) parts.push(detached(template.slice(at)));
  return parts;
}
