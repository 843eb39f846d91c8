import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { hcl } from '../../support/hcl.ts';

const SOUND = 'data "aws_iam_policy_document" "app" {\n  statement {\n    actions = ["s3:*", "sqs:*"]\n  }\n}\n';

/** What is read, as `problems of the file, statements that may be edited`. */
function reading(text: string): readonly [problems: number, editable: number] {
  const { documents, problems } = hcl.read(text);
  return [problems.length, problems.length > 0 ? 0 : documents.flatMap(({ statements }) => statements).length];
}

describe('Nothing is edited of', () => {
  const cases: Readonly<Record<string, string>> = {
    'a block that is not closed': SOUND.replace(/\}\n$/, ''),
    'a list that is not closed': SOUND.replace(']', ''),
    'a string that is not closed': SOUND.replace('"s3:*"', '"s3:*'),
    'a string that goes on in the next line': SOUND.replace('"s3:*"', '"s3:\n*"'),
    'entries without a comma between them': SOUND.replace(', ', ' '),
    'an attribute without a value': SOUND.replace('statement {', 'statement {\n    sid ='),
    'what follows a block that is not closed': `resource "x" "y" {\n${SOUND}`,
    'what follows a string that is not closed': `locals {\n  name = "x\n}\n${SOUND}`,
    'what follows a heredoc that is not closed': `locals {\n  text = <<EOF\n}\n${SOUND}`,
    'what follows a comment that is not closed': `/* ${SOUND}`,
    'a file with a bracket too many': `}\n${SOUND}`,
    'a block with a quoted heredoc tag': SOUND.replace('statement {', 'statement {\n    sid = <<"EOF"\nx\nEOF\n'),
    'a heredoc with a JSON policy that is broken':
      'locals {\n  p = <<EOF\n{"Statement": [{"Effect": "Allow", "Action": ["s3:*" "sqs:*"]}]}\nEOF\n}\n',
    'text that is no HCL': `<p class="statement">${SOUND}</p>`,
  };
  for (const [name, text] of Object.entries(cases)) test(name, () => assert.equal(reading(text)[1], 0));
});

test('A broken block does not keep a sound one from being read', () => {
  assert.deepEqual(reading(`resource "x" "y" {\n  a = [1,, 2]\n}\n${SOUND}`), [0, 1]);
  assert.deepEqual(reading(`${SOUND}resource "x" "y" {\n  a = f(\n}\n${SOUND}`), [0, 2]);
});

test('A problem of a file has its place', () => {
  const text = `${SOUND}}}\n${SOUND}`;
  const [problem] = hcl.read(text).problems;
  assert.equal(problem && text.slice(0, problem.start).split('\n').length, 6);
});

describe('A hostile file is read in time, or is not read', () => {
  const cases: Readonly<Record<string, string>> = {
    'of nested lists': `statement {\n  a = ${'['.repeat(100_000)}${']'.repeat(100_000)}\n}\n`,
    'of nested parentheses': `statement {\n  a = ${'('.repeat(20_000)}1${')'.repeat(20_000)}\n}\n`,
    'of nested interpolations': `statement {\n  a = ${'"${'.repeat(20_000)}`,
    'of nested blocks': 'statement {\n'.repeat(50_000),
    'of operators': `statement {\n  a = ${'!'.repeat(30_000)}1\n}\n`,
    'of attributes of attributes': `statement {\n  a = x${'.y'.repeat(30_000)}\n}\n`,
    'of heredocs': 'x = <<EOF\nstatement\n'.repeat(10_000),
    'of one long string': `statement {\n  a = "${'x'.repeat(500_000)}"\n}\n`,
    'of another language': '<p class="statement">x</p>\n'.repeat(30_000),
    'of more than is read': `statement {}\n${'#\n'.repeat(600_000)}`,
  };
  for (const [name, text] of Object.entries(cases))
    test(name, () => {
      assert.deepEqual(hcl.read(text).documents, []);
      hcl.siblings.read(text);
    });

  test('and says so where a limit is the reason', () => {
    for (const name of ['of another language', 'of more than is read'])
      assert.deepEqual(
        hcl.read(cases[name] ?? '').problems.map(({ isLimit }) => isLimit),
        [true],
      );
  });
});

test('A file is read after one that the parser gave up', () => {
  hcl.read('<p class="statement">x</p>\n'.repeat(30_000));
  assert.deepEqual(reading(SOUND), [0, 1]);
});

test('The parser holds on to nothing that it read', () => {
  const text = SOUND.repeat(200);
  const read = (times: number) => {
    for (let i = 0; i < times; i++) hcl.read(text + i);
    return process.memoryUsage().external;
  };
  const before = read(20);
  const after = read(80);
  assert.ok(after - before < 1_000_000, `${after - before} bytes more`);
});
