import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FINDINGS, POLICY } from './support/article.ts';
import { startClient } from './support/client.ts';
import { findingV2, jsonOf, policyOf } from './support/samples.ts';
import { wholeOf } from './support/text.ts';

/** Longer than this nobody waits, and far above what each of these needs. */
const BOUND_MS = 60_000;

/** Longer than this no message or title may be: they are shown on one line. */
const MAX_MESSAGE = 1_000;

/** Texts that are large or deep, with what is said of each; those that are refined say so. */
const LARGE: readonly { name: string; text: () => string; kind: string; message: RegExp }[] = [
  {
    name: 'A policy of 5 MB',
    text: () => `${jsonOf({ Statement: manyStatements(5_000_000) })}`,
    kind: 'refined',
    message: /unused actions removed/,
  },
  {
    name: 'A list of 100,000 entries',
    text: () => policyOf(Array.from({ length: 100_000 }, (_, index) => `s3:Get${index}`).concat('s3:GetBucketAcl')),
    kind: 'refined',
    message: /^1 unused action removed/,
  },
  {
    name: 'A text that nests 10,000 arrays',
    text: () => `{"Statement": ${'['.repeat(10_000)}${']'.repeat(10_000)}}`,
    kind: 'refused',
    message: /[Nn]ested deeper/,
  },
  {
    name: 'A text that nests 10,000 objects',
    text: () => `${'{"Statement":'.repeat(10_000)}1${'}'.repeat(10_000)}`,
    kind: 'refused',
    message: /[Nn]ested deeper/,
  },
  {
    name: 'A text that opens 1,000,000 arrays and closes none',
    text: () => `{"Statement": ${'['.repeat(1_000_000)}`,
    kind: 'refused',
    message: /[Nn]ested deeper/,
  },
  {
    name: 'A policy below 400 objects',
    text: () => `${'{"a":'.repeat(400)}${policyOf(['s3:GetBucketAcl', 's3:GetObject'])}${'}'.repeat(400)}`,
    kind: 'refined',
    message: /^1 unused action removed/,
  },
  {
    name: 'An entry of 10 MB',
    text: () => policyOf([`s3:${'a'.repeat(10_000_000)}`, 's3:GetBucketAcl']),
    kind: 'refined',
    message: /^1 unused action removed/,
  },
  {
    name: 'An entry of 10 MB that is a service',
    text: () => policyOf([`${'a'.repeat(10_000_000)}:Get*`, 's3:GetBucketAcl', 's3:GetObject']),
    kind: 'refined',
    message: /^1 unused action removed/,
  },
  {
    name: 'An entry with 2,000 stars',
    text: () => policyOf([`s3:Get${'*'.repeat(2_000)}`]),
    kind: 'refined',
    message: /^22 unused actions removed/,
  },
  {
    name: 'An entry of 10 MB of stars',
    text: () => policyOf([`s3:Get${'*'.repeat(10_000_000)}`]),
    kind: 'refined',
    message: /^22 unused actions removed/,
  },
  {
    name: 'An entry of 1 MB of stars and letters',
    text: () => policyOf([`s3:${'*t'.repeat(500_000)}`, 's3:GetBucketAcl']),
    kind: 'refined',
    message: /^1 unused action removed/,
  },
  {
    name: 'An entry of 10 MB of question marks',
    text: () => policyOf([`s3:${'?'.repeat(10_000_000)}*`, 's3:GetBucketAcl']),
    kind: 'refined',
    message: /^1 unused action removed/,
  },
  {
    name: 'A string of 10 MB elsewhere',
    text: () => POLICY.replace('2012-10-17', 'a'.repeat(10_000_000)),
    kind: 'refined',
    message: /^30 unused actions removed \(22 from wildcards\)/,
  },
  {
    name: 'A thousand policies in one file',
    text: () => `[${Array.from({ length: 1_000 }, () => policyOf(['s3:Get*'])).join(',')}]`,
    kind: 'refined',
    message: /in 1000 policies|in 1,000 policies/,
  },
  {
    name: 'White space of 10 MB',
    text: () => POLICY.replace('"Version"', `${' '.repeat(5_000_000)}\n${'\n'.repeat(5_000_000)}"Version"`),
    kind: 'refined',
    message: /^30 unused actions removed \(22 from wildcards\)/,
  },
];

