import type { PolicyFact } from '../../whose/facts.ts';
import { jsonSizes } from '../json/size.ts';
import type { PolicyDocument } from '../model.ts';
import { addressOf } from '../terraform/block.ts';
import { takersOf } from '../terraform/consumers.ts';
import type { TerraformPolicy } from '../terraform/policy.ts';
import { findPolicies as findInValue } from '../values/policies.ts';
import type { JsonBlock, JsonFile } from './blocks.ts';
import { DocumentPolicy } from './document.ts';
import { findInStrings } from './stringPolicy.ts';

/** A policy of a file, and what the file says of it. */
export interface FoundPolicy {
  readonly document: PolicyDocument;
  readonly fact: PolicyFact;
}

/** The policies of a file, in the order in which they stand. */
export function* findPolicies({ blocks }: JsonFile, text: string): Iterable<FoundPolicy> {
  for (const block of blocks)
    if (block.block.type === 'data' && block.block.labels[0] === 'aws_iam_policy_document')
      yield found(new DocumentPolicy(block, addressOf(block.block)));
    else yield* findInBlock(block, text);
}

/** The policies that stand in the values of a block, as objects and in strings. */
function* findInBlock({ block, values }: JsonBlock, text: string): Iterable<FoundPolicy> {
  for (const { path, value, pointer } of values) {
    const address = block.type === 'locals' ? `local.${path.join('.')}` : addressOf(block);
    const takers = takersOf(block, path);
    const written = [...findInValue(value.node, pointer, { sizes: jsonSizes(text), bareLists: false, address })].map(
      (document) => ({
        document,
        fact: {
          pointer: document.pointer,
          name: address,
          kind: 'identity',
          quota: Number.POSITIVE_INFINITY,
          takers,
        } satisfies PolicyFact,
      }),
    );
    const inStrings = [...findInStrings(value.node, pointer, text, { address, takers })].map(found);
    yield* [...written, ...inStrings].sort((a, b) => a.document.start - b.document.start);
  }
}

function found(document: TerraformPolicy): FoundPolicy {
  return { document, fact: document.fact };
}
