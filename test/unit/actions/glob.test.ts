import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { globIncludes, hasWildcard, literalPrefix } from '../../../server/src/service/actions/glob.ts';
import '../../support/seed.ts';

describe('IAM patterns', () => {
  const cases: readonly [pattern: string, text: string, included: boolean, why: string][] = [
    ['GetObject', 'getOBJECT', true, 'IAM ignores case'],
    ['Get*', 'Get', true, 'a star matches nothing too'],
    ['Get*', 'GetObject', true, 'a star matches any letters'],
    ['Get?', 'Get', false, 'a question mark matches one letter'],
    ['Get*Tagging', 'GetObjectTaggingTagging', true, 'a star gives way to what follows it'],
    ['*a*b*c', 'xxaxxbxxbc', true, 'several stars'],
    ['**', '', true, 'doubled stars match nothing too'],
    ['Get?', 'Get*', false, 's3:Get* is not inside s3:Get?'],
    ['Get*', 'Get?', true, 'a star may match a question mark'],
    ['Get?x', 'Get?x', true, 'a question mark may match a question mark'],
    ['Get*Tagging', 'Get*', false, 'the star of the new entry reaches further'],
    ['Get*', 'GetObject*Tagging', true, 'what is narrower lies inside'],
    ['AZ', 'az', true, 'from the first letter to the last'],
    ['@[', '`{', false, 'what stands beside the letters has no case'],
    ['Get\n', 'GetObject', false, 'a line feed is no star'],
    ['Get\u001f', 'GetX', false, 'a control character is no question mark'],
    ['*?', 'Get\u0001', true, 'a control character is a character'],
    ['*k', '\u212A', false, 'the Kelvin sign is no k'],
    ['', '', true, 'nothing includes nothing'],
    ['', 'a', false, 'nothing includes no more'],
  ];
  for (const [pattern, text, included, why] of cases) {
    it(`'${pattern}' ${included ? 'includes' : 'does not include'} '${text}': ${why}`, () => {
      assert.equal(globIncludes(pattern, text), included);
    });
  }

  it('agree with a regular expression, the oracle that shares no code with the matcher', () => {
    const pattern = fc.string({ unit: fc.constantFrom('a', 'B', 'c', '*', '?'), maxLength: 8 });
    const text = fc.string({ unit: fc.constantFrom('A', 'b', 'c'), maxLength: 10 });
    fc.assert(
      fc.property(pattern, text, (outer, inner) => {
        const oracle = new RegExp(`^${outer.replaceAll('?', '.').replaceAll('*', '.*')}$`, 'i');
        assert.equal(globIncludes(outer, inner), oracle.test(inner));
      }),
      { numRuns: 5000 },
    );
  });

  it('include another pattern only if they match all that it matches', () => {
    const symbol = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 6 });
    const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 });
    fc.assert(
      fc.property(symbol, symbol, text, (outer, inner, example) => {
        fc.pre(globIncludes(outer, inner) && globIncludes(inner, example));
        assert.ok(globIncludes(outer, example));
      }),
      { numRuns: 3000 },
    );
  });

  it('of 100,000 stars, question marks or letters are matched without delay or recursion', () => {
    const long = 100_000;
    assert.equal(globIncludes('*'.repeat(long), 'GetObject'), true);
    assert.equal(globIncludes('?'.repeat(long), 'GetObject'), false);
    assert.equal(globIncludes(`${'*a'.repeat(long)}`, 'aaaaaaaaaaaaaaaaaaab'), false);
    assert.equal(globIncludes(`*${'a'.repeat(long)}b`, 'a'.repeat(60)), false);
  });
});

describe('looking at a pattern', () => {
  it('finds wildcards and the text before the first one', () => {
    assert.deepEqual(['Get*', 'G?t', 'Get'].map(hasWildcard), [true, true, false]);
    assert.deepEqual(['Get*Tag*', 'G?t', 'Get', '*'].map(literalPrefix), ['Get', 'G', 'Get', '']);
  });
});
