import { type ComputedText, HOLE, type Hole } from './computedText.ts';
import type { Instance } from './instances.ts';
import { type KnownName, knownName } from './names.ts';

/** Values that refer to each other further than this are not followed. */
const MAX_DEPTH = 24;

/** No name is put together of more parts. */
const MAX_PARTS = 64;

/**
 * What a text of an instance says once what the repository tells is put in: values of the scope, arguments of who calls it, outputs
 * of what it calls, the stack's name.
 * @param key the key of the loop that the text stands in
 */
export function resolve(text: ComputedText, instance: Instance, key?: string): KnownName {
  const resolving = new Resolving();
  const parts = resolving.read(text, instance, key, 0);
  return knownName(parts, resolving.isAssumed);
}

class Resolving {
  isAssumed = false;
  #parts = 0;

  read(text: ComputedText, instance: Instance, key: string | undefined, depth: number): ComputedText {
    return text.flatMap((part) => {
      if (typeof part === 'string') return [part];
      if (depth >= MAX_DEPTH || ++this.#parts > MAX_PARTS) return [HOLE];
      return this.#hole(part, instance, key, depth + 1);
    });
  }

  #hole({ ref }: Hole, instance: Instance, key: string | undefined, depth: number): ComputedText {
    if (ref === undefined) return [HOLE];
    if (ref === 'each.key' || ref === 'each.value') return key === undefined ? [HOLE] : [key];
    if (ref === 'AWS::StackName') return instance.stack;
    const { caller, deployment, scope } = instance;
    const name = ref.startsWith('var.') ? ref.slice('var.'.length) : ref;
    const given = caller?.call.arguments.find((argument) => argument.name === name);
    if (caller && given) return this.read(given.text, caller.instance, caller.key, depth);
    const own = deployment?.arguments?.find((argument) => argument.name === name);
    if (own) return this.read(own.text, instance, key, depth);
    const value = scope.valueOf(ref);
    if (value) {
      if (value.isDefault) this.isAssumed = true;
      return this.read(value.text, instance, key, depth);
    }
    return this.#output(ref, instance, depth) ?? [HOLE];
  }

  #output(ref: string, { children }: Instance, depth: number): ComputedText | undefined {
    const dot = ref.lastIndexOf('.');
    const [child, ...others] = children.get(ref.slice(0, Math.max(dot, 0))) ?? [];
    if (!child || others.length > 0) return undefined;
    const value = child.scope.valueOf(`output.${ref.slice(dot + 1)}`);
    return value && this.read(value.text, child, undefined, depth);
  }
}
