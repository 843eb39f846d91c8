import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import '../support/seed.ts';
import type { FindingsProblem } from '../../server/src/service/findings/problem.ts';
import { readFindings } from '../../server/src/service/findings/read.ts';
import { JsonLocator, type JsonPlace } from '../../server/src/service/json/locate.ts';
import { list, securityHub } from '../fixtures/findings/withoutActions.ts';
import { today } from '../support/catalogues.ts';
import { answer } from '../support/jsonFindings.ts';

const runs = Number(process.env.FC_RUNS ?? 2_000);

const ROLE = 'arn:aws:iam::111111111111:role/App';

/** What lists of findings may hold: what we read, what we know, and what other tools write. */
const item = fc.oneof(
  fc.constantFrom<unknown>(
    answer(ROLE, { s3: ['GetObject', 'Get*'], sqs: 'whole' }),
    answer(ROLE, { ec2: [] }, { nextToken: 'more' }),
    { findingDetails: [3] },
  ),
  fc.constantFrom<unknown>(...list.findings, ...securityHub.Findings),
  fc.constantFrom<unknown>({}, { a: ['],"}'] }, 1, 'text', null, [], { serviceNamespace: 's3' }, { findings: [] }),
);
const items = fc.oneof(fc.array(item, { maxLength: 6 }), fc.array(fc.constant(answer(ROLE, { s3: ['GetObject'] }))));

/** What stands beside such a list: by some of it another reader knows the whole. */
const members = fc.uniqueArray(
  fc.constantFrom<[string, unknown]>(
    ['nextToken', null],
    ['nextToken', 'x'],
    ['a', [{ b: '[' }]],
    ['id', 'f'],
    ['findingType', 'UnusedPermission'],
    ['findingDetails', []],
    ['ServicesLastAccessed', []],
    ['serviceNamespace', 's3'],
    ['findings', 0],
    ['Findings', []],
  ),
  { maxLength: 3 },
);

/** The text of an object, with these members in this order, be it that a key stands in it twice. */
function textOf(entries: readonly (readonly [string, unknown])[], indent: string): string {
  return `{${entries.map(([key, value]) => `${indent}${JSON.stringify(key)}: ${JSON.stringify(value, null, indent)}`).join(',')}${indent}}`;
}

const object = fc
  .tuple(members, fc.constantFrom('findings', 'Findings'), items, members, fc.constantFrom('', ' ', '\n  '))
  .map(([before, key, values, after, indent]) => textOf([...before, [key, values], ...after], indent));

/** One object, or several values one after another; sometimes cut off or with something too much in it. */
const file = fc
  .tuple(
    fc.array(
      fc.oneof(
        object,
        fc.array(item, { maxLength: 3 }).map((values) => JSON.stringify(values)),
      ),
      {
        minLength: 1,
        maxLength: 3,
      },
    ),
    fc.option(fc.tuple(fc.nat(), fc.constantFrom('', ',', ']', '}', '"', '[')), { freq: 4 }),
  )
  .map(([values, damage]) => {
    const text = values.join('\n');
    if (!damage) return text;
    const at = damage[0] % (text.length + 1);
    return damage[1] === '' ? text.slice(0, at) : text.slice(0, at) + damage[1] + text.slice(at);
  });

test('A file that is read part by part says the same as one that is read as a whole, at the same places', () => {
  fc.assert(
    fc.property(file, fc.constantFrom(1, 50, 400), (text, atOnce) => {
      assert.deepEqual(described(text, atOnce), described(text, Number.POSITIVE_INFINITY));
    }),
    { numRuns: runs },
  );
});

/** What a file says; every place as the text that stands there, and where. */
function described(text: string, atOnce: number): unknown {
  const locator = new JsonLocator(text);
  const spanOf = (place: JsonPlace) => locator.locate(place);
  const { recognised, findings, problems } = readFindings(text, 'findings.json', today, atOnce);
  return {
    recognised,
    problems: problems.map((problem: FindingsProblem) => ({
      ...problem,
      at: typeof problem.at === 'number' ? problem.at : spanOf(problem.at),
    })),
    findings: findings.map((finding) => ({
      ...finding,
      services: finding.services.map(({ actions, place, ...service }) => ({
        ...service,
        place: spanOf(place),
        actions: actions === 'whole' ? actions : [...actions.names],
      })),
    })),
  };
}
