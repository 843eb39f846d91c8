import { jsonSizes } from '../json/size.ts';
import type { PolicyDocument } from '../model.ts';
import { addressOf } from '../terraform/block.ts';
import { consumersOf } from '../terraform/consumers.ts';
import type { TerraformModule } from '../terraform/module.ts';
import { findPolicies as findInValue } from '../values/policies.ts';
import type { JsonBlock, JsonFile } from './blocks.ts';
import { DocumentPolicy } from './document.ts';
import { findInStrings } from './stringPolicy.ts';

/** The policies of a file, in the order in which they stand. */
export function* findPolicies({ blocks }: JsonFile, text: string, module: TerraformModule): Iterable<PolicyDocument> {
  for (const block of blocks)
    if (block.block.type === 'data' && block.block.labels[0] === 'aws_iam_policy_document') {
      const address = addressOf(block.block);
      yield new DocumentPolicy(block, address, module.contextAt(address));
    } else yield* findInBlock(block, text, module);
}

/** The policies that stand in the values of a block, as objects and in strings. */
function* findInBlock({ block, values }: JsonBlock, text: string, module: TerraformModule): Iterable<PolicyDocument> {
  const sizes = jsonSizes(text);
  for (const { path, value, pointer } of values) {
    const address = block.type === 'locals' ? `local.${path.join('.')}` : addressOf(block);
    const contextOf = () => ({ ...module.contextOf(consumersOf(block, path)), address });
    const found = [
      ...findInValue(value.node, pointer, { sizes, bareLists: false, contextOf }),
      ...findInStrings(value.node, pointer, text, contextOf),
    ];
    yield* found.sort((a, b) => a.start - b.start);
  }
}
