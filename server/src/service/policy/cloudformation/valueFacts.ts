import type { ValueFact } from '../../whose/facts.ts';
import { propertyNode, stringProperty, type ValueNode } from '../values/nodes.ts';
import type { FileTree } from './fileTree.ts';
import { holdersOf } from './holderFacts.ts';

/** What parameters say by default, what resources that are referred to are called, and what outputs give. */
export function valuesOf(tree: FileTree): ValueFact[] {
  return [
    ...tree.templates.flatMap((template) => [...parametersOf(template), ...outputsOf(template, tree)]),
    ...namesOf(tree),
    ...(tree.variables?.values ?? []),
  ];
}

/** A text longer than this is no name. */
const MAX_LENGTH = 512;

function* parametersOf(template: ValueNode): Iterable<ValueFact> {
  for (const [name, parameter] of entriesOf(propertyNode(template, 'Parameters'))) {
    if (parameter.type !== 'object') continue;
    const type = stringProperty(parameter, 'Type') ?? 'String';
    // Others give lists, or the name of what holds the value.
    if (type !== 'String') continue;
    const allowed = propertyNode(parameter, 'AllowedValues')?.children;
    const only = allowed?.length === 1 ? allowed[0]?.value : undefined;
    if (typeof only === 'string') yield { ref: name, text: [only] };
    else {
      const text = stringProperty(parameter, 'Default');
      const isSecret = propertyNode(parameter, 'NoEcho')?.value === true;
      if (text !== undefined && text.length <= MAX_LENGTH && !isSecret)
        yield { ref: name, text: [text], isDefault: true };
    }
  }
}

function* outputsOf(template: ValueNode, tree: FileTree): Iterable<ValueFact> {
  for (const [name, output] of entriesOf(propertyNode(template, 'Outputs'))) {
    const value = output.type === 'object' ? propertyNode(output, 'Value') : undefined;
    const text = value && tree.said.common(value);
    if (text) yield { ref: `output.${name}`, text };
  }
}

/** A reference to a role by its logical id gives its name. */
function* namesOf(tree: FileTree): Iterable<ValueFact> {
  for (const { address, name, amount } of holdersOf(tree))
    if ('text' in name && !Array.isArray(amount)) yield { ref: address, text: name.text };
}

function entriesOf(object: ValueNode | undefined): [string, ValueNode][] {
  if (object?.type !== 'object') return [];
  return (object.children ?? []).flatMap(({ children }): [string, ValueNode][] => {
    const [key, value] = children ?? [];
    return key && value ? [[String(key.value), value]] : [];
  });
}
