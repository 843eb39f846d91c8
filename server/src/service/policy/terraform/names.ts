import { detached } from '../../json/detached.ts';

/** The name of a managed policy as it is written, perhaps with something put in: what stands before and behind that is known. */
export interface WrittenName {
  readonly text: string;
  readonly prefix: string;
  /** Absent where nothing is put in. */
  readonly suffix?: string;
}

/** What is put into a name, whatever it is. */
export const ANYTHING = '${}';

/** The names in the ARNs of managed policies that are written out in a text, other than AWS's own. */
export function* namesInArns(text: string): Iterable<WrittenName> {
  if (!text.includes(':policy/')) return;
  for (const [, tail = ''] of text.matchAll(/(?<!:aws):policy\/((?:[\w+=,.@/%-]|\$\{[^{}]*\})+)/g)) {
    const holes = tail.replace(/%[a-z]/g, () => ANYTHING);
    // The path goes before the name. What is put in may divide something.
    const path = holes.replace(/\$\{[^{}]*\}/g, ({ length }) => ' '.repeat(length)).lastIndexOf('/');
    yield writtenName(holes.slice(path + 1));
  }
}

/** @param template a string, with what is put in between `${` and `}`; `undefined` for what is computed in any other way */
export function writtenName(template = ANYTHING): WrittenName {
  const [prefix = ''] = template.split(/[$%]\{/, 1);
  const text = detached(template);
  if (prefix.length === template.length) return { text, prefix: text };
  return { text, prefix: detached(prefix), suffix: detached(template.slice(template.lastIndexOf('}') + 1)) };
}

/** Whether a name in an ARN is that of a policy: for sure, or perhaps, as far as it is known of both. */
export function isNameOf(policy: WrittenName, inArn: WrittenName): 'yes' | 'perhaps' | 'no' {
  if (policy.text.toLowerCase() === inArn.text.toLowerCase()) return 'yes';
  if (policy.suffix === undefined && inArn.suffix === undefined) return 'no';
  // Of an ARN that ends in nothing but a variable, nobody can say anything: it is as good as one that is handed in.
  if (inArn.prefix === '' && inArn.suffix === '') return 'no';
  const [one, other] = [policy, inArn].map(({ prefix, suffix }) => ({
    prefix: prefix.toLowerCase(),
    suffix: (suffix ?? prefix).toLowerCase(),
  }));
  if (!one || !other) return 'no';
  const begins = one.prefix.startsWith(other.prefix) || other.prefix.startsWith(one.prefix);
  const ends = one.suffix.endsWith(other.suffix) || other.suffix.endsWith(one.suffix);
  return begins && ends ? 'perhaps' : 'no';
}
