import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { globIncludes } from '../../../server/src/service/actions/glob.ts';
import { remaindersAfter } from '../../../server/src/service/refine/remainder.ts';

describe('what an action pattern still asks for behind a text:', () => {
  const rows: readonly [pattern: string, text: string, remainders: readonly string[]][] = [
    ['Get*', 'GetObject', ['*']],
    ['Get*', 'Get', ['*']],
    ['GET*', 'getObject', ['*']],
    ['Get*Tagging', 'GetJob', ['*Tagging']],
    ['Get*Tagging', 'GetObject', ['*Tagging', 'agging']],
    ['Get*Tagging', 'GetObjectTag', ['*Tagging', 'ging']],
    ['*ab', 'xa', ['*ab', 'b']],
    ['*aab', 'xaa', ['*aab', 'ab', 'b']],
    ['*a*b', 'xay', ['*b']],
    ['*a*b', 'xyz', ['*a*b']],
    ['Get?', 'Get', ['?']],
    ['Get???', 'GetO', ['??']],
    ['?et*', 'Get', ['*']],
    ['GetObject', 'Get', ['Object']],
    ['GetObject', '', ['GetObject']],
    ['GetObject', 'GetObject', ['']],
    ['*', '', ['*']],
    ['Get*', 'Put', []],
    ['Get', 'GetObject', []],
    ['Get?', 'GetOb', []],
  ];
  for (const [pattern, text, remainders] of rows) {
    it(`'${pattern}' behind '${text}' for ${remainders.map((remainder) => `'${remainder}'`).join(' or ') || 'nothing'}`, () => {
      assert.deepEqual(remaindersAfter(pattern, text), remainders);
    });
  }

  it('just the names that the pattern matches and that begin with the text, for all short ones', () => {
    const names = textsOf(['a', 'b'], 4);
    const texts = textsOf(['a', 'b'], 3);
    for (const pattern of textsOf(['a', 'b', '*', '?'], 3)) {
      for (const text of texts) {
        const remainders = remaindersAfter(pattern, text);
        const stars = remainders.flatMap((remainder, index) => (remainder.startsWith('*') ? [index] : []));
        assert.ok(stars.length === 0 || (stars.length === 1 && stars[0] === 0), `stars of ${remainders}`);
        for (const name of names) {
          assert.equal(
            remainders.some((remainder) => globIncludes(text + remainder, name)),
            name.startsWith(text) && globIncludes(pattern, name),
            `'${name}' by '${pattern}' behind '${text}': ${remainders}`,
          );
        }
      }
    }
  });
});

/** All texts of these letters up to a length. */
function textsOf(letters: readonly string[], length: number): string[] {
  if (length === 0) return [''];
  return ['', ...letters.flatMap((letter) => textsOf(letters, length - 1).map((text) => letter + text))];
}
