import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Entry } from '../../../server/src/service/policy/model.ts';
import { yaml } from '../../../server/src/service/policy/yaml/index.ts';
import { onlyPolicy } from '../../support/yamlOutline.ts';

// What takes time that grows with the square of its number takes minutes here, and what does not, a second.

const BOUND_MS = 15_000;

function inTime<T>(run: () => T): T {
  const started = performance.now();
  const result = run();
  assert.ok(performance.now() - started < BOUND_MS);
  return result;
}

function lines(amount: number, line: (index: number) => string): string {
  return Array.from({ length: amount }, (_, index) => line(index)).join('');
}

const STATEMENT = '{Effect: Allow, Action: [s3:A, s3:B]}';

describe('Thousands', () => {
  for (const [name, text] of Object.entries({
    'of entries with dashes': `Statement:\n- Effect: Allow\n  Action:\n${lines(50_000, () => '  - s3:A\n')}`,
    'of entries between brackets': `Statement:\n- Effect: Allow\n  Action: [${lines(50_000, () => 's3:A, ')}s3:A]\n`,
  })) {
    test(`${name} are rewritten`, () => {
      const edits = inTime(() => {
        const document = onlyPolicy(text);
        const [statement] = document.statements;
        assert.ok(statement);
        const replacements = new Map<Entry, readonly string[]>(statement.entries.map((entry) => [entry, ['s3:B']]));
        return yaml.write(text, document, [{ statement, change: { kind: 'replace', replacements } }]);
      });
      assert.ok(edits.length >= 50_000);
    });
  }

  test('of statements with one string are rewritten as lists', () => {
    const text = `Statement:\n${lines(15_000, () => '- Effect: Allow\n  Action: s3:*\n')}`;
    const edits = inTime(() => {
      const document = onlyPolicy(text);
      return yaml.write(
        text,
        document,
        document.statements.map((statement) => {
          const replacements = new Map([[statement.entries[0] as Entry, ['s3:A', 's3:B']]]);
          return { statement, change: { kind: 'replace', replacements } };
        }),
      );
    });
    assert.equal(edits.length, 15_000);
  });

  test('of policies in one mapping are read', () => {
    const text = lines(25_000, (index) => `a${index}: {Statement: ${STATEMENT}}\n`);
    assert.equal(inTime(() => yaml.read(text)).documents.length, 25_000);
  });

  test('of managed policies that one role is given are read', () => {
    const policy = (index: number) =>
      `  P${index}: {Type: AWS::IAM::ManagedPolicy, Properties: {PolicyDocument: {Statement: ${STATEMENT}}}}\n`;
    const role = `  R: {Type: AWS::IAM::Role, Properties: {ManagedPolicyArns: [${lines(10_000, (index) => `!Ref P${index}, `)}]}}\n`;
    const { documents } = inTime(() => yaml.read(`Resources:\n${lines(10_000, policy)}${role}`));
    assert.equal(documents.length, 10_000);
    assert.ok(documents.every(({ owner }) => owner?.logicalId === 'R'));
  });
});
