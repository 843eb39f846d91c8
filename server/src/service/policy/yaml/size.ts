import type { ValueNode } from '../values/nodes.ts';
import type { Sizes } from '../values/sizes.ts';
import type { YamlNode } from './node.ts';

/** The values of a YAML text were counted as the JSON that is made of them when their tree was. */
export const yamlSizes: Sizes = {
  ofString: sizeOf,
  of: (node) => {
    const size = sizeOf(node);
    return () => size;
  },
};

function sizeOf(node: ValueNode): number {
  return (node as YamlNode).size;
}
