import { hasProperty, keyOf, stringProperty, type ValueNode } from '../values/nodes.ts';
import type { YamlNode } from './node.ts';

/** What a document names by anchors, and where it refers to that by aliases, each by name. */
export interface References {
  readonly anchors: Map<string, YamlNode[]>;
  readonly aliases: Map<string, YamlNode[]>;
}

/**
 * Marks what an alias refers to. An edit there changes all uses at once, so it is left alone, unless all of them agree; and
 * nothing that holds an anchor may be taken out.
 */
export function markShared({ anchors, aliases }: References): void {
  for (const [name, uses] of aliases) {
    const targets = anchors.get(name) ?? [];
    for (const target of targets) {
      target.isShared = !(targets.length === 1 && uses.every((use) => agrees(target, use)));
      target.uses += uses.length;
      for (let node: YamlNode | undefined = target; node && !node.holdsShared; node = node.parent as never)
        node.holdsShared = true;
    }
  }
}

/**
 * Whether two places use a list of actions to the same end: as the same element of Allow statements of the same policy, to
 * which the same findings apply. Then what becomes of the one is what becomes of the other.
 */
function agrees(target: YamlNode, use: YamlNode): boolean {
  const [one, other] = [allowingStatement(target), allowingStatement(use)];
  const element = keyOf(target);
  return (
    one !== undefined &&
    other !== undefined &&
    one !== other &&
    one.parent?.type === 'array' &&
    one.parent === other.parent &&
    (element === 'Action' || element === 'NotAction') &&
    element === keyOf(use)
  );
}

function allowingStatement(element: ValueNode): ValueNode | undefined {
  const statement = element.parent?.parent;
  if (!statement || stringProperty(statement, 'Effect') !== 'Allow') return undefined;
  return hasProperty(statement, 'Principal') || hasProperty(statement, 'NotPrincipal') ? undefined : statement;
}
