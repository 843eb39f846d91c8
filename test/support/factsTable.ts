import assert from 'node:assert/strict';
import { test } from 'node:test';
import { json } from '../../server/src/service/policy/json/index.ts';
import { yaml } from '../../server/src/service/policy/yaml/index.ts';
import type { FileFacts } from '../../server/src/service/whose/facts.ts';
import { factsOutline } from './factsOutline.ts';

/** The facts of a text in JSON or YAML: the same by either way to them. */
export function factsOfText(text: string): FileFacts {
  const syntax = /^\s*[{[]\s*["{[]/.test(text) ? json : yaml;
  const file = syntax.read(text);
  assert.deepEqual(file.problems, [], text);
  const facts = syntax.facts?.(text) as FileFacts;
  if (file.facts) assert.deepEqual(file.facts(), facts, text);
  assert.deepEqual(
    facts.policies.map(({ pointer, name }) => [pointer, name]),
    file.documents.map(({ pointer, address }) => [pointer, address]),
    text,
  );
  return facts;
}

/** A row of a table of texts and what they say, of which these kinds of facts are looked at, as `factsOutline` has them. */
export function tableOf(...sections: readonly string[]) {
  return (name: string, text: string, expected: readonly string[]): void => {
    test(name, () => assert.deepEqual(factsOutline(factsOfText(text), sections), expected, text));
  };
}
