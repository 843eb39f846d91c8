import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  displayName,
  fitsName,
  isTelling,
  knownName,
  literalName,
  mayBeSame,
} from '../../../server/src/service/whose/names.ts';
import { textOf } from '../../support/whoseFacts.ts';

const nameOf = (written: string) => knownName(textOf(written));

describe('A computed name is shown with stars', () => {
  const rows: Readonly<Record<string, string>> = {
    'prod-app': 'prod-app',
    '${var.prefix}-app': '*-app',
    'app-${var.suffix}': 'app-*',
    'a${x}b${y}c': 'a*b*c',
    'app-${var.a}${var.b}': 'app-*',
    '${var.a}${var.b}-app': '*-app',
    '${var.a}': '*',
    '${a}${b}': '*',
  };
  for (const [written, shown] of Object.entries(rows))
    test(`${written} is ${shown}`, () => assert.equal(displayName(nameOf(written)), shown));
});

describe('A name without holes is literal', () => {
  test('app is', () => assert.equal(literalName(nameOf('app')), 'app'));
  test('app-* is not', () => assert.equal(literalName(nameOf('app-*')), undefined));
});

describe('A name tells something', () => {
  const rows: Readonly<Record<string, boolean>> = {
    a: true,
    '': false,
    '*': false,
    '*-app': false,
    '*-role': true,
    'role-*': true,
    'ab*cd': true,
    'ab*c': false,
    '*-2024-*': false,
    '*-a1p2p3s4': true,
  };
  for (const [written, tells] of Object.entries(rows))
    test(`'${written}' ${tells ? 'does' : 'does not, with less than four letters written out'}`, () =>
      assert.equal(isTelling(nameOf(written)), tells));
});

describe('A name fits', () => {
  const rows: readonly (readonly [name: string, pattern: string, fits: boolean])[] = [
    ['prod-app', 'prod-app', true],
    ['PROD-App', 'prod-aPP', true],
    ['prod-app', 'app', false],
    ['prod-app', '*-app', true],
    ['-app', '*-app', true],
    ['prod-app-2', '*-app', false],
    ['app-prod', 'app-*', true],
    ['app-', 'app-*', true],
    ['myapp-prod', 'app-*', false],
    ['eu-app-prod', '*-app-*', true],
    ['eu-ap-prod', '*-app-*', false],
    // What a name begins and ends with must not be the same letters.
    ['aba', 'ab*ba', false],
    ['abba', 'ab*ba', true],
    ['ab-x-ab', 'ab*x*ab', true],
    ['ab-ab', 'ab*ab*ab', false],
    ['a-b-c-b-d', 'a*b*c*d', true],
    ['a-c-b-d', 'a*b*c*d', false],
    ['anything', '*', true],
  ];
  for (const [name, pattern, fits] of rows)
    test(`${name} ${fits ? 'fits' : 'does not fit'} ${pattern}`, () =>
      assert.equal(fitsName(name, nameOf(pattern)), fits));
  test('in a time that grows with the length of the name, whatever the pattern', () => {
    const many = nameOf(Array.from({ length: 64 }, () => 'a').join('*'));
    assert.equal(fitsName('a'.repeat(100_000), many), true);
    assert.equal(fitsName(`${'a'.repeat(100_000)}b`, many), false);
  });
});

describe('Two names may be one', () => {
  const rows: readonly (readonly [one: string, other: string, may: boolean])[] = [
    ['app', 'APP', true],
    ['app', 'app2', false],
    ['prod-app', '*-app', true],
    ['prod-api', '*-app', false],
    ['app-*', '*-app', true],
    ['app-*', 'app-eu-*', true],
    ['app-*', 'web-*', false],
    ['*-app', '*-web', false],
    ['*-app', '*-eu-app', true],
    ['*', 'app-*', true],
  ];
  for (const [one, other, may] of rows)
    test(`${one} and ${other} ${may ? 'may' : 'may not'}, in whichever order`, () => {
      assert.equal(mayBeSame(nameOf(one), nameOf(other)), may);
      assert.equal(mayBeSame(nameOf(other), nameOf(one)), may);
    });
});
