import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import '../support/seed.ts';
import { type Node, type ParseError, parseTree } from 'jsonc-parser';
import { type JsonNode, parseJsonTree } from '../../server/src/service/json/tree.ts';

const runs = Number(process.env.FC_RUNS ?? 1000);

/** Texts that are JSON, or JSON with comments, or nearly so: pieces of it in any order, and sound texts with one piece changed. */
const pieces = fc.constantFrom(
  ...['{', '}', '[', ']', ',', ':', '"a"', '"Statement"', '"\\u0041\\n"', '"\\x"', '"a', '\\"', '"\t"', "'a'"],
  ...['1', '-0.5e3', '01', '1.', '.5', '+1', 'true', 'nul', 'null', 'NaN', 'falsey'],
  ...[
    ' ',
    '\n',
    '\r',
    '\t',
    '\u00a0',
    '\ufeff',
    '\f',
    '// c\n',
    '// c\r',
    '/* c */',
    '/* c',
    '/',
    '\u0000',
    '😀',
    '"😀\ud800"',
  ],
);
const jumble = fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join(''));
const sound = fc.json({ maxDepth: 4 }).chain((text) =>
  fc
    .record({ indent: fc.constantFrom(undefined, 2, '\t'), at: fc.nat(text.length * 2), piece: pieces, cut: fc.nat(3) })
    .map(({ indent, at, piece, cut }) => {
      const pretty = JSON.stringify(JSON.parse(text), null, indent);
      return [pretty, pretty.slice(0, at) + piece + pretty.slice(at + cut)];
    }),
);

test('A text is read as jsonc-parser reads it: the same values at the same places, and the same errors', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        jumble.map((text) => [text]),
        sound,
      ),
      (texts) => {
        for (const text of texts) {
          const errors: ParseError[] = [];
          const expected = parseTree(text, errors, { allowTrailingComma: true, allowEmptyContent: true });
          const tree = parseJsonTree(text);
          assert.deepEqual(tree.errors, errors, text);
          assert.deepEqual(tree.root && outline(tree.root), expected && outline(expected), text);
        }
      },
    ),
    { numRuns: runs },
  );
});

/** A tree without the ways back to the parents, which are looked at on the way down. */
function outline(node: JsonNode | Node, parent?: JsonNode | Node): unknown {
  assert.equal(node.parent, parent);
  return {
    type: node.type,
    at: [node.offset, node.length],
    value: node.value,
    children: node.children?.map((child) => outline(child, node)),
  };
}
