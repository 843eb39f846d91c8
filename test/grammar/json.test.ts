import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseGrammarTestCase } from 'vscode-tmgrammar-test/dist/unit/index.js';
import { assertBaseScopesStay, baseScopes, coloured, readRepositoryFile } from './harness.ts';

// An injected grammar runs inside the JSON grammar. Whatever the text, the scopes of JSON have to be the same with
// and without it: quotes, escapes, the nesting, and what JSON marks as invalid.

const policy = `{
  "Statement": [{
    "Action" : "s3:Get*", "NotAction": [ "*", "ec2:Run?\\u0041", "a\\"b" ], // "x:y"
    "Resource": ["arn:aws:s3:::\${aws:a, 'b'}/*", {"Fn::Sub": "\${A}"}],
    "Principal":{"AWS":"123456789012","Service":"s3.amazonaws.com"},
    "StringLike": {"x": "\${*}"}, "Action": [], "Resource": -1.5
  }]
}`;

for (const base of baseScopes) {
  describe(`scopes of ${base}`, () => {
    for (const name of readdirSync(fileURLToPath(new URL('fixtures', import.meta.url)))) {
      test(`stay in ${name}`, async () => {
        const { source } = parseGrammarTestCase(readRepositoryFile(`test/grammar/fixtures/${name}`));
        await assertBaseScopesStay(source.join('\n'), base);
      });
    }

    test('stay wherever typing stops', async () => {
      for (let length = 0; length <= policy.length; length++) {
        await assertBaseScopesStay(policy.slice(0, length), base);
      }
    });

    test('stay when any one character is missing', async () => {
      for (let index = 0; index < policy.length; index++) {
        await assertBaseScopesStay(policy.slice(0, index) + policy.slice(index + 1), base);
      }
    });

    test('stay when everything is on one line', async () => {
      const line = policy.replace(/ \/\/.*/, '').replace(/\n */g, '');
      for (let index = 0; index < line.length; index++) {
        await assertBaseScopesStay(line.slice(0, index) + line.slice(index + 1), base);
      }
    });
  });

  describe(`half-typed lines in ${base}`, () => {
    const after = [
      '"a": "node:fs",',
      '"b": ["12:30", "x:y", "*"],',
      '"c": { "d:e": "f:g", "h": "src/**/*.ts" }',
      '}',
    ].join('\n');

    for (const line of [
      '"Action"',
      '"Action":',
      '"Action": "',
      '"Action": "s3',
      '"Action": "s3:',
      '"Action": "s3:Get',
      '"Action": "s3:GetObject"',
      '"Action": "\\',
      '"Resource',
      '"Resource":',
      '"Resource": "',
      '"Resource": "arn:aws:s3',
      '"Resource": "arn:aws:s3:::${aws:',
      '"Resource": "arn:aws:s3:::${aws:username}/*',
      '"Principal": "*"',
      '"Principal": "12345678901',
      '"StringLike":',
    ]) {
      test(`${line} leaves the lines after it alone`, async () => {
        const whole = await coloured(`{\n${line}\n${after}`, base);
        assert.equal(whole, await coloured(`{\n${line}`, base));
      });
    }

    test('an action is coloured when its string is closed', async () => {
      assert.equal(await coloured('{"Action": "s3:Get', base), '');
      assert.equal(await coloured('{"Action": "s3:Get"', base), '[service s3][separator :][action Get]');
    });

    test('an ARN is coloured as far as it is typed, and only on its line', async () => {
      const arn = '[arn arn][separator :][partition aws][separator :][service s3]';
      assert.equal(await coloured('{"Resource": "arn:aws:s3\n:::bucket/ *', base), `${arn}[wildcard *]`);
      const whole = `${arn}[separator :][separator :][separator :]`;
      assert.equal(await coloured('{"x": "arn:aws:s3:::bucket\n/*', base), `${whole}[resource bucket]`);
    });

    test('an element whose value is missing does not lend its meaning to the next one', async () => {
      assert.equal(await coloured('{"Action":\n"Other": "s3:Get", "x": "*"}', base), '');
      assert.equal(await coloured('{"Effect":\n"Action": "s3:Get"}', base), '[service s3][separator :][action Get]');
      assert.equal(await coloured('{"Resource": "a" "Other": "*"}', base), '');
    });

    test('a brace left open takes what follows into its element, as JSON itself does', async () => {
      assert.equal(await coloured('{"StringLike": {"a"\n"x": "*"', base), '[wildcard *]');
      assert.equal(await coloured('{"StringLike": {"a"},\n"x": "*"', base), '');
    });

    test('an array left open keeps keys and values plain, though JSON takes them for its items', async () => {
      const open = '{"Action": ["s3:Get",\n"Other": "node:fs", "a:b": "*", "c" : "d:e"';
      assert.equal(await coloured(open, base), '[service s3][separator :][action Get]');
    });
  });
}
