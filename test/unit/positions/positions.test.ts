import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { positionsFor } from '../../../server/src/positions/positions.ts';
import { type Encoding, positionIn } from '../../support/utf8Oracle.ts';
import '../../support/seed.ts';

const ENCODINGS: readonly Encoding[] = ['utf-8', 'utf-16'];

test('The first encoding that a client offers and we have is chosen, and UTF-16 without an offer', () => {
  const chosen = (offered?: string[] | null) => positionsFor(offered).encoding;
  assert.equal(chosen(), 'utf-16');
  assert.equal(chosen(null), 'utf-16');
  assert.equal(chosen([]), 'utf-16');
  assert.equal(chosen(['utf-32']), 'utf-16');
  assert.equal(chosen(['toString', 'utf-9']), 'utf-16');
  assert.equal(chosen(['utf-16', 'utf-8']), 'utf-16');
  assert.equal(chosen(['utf-8', 'utf-32', 'utf-16']), 'utf-8');
  assert.equal(chosen(['utf-32', 'utf-8']), 'utf-8');
});

/** Characters of one to four bytes, line ends of every kind, and long lines. */
const PIECES = [
  'a',
  '"s3:Get*"',
  'é',
  'ÿ',
  '߿',
  'ࠀ',
  '…',
  '\uffff',
  '😀',
  '\u{10ffff}',
  '\n',
  '\r\n',
  'x'.repeat(700),
  'ü'.repeat(700),
];
const texts = fc.array(fc.constantFrom(...PIECES), { maxLength: 30 }).map((pieces) => pieces.join(''));

/** The offsets of a text that can be pointed at: between characters, and not inside of CRLF. */
function places(text: string): number[] {
  let offset = 0;
  const all = [0, ...Array.from(text, (character) => (offset += character.length))];
  return all.filter((at) => !(text[at - 1] === '\r' && text[at] === '\n'));
}

for (const encoding of ENCODINGS) {
  describe(`In ${encoding}`, () => {
    const positions = positionsFor([encoding]);

    test('positions are where the encoder of Node says, of documents and of large texts, and lead back', () => {
      const property = fc.property(texts, (text) => {
        const document = positions.create('file:///a.json', 'json', 1, text);
        const large = positions.of(text);
        for (const offset of places(text)) {
          const expected = positionIn(text, offset, encoding);
          assert.deepEqual(document.positionAt(offset), expected);
          assert.deepEqual(large.positionAt(offset), expected);
          assert.equal(document.offsetAt(expected), offset);
        }
      });
      fc.assert(property, { numRuns: 200 });
    });

    test('changes count on the text that the one before them left, and the document stays the same object', () => {
      const change = fc.record({ from: fc.nat(), to: fc.nat(), text: texts });
      const property = fc.property(texts, fc.array(change, { minLength: 1, maxLength: 4 }), (text, changes) => {
        const document = positions.create('file:///a.json', 'json', 1, text);
        let expected = text;
        const edits = changes.map((edit) => {
          const all = places(expected);
          const ends = [all[edit.from % all.length] as number, all[edit.to % all.length] as number];
          const [start, end] = ends.sort((a, b) => a - b) as [number, number];
          const range = { start: positionIn(expected, start, encoding), end: positionIn(expected, end, encoding) };
          expected = expected.slice(0, start) + edit.text + expected.slice(end);
          return { range, text: edit.text };
        });
        assert.equal(positions.update(document, edits, 2), document);
        assert.equal(document.getText(), expected);
        assert.equal(document.version, 2);
        const last = places(expected).at(-1) ?? 0;
        assert.deepEqual(document.positionAt(last), positionIn(expected, last, encoding));
      });
      fc.assert(property, { numRuns: 200 });
    });

    test('a change without a range replaces the text', () => {
      const document = positions.create('file:///a.json', 'json', 1, 'é');
      positions.update(document, [{ text: '😀x' }], 7);
      assert.equal(document.getText(), '😀x');
      assert.equal(document.version, 7);
      assert.deepEqual(document.positionAt(2), positionIn('😀x', 2, encoding));
    });

    test('a document tells its lines and parts of it', () => {
      const document = positions.create('file:///a.json', 'json', 3, 'é\r\n😀x\n');
      const { uri, languageId, version, lineCount } = document;
      assert.deepEqual([uri, languageId, version, lineCount], ['file:///a.json', 'json', 3, 3]);
      assert.equal(document.getText(document.getLineRange(1)), '😀x');
      assert.equal(document.getText({ start: { line: 0, character: 0 }, end: positionIn('é', 1, encoding) }), 'é');
      assert.equal(document.getEOLCharacters(0), '\r\n');
    });

    test('positions beyond a line or the text are taken for its end, and offsets beyond the text for the last', () => {
      const document = positions.create('file:///a.json', 'json', 1, 'éé\r\n😀');
      assert.equal(document.offsetAt({ line: 0, character: 99 }), 2);
      assert.equal(document.offsetAt({ line: 9, character: 0 }), 6);
      assert.equal(document.offsetAt({ line: 1, character: -1 }), 4);
      assert.equal(document.offsetAt({ line: -1, character: 1 }), 0);
      assert.deepEqual(document.positionAt(99), positionIn('éé\r\n😀', 6, encoding));
      assert.deepEqual(positions.of('éé\r\n😀').positionAt(99), positionIn('éé\r\n😀', 6, encoding));
    });
  });
}

test('A position inside of a character in UTF-8 is that of the character', () => {
  const document = positionsFor(['utf-8']).create('file:///a.json', 'json', 1, 'é😀x');
  const offsets = Array.from({ length: 8 }, (_, character) => document.offsetAt({ line: 0, character }));
  assert.deepEqual(offsets, [0, 0, 1, 1, 1, 1, 3, 4]);
});

test('Half of a surrogate pair counts as the three bytes that stand in for it', () => {
  const document = positionsFor(['utf-8']).create('file:///a.json', 'json', 1, '\ude00\ud83dx');
  assert.deepEqual(document.positionAt(2), { line: 0, character: Buffer.byteLength('\ude00\ud83d') });
});

test('The positions of a line of 20 MB cost no more than reading it', () => {
  const text = '"é😀",'.repeat(3_000_000);
  const document = positionsFor(['utf-8']).create('file:///a.json', 'json', 1, text);
  const started = performance.now();
  for (let offset = 0; offset < text.length; offset += 20_000) document.offsetAt(document.positionAt(offset));
  assert(performance.now() - started < 5_000);
});
