import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { LinePositions } from '../../../server/src/service/json/linePositions.ts';

/** Texts that are longer than what is counted at once, with line breaks of each kind at many offsets. */
const TEXTS: Readonly<Record<string, string>> = {
  'of one line': 'x'.repeat(3_000_000),
  'of empty lines': '\n'.repeat(2_500_000),
  'of pairs': 'x\r\n'.repeat(1_000_000),
  'of pairs, the first half at an even offset': `${'\r\n'.repeat(1_200_000)}`,
  'of pairs, the first half at an odd offset': `x${'\r\n'.repeat(1_200_000)}`,
  'of lone carriage returns': 'xyz\r'.repeat(700_000),
};

for (const [what, text] of Object.entries(TEXTS)) {
  test(`The positions in a text ${what} are those that an editor shows`, () => {
    const document = TextDocument.create('file:///f.json', 'json', 0, text);
    const lines = new LinePositions(text);
    for (const near of [text.length, 2 * 1024 * 1024, 1024 * 1024, 0]) {
      for (let offset = near - 4; offset <= near + 4; offset++) {
        // Between the halves of a pair there is no position.
        if (text[offset - 1] === '\r' && text[offset] === '\n') continue;
        assert.deepEqual(lines.positionAt(offset), document.positionAt(offset), `at ${offset}`);
      }
    }
  });
}
