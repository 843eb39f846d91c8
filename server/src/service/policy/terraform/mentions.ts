import { detached } from '../../json/detached.ts';
import type { Reference } from './block.ts';
import { ATTACHMENT, type Carried, INLINE } from './consumers.ts';

/** Where something refers to a policy, or to what leads to one. */
export interface Mention {
  /** The address of what is taken, such as `data.aws_iam_policy_document.app`. */
  readonly of: string;
  /** What comes out of it there; `same` for what came in, as of a local value. */
  readonly gives: Carried | 'any' | 'same';
}

/** What a reference gets hold of; `undefined` where that is no policy, and nothing that tells which it is. */
export function mentionIn([first = '', second, ...rest]: Reference): Mention | undefined {
  if (second === undefined) return undefined;
  const of = `${first}.${second}`;
  if (first === 'local' || first === 'var') return { of, gives: 'same' };
  if (first === 'data') {
    const [name, ...attributes] = rest;
    if (name === undefined) return undefined;
    if (second === 'aws_iam_policy_document') return { of: `${of}.${name}`, gives: 'document' };
    return second === 'aws_iam_policy' ? managed(`${of}.${name}`, attributes) : undefined;
  }
  if (first === 'aws_iam_policy') return managed(of, rest);
  const last = rest.at(-1) ?? '';
  if (INLINE.has(first)) return /^(?:id|name|role|user|group)$/.test(last) ? undefined : { of, gives: 'document' };
  if (ATTACHMENT.test(first)) return last === '' || last.startsWith('policy_arn') ? { of, gives: 'arn' } : undefined;
  if (first !== 'aws_iam_role' && first !== 'aws_iam_user') return undefined;
  if (rest.includes('inline_policy')) return { of: `${of}.inline_policy`, gives: 'document' };
  return rest.includes('managed_policy_arns') ? { of: `${of}.managed_policy_arns`, gives: 'arn' } : undefined;
}

/** A managed policy as a whole, and one of several, may be asked for its text later on. */
function managed(of: string, attributes: readonly string[]): Mention | undefined {
  const last = attributes.at(-1) ?? '';
  if (/^(?:path|description|tags|tags_all|attachment_count)$/.test(last)) return undefined;
  return { of, gives: /^(?:arn|id|name|name_prefix|policy_id)$/.test(last) ? 'arn' : 'any' };
}

/** What looks like such a reference in a text of which nobody can say what it means. */
export function* mentionsInText(text: string): Iterable<Mention> {
  for (const [of] of text.matchAll(MENTION))
    yield {
      of: detached(of),
      gives: of.startsWith('data.aws_iam_policy_d') ? 'document' : /^(?:local|var)\./.test(of) ? 'same' : 'any',
    };
}

const MENTION =
  /\b(?:data\.aws_iam_policy(?:_document)?|(?<!data\.)aws_iam_(?:(?:role|user|group)_)?policy|local|var)\.[\p{ID_Continue}-]+/gu;

/** Whether a text may say anything of the policies of other files, or hold what leads to one. Looking for a word is far cheaper than parsing. */
export function mayMention(text: string): boolean {
  return (
    /aws_iam_|\blocals?\b|:policy\\?\/|\\u/.test(text) || (/\bvar\./.test(text) && /polic|content|awscc_/i.test(text))
  );
}
