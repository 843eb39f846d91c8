import assert from 'node:assert/strict';
import { test } from 'node:test';
import { registry } from './harness.ts';

// A deadline against lines that never end, not a measurement: most lines need half a second, and a machine may be busy.
const limit = 60_000;

const length = 200_000;

const lines: Record<string, string> = {
  'a policy': JSON.stringify({ Statement: Array.from({ length: 900 }, (_, index) => statement(index)) }),
  'one action': `{"Action":"s3:${'a'.repeat(length)}"}`,
  'an action before a long string': `{"Action":["s3:Get","${'a'.repeat(length)}"]}`,
  'an action before many wildcards': `{"Action":["s3:Get","${'a*'.repeat(length / 2)}"]}`,
  'one action without a colon': `{"Action":["${'a'.repeat(length)}"]}`,
  'a long array of actions': JSON.stringify({
    Action: Array.from({ length: 12_000 }, (_, index) => `s3:Get${index}*`),
  }),
  wildcards: `{"Action":"${'*'.repeat(length / 4)}","Resource":"${'*'.repeat(length / 4)}"}`,
  'variables never closed': `{"Resource":"${'${'.repeat(length / 2)}"}`,
  'one variable never closed': `{"x":"\${aws:${'a'.repeat(length)}"}`,
  'a host name without an end': `{"x":"\${${'a.'.repeat(length / 2)}"}`,
  'an ARN of colons': `{"Resource":"arn${':'.repeat(length)}"}`,
  'an ARN of variables never closed': `{"Resource":"arn:${'${a'.repeat(length / 3)}"}`,
  'spaces before the colon': `{"Action"${' '.repeat(length)}:"s3:Get"}`,
  'spaces behind the colon': `{"Action":${' '.repeat(length)}"s3:Get"}`,
  'nested elements': `${'{"Action":'.repeat(length / 100)}"s3:Get"`,
  escapes: `{"Action":["${'\\"'.repeat(length / 2)}"]}`,
};

// VS Code colours no longer lines. Its grammar for YAML needs seconds for some that are ten times as long, with ours or without.
const lengthOfYaml = 20_000;

const linesOfYaml: Record<string, string> = {
  'a long list of actions': `Action: [${Array.from({ length: lengthOfYaml / 16 }, (_, index) => `s3:Get${index}*`).join(', ')}]`,
  'one action': `Action: s3:${'a'.repeat(lengthOfYaml)}`,
  'one action without a colon': `Action: ${'a'.repeat(lengthOfYaml)}`,
  'many wildcards': `Action: s3${'a*'.repeat(lengthOfYaml / 2)}`,
  'nested elements': '{Action: '.repeat(lengthOfYaml / 100),
};

for (const [base, named] of [
  ['source.json', lines],
  ['source.yaml', linesOfYaml],
] as const) {
  for (const [name, line] of Object.entries(named)) {
    test(`A line of ${Math.round(line.length / 1000)} kB in ${base} is done in the end: ${name}`, async () => {
      const grammar = await registry.loadGrammar(base);
      assert(grammar);
      const { stoppedEarly } = grammar.tokenizeLine(line, null, limit);
      assert.equal(stoppedEarly, false, `not done in ${limit} ms`);
    });
  }
}

function statement(index: number): object {
  return {
    Sid: `S${index}`,
    Effect: 'Allow',
    Action: ['s3:Get*', 'ec2:DescribeInstances'],
    Resource: [`arn:aws:s3:::b${index}/\${aws:username}/*`, '*'],
    Condition: { StringLike: { 's3:prefix': ['home/*'] }, StringEquals: { 'aws:x': '${saml:sub} y' } },
  };
}
