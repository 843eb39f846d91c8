import type { Amount, HolderKind } from '../../whose/facts.ts';
import { keyOf, propertyNode, stringProperty, type ValueNode } from '../values/nodes.ts';
import { inTurn, type Loop } from './loops.ts';

/** A resource of a template. */
export interface Resource {
  /** Its logical id as it is written; in a loop it has the loop's variable in it: `Role${Name}`. */
  readonly id: string;
  readonly type: string;
  readonly node: ValueNode;
  readonly properties: ValueNode | undefined;
  readonly loop: Loop | undefined;
}

/** The types of the resources that are principals. */
export const PRINCIPAL_TYPES: ReadonlyMap<string, HolderKind> = new Map([
  ['AWS::IAM::Role', 'role'],
  ['AWS::IAM::User', 'user'],
  ['AWS::IAM::Group', 'group'],
]);

/** What has a role of its own made for it by SAM, called `<Id>Role`. */
export const ROLE_MAKERS: ReadonlySet<string> = new Set(['AWS::Serverless::Function', 'AWS::Serverless::StateMachine']);

/** The resources of a file, by their logical ids. */
export class Resources {
  readonly #byNode = new Map<ValueNode, Resource>();
  readonly #byId = new Map<string, Resource[]>();
  /** By the ids that loops make. */
  readonly #made = new Map<string, { readonly resource: Resource; readonly value: string }>();

  add(node: ValueNode, type: string, loop: Loop | undefined): void {
    const id = keyOf(node);
    if (id === undefined) return;
    const resource = { id, type, node, properties: propertyNode(node, 'Properties'), loop };
    this.#byNode.set(node, resource);
    const alike = this.#byId.get(id);
    if (alike) alike.push(resource);
    else this.#byId.set(id, [resource]);
    if (loop) for (const value of loop.values ?? []) this.#made.set(inTurn(id, loop, value), { resource, value });
  }

  get all(): Iterable<Resource> {
    return this.#byNode.values();
  }

  at(node: ValueNode): Resource | undefined {
    return this.#byNode.get(node);
  }

  /** The resource that a node is in, or is. */
  around(node: ValueNode): Resource | undefined {
    for (let at: ValueNode | undefined = node; at; at = at.parent) {
      const resource = this.#byNode.get(at);
      if (resource) return resource;
    }
    return undefined;
  }

  /** The only resource with this id as it is written; `undefined` for none, and for one that is repeated. */
  withId(id: string): Resource | undefined {
    const [only, ...others] = this.#byId.get(id) ?? [];
    return others.length === 0 ? only : undefined;
  }

  has(id: string): boolean {
    return this.#byId.has(id) || this.#made.has(id);
  }

  /** The resource that has this id, and the value of the loop where one makes it. */
  named(id: string): { readonly resource: Resource; readonly value?: string } | undefined {
    const own = this.withId(id);
    return own ? { resource: own } : this.#made.get(id);
  }
}

/** The type of a CloudFormation resource, also where the CDK's construct tree quotes it. */
export function resourceType(node: ValueNode): string | undefined {
  if (node.type !== 'object') return undefined;
  const type = stringProperty(node, 'Type') ?? stringProperty(node, 'aws:cdk:cloudformation:type');
  return type?.includes('::') ? type : undefined;
}

/** How often a resource is there. */
export function amountOf({ node, loop }: Resource): Amount {
  if (loop) return loop.values ?? 'several';
  return conditionOf(node) === undefined ? 'one' : 'optional';
}

/** The condition under which a resource is there. */
export function conditionOf(resource: ValueNode): string | undefined {
  return stringProperty(resource, 'Condition');
}
