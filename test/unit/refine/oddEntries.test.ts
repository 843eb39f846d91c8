import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { json } from '../../../server/src/service/policy/json/index.ts';
import { applyChanges } from '../../../server/src/service/policy/model.ts';
import { refinePolicy } from '../../../server/src/service/refine/policy.ts';
import { catalogueWith } from '../../support/catalogues.ts';
import { contextOf } from '../../support/refine.ts';

const small = catalogueWith({
  kms: ['Decrypt', 'Encrypt', 'LinkKey', 'UnlinkKey'],
  s3: ['GetBucketAcl', 'GetObject', 'GetObjectAcl', 'PutObject'],
});
const context = contextOf(small, { s3: ['GetBucketAcl', 'PutObject'], kms: ['Decrypt', 'LinkKey'] });

// Whatever stands beside them, these are refined like this.
const BEFORE = ['s3:Get*', 's3:PutObject', 'kms:Decrypt', 'kms:Encrypt'];
const AFTER = ['s3:GetObject*', 'kms:Encrypt'];

/** Nothing here is quadratic in the length of an entry; a test that needs this long has shown that something is. */
const timeout = 60_000;

const ODD: Readonly<Record<string, unknown>> = {
  'a text of 100,000 characters': 'a'.repeat(100_000),
  'an action of 100,000 characters': `s3:${'Get'.repeat(33_333)}`,
  'a service of 100,000 characters': `${'s3'.repeat(50_000)}:Get*`,
  'a prefix of 100,000 characters': `s3:${'Get'.repeat(33_333)}*`,
  'a suffix of 100,000 characters': `s3:*${'Get'.repeat(33_333)}`,
  'a suffix of 10,000 characters behind 10,000 stars': `s3:${'*'.repeat(10_000)}${'z'.repeat(10_000)}`,
  '5,000 pairs of a star and a letter': `s3:${'*a'.repeat(5000)}`,
  '5,000 pairs of a star and a question mark': `s3:${'*?'.repeat(5000)}`,
  '10,000 question marks': `s3:${'?'.repeat(10_000)}`,
  '10,000 question marks behind a star': `s3:*${'?'.repeat(10_000)}`,
  '10,000 colons': ':'.repeat(10_000),
  'control characters': 's3:Get\u0000\u0001\u001f\u007fObject',
  'control characters and a star': 's3:\u0000*',
  'line breaks': 's3:GetBucketAcl\r\n',
  'a line separator': 's3:\u2028*',
  'white space around it': ' s3:PutObject ',
  'an astral character': 's3:😀*',
  'half an astral character': 's3:\ud83d*',
  'an astral character for a service': '😀:Put*',
  'a letter with a combining dot': 's3:PutObject\u0307',
  'the Kelvin sign in the service': '\u212Ams:Decrypt',
  'the Kelvin sign in the service of a wildcard': '\u212Ams:*',
  'the Kelvin sign in the action': 'kms:Lin\u212AKey',
  'the Kelvin sign in a prefix': 'kms:Lin\u212A*',
  'the long s in the action': 'kms:\u017F*',
  'the dotless i in the action': 'kms:L\u0131nkKey',
  'full-width letters': 'ｓ３:PutObject',
  nothing: '',
  'a service without an action': 's3:',
  'an action without a service': ':PutObject',
  'a colon': ':',
  'a name without a colon': 'PutObject',
  'two colons': 's3:PutObject:PutObject',
  'two colons and a star': 's3:PutObject:*',
  'two colons in a row': 's3::PutObject',
  'two colons behind a star': '*:s3:PutObject',
  'an ARN': 'arn:aws:s3:::bucket/*',
  'a wildcard in the service': 's?:PutObject',
  'a star in the service': 's3*:*',
  'the name of a property that every object has': 's3:constructor',
  'such a name for a service': '__proto__:*',
  'regular expression syntax': 's3:(Put|Get)Object$',
  'a backslash before a star': 's3:\\*',
  'a number': 42,
  'a fraction': -1.5e300,
  'a truth value': true,
  null: null,
  'an object': { Ref: 'Actions' },
  'an object with entries': { Action: ['s3:PutObject'], 's3:PutObject': 's3:PutObject' },
  'a list': ['s3:PutObject'],
  'an empty list': [],
};

