import type { ValueNode } from '../values/nodes.ts';

/** A value, or a property, of a YAML text. */
export class YamlNode implements ValueNode {
  readonly type: ValueNode['type'];
  readonly offset: number;
  length = 0;
  readonly parent: ValueNode | undefined;
  readonly itemOffset: number | undefined;
  /** What it says; a text, too, that is no `string`, because it has several lines or a type of its own. */
  value: unknown;
  children: YamlNode[] | undefined;
  /** The characters of the JSON that is made of it. */
  size = 0;
  isShared = false;
  holdsShared = false;
  uses = 1;

  constructor(type: ValueNode['type'], offset: number, parent: YamlNode | undefined, itemOffset?: number) {
    this.type = type;
    this.offset = offset;
    this.parent = parent;
    this.itemOffset = itemOffset;
  }
}
