import type { ComputedText, Hole } from '../../whose/computedText.ts';
import { joined } from './computedTexts.ts';

/** A managed policy that a text means by its ARN. */
export interface MeantPolicy {
  readonly name: ComputedText;
  /** The account's 12 digits, where they are written out. */
  readonly account?: string;
}

/** What stands before a policy's name, and its path, in an ARN. A text may hold several. */
const POLICY = /\bpolicy(?=\/|$)/g;

/** What may stand in a path, of up to 512 letters, and a name, of up to 128. A comma may be part of a name, and mostly stands between two ARNs. */
const NAME = /^[\w+=,.@/-]{0,640}/;

/** The customer managed policies that a text means, in the order in which they stand there. */
export function policiesIn(text: ComputedText): MeantPolicy[] {
  return text.flatMap((part, index) => {
    if (typeof part !== 'string' || !part.includes('policy')) return [];
    return [...part.matchAll(POLICY)].flatMap((match) => {
      const before = part.slice(Math.max(0, match.index - MAX_BEFORE), match.index);
      if (/:iam::aws:$/.test(before)) return [];
      const account = /:iam::(\d{12}):$/.exec(before)?.[1];
      const rest = [part.slice(match.index + 'policy'.length), ...text.slice(index + 1, index + MAX_PARTS)];
      return namesAt(rest).map((name) => ({ name, ...(account !== undefined && { account }) }));
    });
  });
}

const MAX_BEFORE = 40;

/** No name is put together of more parts. */
const MAX_PARTS = 24;

/** The name that a text goes on with behind `policy`; and the same up to a comma, where it has one. None where wildcards stand for names. */
function namesAt(rest: readonly (string | Hole)[]): ComputedText[] {
  const path: (string | Hole)[] = [];
  for (const part of rest) {
    const name = typeof part === 'string' ? (NAME.exec(part)?.[0] ?? '') : part;
    if (name !== '') path.push(name);
    if (typeof part !== 'string' || name === part) continue;
    if (/^[*?]/.test(part.slice((name as string).length))) return [];
    break;
  }
  // What is put in right behind `policy` is a path, if a name follows.
  if (typeof path[0] === 'object' && path.length > 1) path.shift();
  const slash = path.findLastIndex((part) => typeof part === 'string' && part.includes('/'));
  const last = path[slash];
  const name = typeof last === 'string' ? [last.slice(last.lastIndexOf('/') + 1), ...path.slice(slash + 1)] : path;
  const comma = name.findIndex((part) => typeof part === 'string' && part.includes(','));
  const text = name[comma];
  const short = typeof text === 'string' ? [[...name.slice(0, comma), text.slice(0, text.indexOf(','))]] : [];
  return [...short, name].map(joined).filter(([part]) => part !== '');
}