for (const { name, text, kind: expectedKind, message: expectedMessage } of LARGE) {
  test(`${name} is answered in time`, async (t) => {
    const content = text();
    const client = await startClient(t, { files: { 'findings.json': FINDINGS } });
    const document = await client.open('policy.json', { text: content });
    const diagnostics = await inTime(() => document.diagnostics());
    for (const { message } of diagnostics)
      assert(message.length < MAX_MESSAGE, `a message of ${message.length} letters`);
    // A limit of ours is told where the user looks; no other tool tells of it.
    if (/deeper/.test(expectedMessage.source)) assert.match(diagnostics[0]?.message ?? '', expectedMessage);
    const actions = await inTime(() => document.codeActions(wholeOf(content.slice(0, 2_000))));
    for (const { title } of actions) assert(title.length < MAX_MESSAGE, `a title of ${title.length} letters`);
    const answer = await inTime(() => document.refine());
    assert.match(answer.message, expectedMessage);
    assert(answer.message.length < MAX_MESSAGE);
    assert.equal(answer.kind, expectedKind);
    assert.equal(answer.edit !== undefined, expectedKind === 'refined');
  });
}

/** Findings that are large or deep, and how many marks they make. */
const LARGE_FINDINGS: Readonly<Record<string, { findings: () => string; marks: number }>> = {
  'that nest 10,000 arrays': { findings: () => `${'['.repeat(10_000)}${']'.repeat(10_000)}`, marks: 0 },
  'that open 10,000,000 arrays': { findings: () => '['.repeat(10_000_000), marks: 0 },
  'about 20,000 principals': {
    findings: () =>
      JSON.stringify(Array.from({ length: 20_000 }, (_, index) => findingV2(`Role${index}`, { s3: ['GetBucketAcl'] }))),
    marks: 1,
  },
  'with a name of 10 MB': {
    findings: () => jsonOf(findingV2('Role1', { s3: ['GetBucketAcl', 'a'.repeat(10_000_000)] })),
    marks: 1,
  },
  'with something of 10 MB that is no name': {
    findings: () => jsonOf(findingV2('Role1', { s3: ['GetBucketAcl', '!'.repeat(10_000_000)] })),
    marks: 1,
  },
  'with 200,000 names': {
    findings: () =>
      jsonOf(findingV2('Role1', { s3: ['GetBucketAcl', ...Array.from({ length: 200_000 }, (_, i) => `New${i}`)] })),
    marks: 1,
  },
  'with 200,000 names that the wildcard grants': {
    findings: () => jsonOf(findingV2('Role1', { s3: Array.from({ length: 200_000 }, (_, i) => `Get${i}`) })),
    marks: 1,
  },
};

for (const [what, { findings, marks }] of Object.entries(LARGE_FINDINGS)) {
  test(`Findings ${what} are read in time`, async (t) => {
    const text = findings();
    const client = await startClient(t, { files: { 'Role1.json': POLICY, 'findings.json': text } });
    const document = await client.open('Role1.json');
    const diagnostics = await inTime(() => document.diagnostics());
    assert.equal(diagnostics.length, marks);
    for (const at of ['s3:Get*', 's3:List*']) {
      const hover = (await inTime(() => document.hover(at))) ?? '';
      assert(hover.length < 20_000, `a hover of ${hover.length} letters`);
    }
    const { message } = await inTime(() => document.refine());
    assert(message.length < MAX_MESSAGE);
    const file = await client.open('findings.json');
    for (const mark of await inTime(() => file.diagnostics())) assert(mark.message.length < MAX_MESSAGE);
  });
}

/** The answer, which must come before anybody loses patience. */
async function inTime<T>(request: () => Promise<T>): Promise<T> {
  const start = performance.now();
  const answer = await request();
  const elapsed = performance.now() - start;
  assert(elapsed < BOUND_MS, `answered only after ${Math.round(elapsed)} ms`);
  return answer;
}

/** Statements of the article's kind, as many as make a policy of about this size. */
function manyStatements(characters: number): object[] {
  const { Statement } = JSON.parse(POLICY);
  const copies = Math.ceil(characters / POLICY.length);
  return Array.from({ length: copies }, () => Statement).flat();
}
