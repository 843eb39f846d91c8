import type { CST } from 'yaml';

/**
 * Where the nesting of a parsed text first exceeds `limit`, as an offset; -1 when it never does. Making nodes of the tokens is
 * recursive, so this look beforehand is what keeps a hostile file from exhausting the stack.
 */
export function findTooDeepToken(tokens: readonly CST.Token[], limit: number): number {
  let level: CST.Token[] = tokens.flatMap((token) => (token.type === 'document' && token.value ? [token.value] : []));
  for (let depth = 0; level.length > 0; depth++) {
    const [first] = level;
    if (first && depth > limit) return first.offset;
    level = level.flatMap(childrenOf);
  }
  return -1;
}

function childrenOf(token: CST.Token): CST.Token[] {
  if (!('items' in token)) return [];
  return token.items.flatMap(({ key, value }) => [...(key ? [key] : []), ...(value ? [value] : [])]);
}
