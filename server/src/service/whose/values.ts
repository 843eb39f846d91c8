import type { ComputedText } from './computedText.ts';
import type { LoopItem, ValueFact } from './facts.ts';
import type { Instance } from './instances.ts';

/** A value, and where what it refers to is to be looked for. */
export interface ValueAt extends Pick<ValueFact, 'text' | 'items' | 'isNothing' | 'isDefault'> {
  readonly by: Instance;
  /** The turn of the loop that calls the instance, in which an argument stands. */
  readonly turn?: LoopItem;
}

/** What gives a value of an instance: who calls it, what a deployment is told, its scope; `undefined` where nobody does. */
export function valueAt(ref: string, instance: Instance): ValueAt | undefined {
  const { caller, deployment, scope } = instance;
  const name = ref.startsWith('var.') ? ref.slice('var.'.length) : ref;
  const given = caller?.call.arguments.find((argument) => argument.name === name);
  // A variable that is given nothing has its default.
  if (caller && given && !given.isNothing)
    return { ...given, by: caller.instance, ...(caller.turn && { turn: caller.turn }) };
  const own = deployment?.arguments?.find((argument) => argument.name === name);
  if (own) return { ...own, by: instance };
  const value = scope.valueOf(ref);
  if (value) return { ...value, by: instance };
  return given ? { text: [], isNothing: true, by: instance } : undefined;
}

/** What an output of a call says: `module.app.name`, or `module.app.KEY.name` of one in a loop; `undefined` where it is not one that is known. */
export function outputAt(
  ref: string,
  { children }: Instance,
): { readonly text: ComputedText; readonly by: Instance } | undefined {
  const dot = ref.lastIndexOf('.');
  const address = ref.slice(0, Math.max(dot, 0));
  const [, call = address, key] = /^(module\.[^.]+)\.(.+)$/.exec(address) ?? [];
  const called = (children.get(call) ?? []).filter(({ caller }) => caller?.turn?.key === key);
  const [child, ...others] = called;
  const value = child && others.length === 0 ? child.scope.valueOf(`output.${ref.slice(dot + 1)}`) : undefined;
  return child && value && { text: value.text, by: child };
}
