import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { yaml } from '../../../server/src/service/policy/yaml/index.ts';
import { outline } from '../../support/yamlOutline.ts';

/** The problems of a text, as `offset message`. */
function problems(text: string): string[] {
  return yaml.read(text).problems.map(({ start, message }) => `${start} ${message}`);
}

const policy = 'Statement:\n  - Effect: Allow\n    Action: [s3:A]\n';

describe('Of a half-typed policy there is what can be read, and a problem that forbids to edit it', () => {
  const cases: Readonly<Record<string, { text: string; found: string; problem: RegExp }>> = {
    'a missing bracket': {
      text: policy.replace(']', ''),
      found: '(the file)\n  Allow Action s3:A',
      problem: /^\d+ YAML syntax error: flow sequence/,
    },
    'a quote without its end': {
      text: policy.replace('[s3:A]', '"s3:A'),
      found: '(the file)\n  Allow Action s3:A',
      problem: /^\d+ YAML syntax error: missing closing "quote/,
    },
    'a tab as indentation': {
      text: policy.replace('    Action', '\tAction'),
      found: '(the file)',
      problem: /^\d+ YAML syntax error: /,
    },
    'a directive of Jinja': {
      text: `${policy}{% if x %}\n`,
      found: '(the file)\n  Allow Action s3:A',
      problem: /^\d+ YAML syntax error: /,
    },
    'a mapping where a value stands': {
      text: policy.replace('[s3:A]', 's3: A: B'),
      found: '(the file)\n  Allow Action (opaque)',
      problem: /^\d+ YAML syntax error: nested mappings/,
    },
  };
  for (const [name, { text, found, problem }] of Object.entries(cases)) {
    test(name, () => {
      assert.match(problems(text)[0] ?? '', problem);
      assert.equal(outline(text), found);
    });
  }
});

describe('A sound file has no problems', () => {
  const cases: Readonly<Record<string, string>> = {
    'with tags of all kinds': `${policy}x: !Ref A\ny: !Unheard {a: !<tag:example.com,2000:x> b}\nz: !local [!!str 1, ! 2]\n`,
    'with an alias of something unknown elsewhere': `${policy}x: &a 1\ny: *a\n`,
    'with repeated keys elsewhere': `${policy}x: {a: 1, a: 2}\n`,
    'with an empty document behind it': `${policy}---\n`,
    'of no policies, however broken': 'x: [Effect',
  };
  for (const [name, text] of Object.entries(cases)) test(name, () => assert.deepEqual(problems(text), []));
});

describe('What could take too long, or too much room, is refused or passed by', () => {
  const words = '# Effect, Action\n';
  const deep: Readonly<Record<string, string>> = {
    brackets: '['.repeat(20_000),
    braces: '{a: '.repeat(20_000),
    dashes: '- '.repeat(20_000),
    'explicit keys': '? '.repeat(20_000),
  };
  for (const [name, text] of Object.entries(deep)) {
    test(`${name} in ${name}`, () => {
      const [problem] = yaml.read(words + text).problems;
      assert.equal(problem?.message, 'Nested deeper than 500 levels, so this file is not read');
      assert.equal(problem?.isLimit, true);
    });
  }

  test('a text that is too large', () => {
    const [problem] = yaml.read(`${policy}#${'x'.repeat(2_000_000)}`).problems;
    assert.equal(problem?.message, 'Larger than 2 million characters, so this file is not read');
  });

  test('aliases of aliases of aliases', () => {
    const levels = Array.from({ length: 60 }, (_, i) => `a${i + 1}: &a${i + 1} [${`*a${i}, `.repeat(50)}]`);
    const text = `a0: &a0 [x]\n${levels.join('\n')}\n${policy}`;
    const started = performance.now();
    assert.equal(outline(text), '(the file)\n  Allow Action s3:A');
    assert.ok(performance.now() - started < 5000);
  });

  test('thousands of keys in one mapping', () => {
    const keys = Array.from({ length: 20_000 }, (_, i) => `k${i}: 1`).join('\n');
    const started = performance.now();
    assert.equal(outline(`${keys}\n${policy}`), '(the file)\n  Allow Action s3:A');
    assert.ok(performance.now() - started < 10_000);
  });
});
