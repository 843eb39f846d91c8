import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import {
  type GrammarTestCase,
  parseGrammarTestCase,
  runGrammarTestCase,
  type TestFailure,
} from 'vscode-tmgrammar-test/dist/unit/index.js';
import { baseScopes, readRepositoryFile, registry } from './harness.ts';

// The fixtures assert in comments, in the syntax of vscode-tmgrammar-test: carets under the text, the scopes it
// has, and behind a hyphen the scopes it must not have.

const names = readdirSync(fileURLToPath(new URL('fixtures', import.meta.url)));

for (const base of baseScopes) {
  describe(`fixtures in ${base}`, () => {
    for (const name of names) {
      test(name, async () => {
        const parsed = parseGrammarTestCase(readRepositoryFile(`test/grammar/fixtures/${name}`));
        assert.notEqual(parsed.assertions.length, 0, 'no assertion found');
        const testCase = { ...parsed, metadata: { ...parsed.metadata, scope: base } };
        const failures = await runGrammarTestCase(registry, testCase);
        assert.equal(failures.map((failure) => describeFailure(testCase, failure)).join('\n'), '');
      });
    }
  });
}

function describeFailure(
  testCase: GrammarTestCase,
  { start, end, srcLine, line, missing, unexpected, actual }: TestFailure,
): string {
  const text = testCase.source[srcLine]?.slice(start, end);
  return `line ${line + 1}, '${text}': missing [${missing}], unexpected [${unexpected}], has [${actual}]`;
}
