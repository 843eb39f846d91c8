import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contributions, readRepositoryFile } from './harness.ts';

const grammars = contributions.map(({ path }) => JSON.parse(readRepositoryFile(path)));

test('package.json contributes the grammars the tests run', () => {
  assert.deepEqual(JSON.parse(readRepositoryFile('package.json')).contributes?.grammars, contributions);
});

test('Every grammar has the scope name it is contributed under, and a comment', () => {
  for (const [index, grammar] of grammars.entries()) {
    assert.equal(grammar.scopeName, contributions[index]?.scopeName);
    assert.notEqual(grammar.comment ?? '', '');
  }
});

test('Every scope is of a family which themes colour, and ends in .iam-policy', () => {
  const families =
    /^(entity\.name\.(type|function)|keyword\.other|constant\.(character|language|numeric)|variable\.(other\.constant|parameter)|punctuation\.(separator|section\.embedded)|string\.(other|quoted)|meta)\.[a-z.-]+\.iam-policy$|^meta\.[a-z]+\.iam-policy$/;
  const names = grammars.flatMap(scopesOf);
  assert(names.length > 20);
  for (const name of names) {
    assert.match(name, families);
    // VS Code takes these words for a comment, a regular expression or another language.
    assert.doesNotMatch(name, /\b(comment|regex|meta\.embedded)\b/);
  }
});

const twins = [
  ['json', 'source.json#', 'jsonc', 'source.json.comments#'],
  ['hcl', 'source.hcl#', 'terraform', 'source.hcl.terraform#'],
] as const;
for (const [one, oneBase, other, otherBase] of twins) {
  test(`The elements are the same in ${one} and in ${other}`, () => {
    const patterns = JSON.stringify(elementsOf(one)).replaceAll(oneBase, otherBase);
    assert.notEqual(patterns, JSON.stringify(elementsOf(one)));
    assert.deepEqual(elementsOf(other), JSON.parse(patterns));
  });
}

function elementsOf(language: string): unknown {
  return grammars.find(({ scopeName }) => scopeName === `iam-policy.elements.${language}.injection`).patterns;
}

function scopesOf(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) {
    return [];
  }
  return Object.entries(node).flatMap(([key, value]) => {
    const isScope = (key === 'name' || key === 'contentName') && !('scopeName' in node);
    return isScope ? [String(value)] : scopesOf(value);
  });
}
