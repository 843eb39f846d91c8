import type { Span } from '../../json/span.ts';
import type { PolicyDocument } from '../model.ts';
import type { Excerpt } from '../outline.ts';

/** The block at the top of its file that each policy stands in. */
const blocksOf = new WeakMap<PolicyDocument, Span>();

/** Remembers where policies stand. Both lists are in the order of the file. */
export function rememberBlocks(documents: readonly PolicyDocument[], blocks: readonly Span[]): void {
  let next = 0;
  for (const document of documents) {
    while ((blocks[next]?.end ?? Number.POSITIVE_INFINITY) < document.end) next++;
    const block = blocks[next];
    if (block && block.start <= document.start) blocksOf.set(document, { start: block.start, end: block.end });
  }
}

/** The block that a policy stands in: it means the same wherever it stands. */
export function excerptHcl(_: string, document: PolicyDocument): Excerpt | undefined {
  const block = blocksOf.get(document);
  return block && { ...block, before: '' };
}
