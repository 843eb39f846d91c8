import { type ComputedText, HOLE, type Hole } from './computedText.ts';
import type { LoopItem } from './facts.ts';
import type { Instance } from './instances.ts';
import { type KnownName, knownName } from './names.ts';
import { outputAt, valueAt } from './values.ts';

/** Values that refer to each other further than this are not followed. */
const MAX_DEPTH = 24;

/** No name is put together of more parts. */
const MAX_PARTS = 64;

/**
 * What a text of an instance says once what the repository tells is put in: values of the scope, arguments of who calls it, outputs
 * of what it calls, the stack's name.
 * @param turn the turn of the loop that the text stands in
 */
export function resolve(text: ComputedText, instance: Instance, turn?: LoopItem): KnownName {
  const resolving = new Resolving();
  const parts = resolving.read(text, instance, turn, 0);
  return knownName(parts, resolving.isAssumed);
}

/** Whether a text of an instance is nothing but a value that is nothing at all. */
export function isNothing(text: ComputedText, instance: Instance): boolean {
  const [hole, ...others] = text;
  if (typeof hole !== 'object' || hole.ref === undefined || others.length > 0) return false;
  let { ref, otherwise } = hole;
  for (let depth = 0, at: Instance | undefined = instance; depth < MAX_DEPTH && at; depth++) {
    const value = valueAt(ref, at);
    if (!value) return false;
    if (value.isNothing) return otherwise === undefined;
    const [next, ...more] = value.text;
    if (typeof next !== 'object' || next.ref === undefined || more.length > 0) return false;
    at = value.by;
    ({ ref, otherwise } = next);
  }
  return false;
}

class Resolving {
  isAssumed = false;
  #parts = 0;

  read(text: ComputedText, instance: Instance, turn: LoopItem | undefined, depth: number): ComputedText {
    return text.flatMap((part) => {
      if (typeof part === 'string') return [part];
      if (depth >= MAX_DEPTH || ++this.#parts > MAX_PARTS) return [HOLE];
      return this.#hole(part, instance, turn, depth + 1);
    });
  }

  #hole({ ref, otherwise }: Hole, instance: Instance, turn: LoopItem | undefined, depth: number): ComputedText {
    if (ref === undefined) {
      if (!otherwise) return [HOLE];
      this.isAssumed = true;
      return this.read(otherwise, instance, turn, depth);
    }
    const value = this.#value(ref, instance, turn, depth);
    const isEmpty = value === null || (otherwise !== undefined && value?.length === 0);
    if (!isEmpty) return value ?? [HOLE];
    return otherwise ? this.read(otherwise, instance, turn, depth) : [HOLE];
  }

  /** What gives a value; `null` where it is nothing at all, `undefined` where nobody says. */
  #value(ref: string, instance: Instance, turn: LoopItem | undefined, depth: number): ComputedText | null | undefined {
    if (ref === 'AWS::StackName') return instance.stack;
    const each = /^each\.(?:key$|value(?:\.(.+))?$)/.exec(ref);
    if (each) {
      if (ref === 'each.key') return turn && [turn.key];
      const own = turn?.values.find(({ name }) => name === (each[1] ?? ''));
      // Its values stand where the loop does.
      return own && this.read(own.text, instance, undefined, depth);
    }
    const inLoop = turn && inTurn(ref, turn);
    if (inLoop !== undefined) return this.#value(inLoop, instance, undefined, depth);
    const value = valueAt(ref, instance);
    if (!value) return this.#output(ref, instance, depth);
    if (value.isDefault && instance.caller?.call.kind !== 'folder') this.isAssumed = true;
    if (value.isNothing) return null;
    return this.read(value.text, value.by, value.turn ?? (value.by === instance ? turn : undefined), depth);
  }

  #output(ref: string, instance: Instance, depth: number): ComputedText | undefined {
    const output = outputAt(ref, instance);
    return output && this.read(output.text, output.by, undefined, depth);
  }
}

/** `local.names[each.key]` as it is in a turn: `local.names.app`; `undefined` for a reference without such an index. */
function inTurn(ref: string, { key, values }: LoopItem): string | undefined {
  if (!ref.includes('[each.')) return undefined;
  const own = values.find(({ name }) => name === '')?.text;
  const value = own?.length === 1 && typeof own[0] === 'string' ? own[0] : undefined;
  return ref.replace('[each.key]', `.${key}`).replace('[each.value]', value === undefined ? '[?]' : `.${value}`);
}
