import { type FileFacts, NO_FACTS } from '../facts.ts';

/** A file says no more than this of one kind: what is beyond is made by hostile or generated ones. */
const MAX_FACTS = 5_000;

/** Facts that a reader gives; what it does not mention, there is none of. */
export type SomeFacts = Partial<FileFacts>;

/**
 * Facts as they are handed on: each once, whole, and of a text of their own. `undefined` where there are none.
 */
export function factsOf(...some: readonly SomeFacts[]): FileFacts | undefined {
  const all = { ...NO_FACTS };
  let isEmpty = true;
  for (const key of LISTS) {
    const items = some.flatMap((facts) => (facts[key] ?? []) as readonly object[]);
    if (items.length === 0) continue;
    isEmpty = false;
    // What goes through JSON keeps no file's text alive.
    const texts = [...new Set(items.slice(0, MAX_FACTS).map((item) => JSON.stringify(item)))];
    Object.assign(all, { [key]: texts.map((text) => JSON.parse(text) as unknown) });
  }
  const isTooMuch = some.some((facts) => LISTS.some((key) => (facts[key]?.length ?? 0) > MAX_FACTS));
  const unread = some.find((facts) => facts.unread !== undefined)?.unread ?? (isTooMuch ? TOO_MUCH : undefined);
  if (unread !== undefined) Object.assign(all, { unread });
  if (some.some(({ scope }) => scope === 'folder')) Object.assign(all, { scope: 'folder' });
  return isEmpty && unread === undefined ? undefined : all;
}

const TOO_MUCH = 'it says more than is read';

const LISTS = [
  'policies',
  'holders',
  'edges',
  'managedNames',
  'namedUses',
  'awsManaged',
  'values',
  'calls',
  'includes',
  'deployments',
  'inventory',
] as const satisfies readonly (keyof FileFacts)[];