for (const [place, index] of [
  ['before', 0],
  ['among', 2],
  ['behind', BEFORE.length],
] as const) {
  describe(`${place} other entries stays, and they are refined:`, () => {
    for (const [name, odd] of Object.entries(ODD)) {
      it(name, { timeout }, () => {
        const stays = Math.min(index, 1);
        const expected = index < BEFORE.length ? AFTER.toSpliced(stays, 0, odd as string) : [...AFTER, odd];
        assertSame(refineActions(BEFORE.toSpliced(index, 0, odd as string)), expected);
      });
    }
  });
}

describe('alone stays:', () => {
  for (const [name, odd] of Object.entries(ODD)) {
    it(name, { timeout }, () => {
      assertSame(refineActions([odd]), [odd]);
      assertSame(refineActions(odd), odd, 'without a list');
    });
  }
});

it('all of them in one list stay, in order', { timeout }, () => {
  const odd = Object.values(ODD);
  assertSame(refineActions([...odd, ...BEFORE]), [...odd, ...AFTER]);
});

it('the same long entry a hundred times stays', { timeout }, () => {
  const long = Array.from({ length: 100 }, () => `s3:${'*a'.repeat(5000)}`);
  assertSame(refineActions([...long, ...BEFORE]), [...long, ...AFTER]);
});

it('what the Kelvin sign only looks like is not covered by it', () => {
  assertSame(refineActions(['\u212Ams:*', 'kms:*']), ['\u212Ams:*', 'kms:Encrypt', 'kms:UnlinkKey']);
  assertSame(refineActions(['\u212Ams:Enc*', 'kms:*']), ['\u212Ams:Enc*', 'kms:Encrypt', 'kms:UnlinkKey']);
});

describe('stars in a row are one star:', () => {
  const stars = '*'.repeat(10_000);
  const rows: Readonly<Record<string, readonly [entry: string, after: readonly string[]]>> = {
    'behind a prefix': [`s3:Get${stars}`, ['s3:GetObject*']],
    'before a suffix': [`s3:${stars}Acl`, ['s3:GetObjectAcl']],
    'for all actions': [`s3:${stars}`, ['s3:GetObject*']],
    'for all services': [`${stars}:Get${stars}`, ['s3:GetObject*']],
    alone: [stars, ['kms:Encrypt', 'kms:UnlinkKey', 's3:GetObject*']],
  };
  for (const [name, [entry, after]] of Object.entries(rows)) {
    it(name, { timeout }, () => assertSame(refineActions([entry]), after));
  }
});

describe('as NotAction', () => {
  it('all of them stay, and what is unused is added behind them', { timeout }, () => {
    const listed = Object.values(ODD).filter((odd) => typeof odd === 'string');
    assertSame(refineElement('NotAction', listed), [
      ...listed,
      'kms:Decrypt',
      'kms:LinkKey',
      's3:GetBucketAcl',
      's3:PutObject',
    ]);
  });

  for (const [name, odd] of Object.entries(ODD).filter(([, value]) => typeof value !== 'string')) {
    it(`a list with ${name} stays`, () => {
      assertSame(refineElement('NotAction', ['kms:*', odd]), ['kms:*', odd]);
    });
  }
});

/** What becomes of the value of an `Action` element. */
function refineActions(actions: unknown): unknown {
  return refineElement('Action', actions);
}

function refineElement(element: 'Action' | 'NotAction', value: unknown): unknown {
  const text = JSON.stringify({ Statement: [{ Effect: 'Allow', [element]: value, Resource: '*' }] });
  const { documents, problems } = json.read(text);
  assert.deepEqual(problems, []);
  const edits = documents.flatMap((document) => {
    const { changes, proof } = refinePolicy(document, context);
    assert.equal(proof, 'ok');
    return json.write(text, document, changes);
  });
  return JSON.parse(applyChanges(text, edits)).Statement[0][element];
}

/** Asserts deep equality; of long texts a failure shows only the beginning. */
function assertSame(actual: unknown, expected: unknown, message?: string): void {
  if (isDeepStrictEqual(actual, expected)) return;
  assert.deepEqual(abbreviate(actual), abbreviate(expected), message);
  assert.fail('they differ behind the beginning of a long text');
}

function abbreviate(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(abbreviate);
  return typeof value === 'string' && value.length > 100
    ? `${value.slice(0, 20)}… (${value.length} characters)`
    : value;
}
