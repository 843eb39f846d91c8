import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { json } from '../../../server/src/service/policy/json/index.ts';
import { outline } from '../../support/jsonOutline.ts';

/** The problems of a text, as `offset message`. */
function problems(text: string): string[] {
  return json.read(text).problems.map(({ start, message }) => `${start} ${message}`);
}

describe('Of a half-typed policy there is what can be read, and a problem that forbids to edit it', () => {
  const cases: Readonly<Record<string, { text: string; found: string; problem: string }>> = {
    'a missing bracket': {
      text: '{"Statement": [{"Effect": "Allow", "Action": ["s3:A", "s3:B"}]}',
      found: '(the file)\n  Allow Action s3:A s3:B',
      problem: '60 JSON syntax error: comma expected',
    },
    'a missing comma': {
      text: '{"Statement": [{"Effect": "Allow" "Action": "s3:A"}]}',
      found: '(the file)\n  Allow Action s3:A',
      problem: '34 JSON syntax error: comma expected',
    },
    'a string without its end': {
      text: '{"Statement": [{"Effect": "Allow", "Action": "s3:A',
      found: '(the file)\n  Allow Action s3:A',
      problem: '45 JSON syntax error: unexpected end of string',
    },
    'a key without a value': {
      text: '{"Statement": [{"Effect": "Allow", "Action"}]}',
      found: '(the file)',
      problem: '43 JSON syntax error: colon expected',
    },
    'a colon without a value': {
      text: '{"Statement": [{"Effect": "Allow", "Action": }]}',
      found: '(the file)',
      problem: '45 JSON syntax error: value expected',
    },
    'two values': {
      text: '{"Statement": [{"Effect": "Allow", "Action": "s3:A"}]} {}',
      found: '(the file)\n  Allow Action s3:A',
      problem: '55 JSON syntax error: end of file expected',
    },
    'an invalid escape': {
      text: '{"Statement": [{"Effect": "Allow", "Action": "s3:\\A"}]}',
      found: '(the file)\n  Allow Action s3:',
      problem: '45 JSON syntax error: invalid escape character',
    },
  };
  for (const [name, { text, found, problem }] of Object.entries(cases)) {
    test(name, () => {
      assert.equal(problems(text)[0], problem);
      assert.equal(outline(text), found);
    });
  }

  test('wherever typing stops', () => {
    const text = '{"a": [{"Statement": [{"Effect": "Allow", "Action": ["s3:A", "s3:\\u0041"] /* x */}]}]}';
    for (let length = 0; length < text.length; length++) {
      const typed = text.slice(0, length);
      const file = json.read(typed);
      assert.equal(typed.includes('"Statement"'), file.problems.length > 0, typed);
    }
  });

  test('when any one character is missing, every span still lies inside the text', () => {
    const text =
      '{"Statement": [{"Effect": "Allow", "Action": ["s3:A", "s3:B"]}, {"Effect": "Deny", "Action": "s3:C"}]}';
    for (let at = 0; at < text.length; at++) {
      const typed = text.slice(0, at) + text.slice(at + 1);
      for (const { start, end, statements } of json.read(typed).documents) {
        assert(0 <= start && start <= end && end <= typed.length, typed);
        for (const entry of statements.flatMap(({ entries }) => entries))
          assert.equal(typed[entry.start], '"', `${typed} at ${entry.start}`);
      }
    }
  });
});

test('A sound file has no problems', () => {
  assert.deepEqual(problems('{"Statement": [{"Effect": "Allow", "Action": "s3:A"}]}'), []);
});

test('A broken file that speaks of no statement has no problem of ours', () =>
  assert.deepEqual(problems('{"a": '), []));

describe('A file that nests too deep is not read', () => {
  const depth = 10_000;
  const message = /Nested deeper than 500 levels/;
  const texts: Readonly<Record<string, string>> = {
    lists: `{"Statement": ${'['.repeat(depth)}${']'.repeat(depth)}}`,
    objects: `{"Statement": ${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}}`,
    'lists without their ends': `{"Statement": ${'['.repeat(depth)}`,
    'lists behind a comment': `{"Statement": 1, // [\n "a": /* ] */ ${'['.repeat(depth)}`,
  };
  for (const [name, text] of Object.entries(texts)) {
    test(name, () => {
      const file = json.read(text);
      assert.match(file.problems[0]?.message ?? '', message);
      assert.deepEqual(file.documents, []);
    });
  }

  test('lists behind what ends at a lone carriage return, as it does for the parser', () => {
    for (const opening of ['// a comment', '"a string without its end']) {
      assert.doesNotThrow(() => json.read(`{"Statement": 1, ${opening}\r "a": ${'['.repeat(depth)}`), opening);
    }
  });

  test('but one of 400 levels is', () => {
    const text = `${'['.repeat(400)}{"Statement": {"Effect": "Allow", "Action": "s3:A"}}${']'.repeat(400)}`;
    assert.equal(outline(text), `${'/0'.repeat(400)}\n  Allow Action s3:A`);
  });
});
