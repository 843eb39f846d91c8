import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import '../support/seed.ts';
import { decodeText } from '../../server/src/node/decodeText.ts';
import { readFindings } from '../../server/src/service/findings/read.ts';
import { today } from '../support/catalogues.ts';
import { answer, combined, type Unused } from '../support/jsonFindings.ts';

const runs = Number(process.env.FC_RUNS ?? 500);

const ROLE = 'arn:aws:iam::111111111111:role/team/App';

/** What is unused: services as a whole, or some of their actions. Names that JavaScript itself uses are ordinary ones. */
const name = fc.constantFrom(
  'GetObject',
  'PutObject',
  'ListBucket',
  'Invoke',
  'get-Thing_2.0',
  'constructor',
  '__proto__',
);
const service = fc.constantFrom('s3', 'sqs', 'access-analyzer', 'ec2', 'constructor');
const truth: fc.Arbitrary<Unused> = fc
  .uniqueArray(
    fc.record({
      service,
      actions: fc.oneof(fc.constant('whole' as const), fc.uniqueArray(name, { minLength: 1, maxLength: 5 })),
    }),
    { minLength: 1, maxLength: 5, selector: (entry) => entry.service },
  )
  .map((entries) => Object.fromEntries(entries.map((entry) => [entry.service, entry.actions])));

/** Ways to write the same truth as a text of values: each gives the values of a file. */
const SHAPES: Readonly<Record<string, (unused: Unused) => readonly unknown[]>> = {
  'one answer': (unused) => [answer(ROLE, unused)],
  'a list of one answer': (unused) => [[answer(ROLE, unused)]],
  'a list called findings': (unused) => [{ findings: [answer(ROLE, unused)] }],
  'the same answer twice': (unused) => [answer(ROLE, unused), answer(ROLE, unused)],
  'behind an older answer': (unused) => [
    answer(ROLE, unused),
    answer(ROLE, { sns: 'whole' }, { updatedAt: '2024-11-19 00:00:00+00:00' }),
  ],
  'a page a service': (unused) => {
    const pages = Object.entries(unused);
    return pages.map(([service, actions], index) =>
      answer(ROLE, { [service]: actions }, { nextToken: index < pages.length - 1 ? 'more' : null }),
    );
  },
  'the plain list': (unused) => [plainList(unused)],
  'the items of the plain list': (unused) => plainList(unused),
  'a last-accessed report': (unused) => [lastAccessedReport(unused)],
  'a last-accessed report in two pages': (unused) => {
    const report = lastAccessedReport(unused);
    const [first, ...others] = report.ServicesLastAccessed;
    return [
      { ...report, ServicesLastAccessed: [first], IsTruncated: true, Marker: 'more' },
      { ...report, ServicesLastAccessed: others },
    ];
  },
};

function plainList(unused: Unused): object[] {
  return Object.entries(unused).map(([serviceNamespace, actions]) => ({
    serviceNamespace,
    ...(actions !== 'whole' && { actions }),
  }));
}

function lastAccessedReport(unused: Unused) {
  return {
    JobStatus: 'COMPLETED',
    JobType: 'ACTION_LEVEL',
    JobCreationDate: '2024-11-20T00:00:00Z',
    JobCompletionDate: '2024-11-20T00:00:01Z',
    IsTruncated: false,
    ServicesLastAccessed: Object.entries(unused).map(([ServiceNamespace, actions]) =>
      actions === 'whole'
        ? { ServiceNamespace, TotalAuthenticatedEntities: 0 }
        : {
            ServiceNamespace,
            TotalAuthenticatedEntities: 1,
            LastAuthenticated: '2024-11-19T00:00:00Z',
            TrackedActionsLastAccessed: [
              { ActionName: 'InUse', LastAccessedTime: '2024-11-19T00:00:00Z' },
              ...actions.map((ActionName) => ({ ActionName })),
            ],
          },
    ),
  };
}

/** Ways to spell the fields and names of a value. */
const SPELLINGS: Readonly<Record<string, (value: unknown) => unknown>> = {
  'as AWS does': (value) => value,
  'in snake_case': (value) =>
    respell(value, (key) => key.replace(/(?<!^)[A-Z]/g, (letter) => `_${letter}`).toLowerCase()),
  'in camelCase': (value) => respell(value, (key) => key.charAt(0).toLowerCase() + key.slice(1)),
  'in PascalCase': (value) => respell(value, (key) => key.charAt(0).toUpperCase() + key.slice(1)),
};

function respell(value: unknown, spell: (key: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => respell(item, spell));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [spell(key), respell(inner, spell)]));
}

/** Writes names with their service, as some tools do. */
function prefixNames(unused: Unused): Unused {
  const prefix = (service: string, actions: Unused[string]) =>
    actions === 'whole' ? actions : actions.map((action) => `${service.toUpperCase()}:${action}`);
  return Object.fromEntries(Object.entries(unused).map(([service, actions]) => [service, prefix(service, actions)]));
}

/** Ways to put values into one text. */
const TEXTS: Readonly<Record<string, (values: readonly unknown[]) => string>> = {
  'one a line': (values) => values.map((value) => JSON.stringify(value)).join('\n'),
  'one a line, with CRLF': (values) => values.map((value) => `${JSON.stringify(value)}\r\n`).join(''),
  'one after another': (values) => values.map((value) => JSON.stringify(value)).join(''),
  'indented, one after another': (values) => values.map((value) => JSON.stringify(value, null, 4)).join('\n'),
  'indented, with commas': (values) => values.map((value) => JSON.stringify(value, null, 2)).join(',\n'),
};

/** Ways to write a text into a file. */
const ENCODINGS: Readonly<Record<string, (text: string) => Uint8Array>> = {
  'UTF-8': (text) => Buffer.from(text),
  'UTF-8 with a mark': (text) => Buffer.from(`\ufeff${text}`),
  'UTF-16, as PowerShell writes it': (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  'UTF-16, big endian': (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
};

test('One truth written in any shape, spelling and encoding says the same', () => {
  const way = fc.record({
    shape: fc.constantFrom(...Object.keys(SHAPES)),
    spelling: fc.constantFrom(...Object.keys(SPELLINGS)),
    text: fc.constantFrom(...Object.keys(TEXTS)),
    encoding: fc.constantFrom(...Object.keys(ENCODINGS)),
    prefixed: fc.boolean(),
  });
  fc.assert(
    fc.property(truth, way, (unused, { shape, spelling, text, encoding, prefixed }) => {
      const values = SHAPES[shape]?.(prefixed ? prefixNames(unused) : unused) ?? [];
      const bytes = ENCODINGS[encoding]?.(TEXTS[text]?.(values.map(SPELLINGS[spelling] as never)) ?? '');
      const { findings, problems } = readFindings(
        decodeText(bytes ?? new Uint8Array()),
        'App.last-accessed.json',
        today,
      );
      assert.deepEqual(problems, []);
      assert.equal(combined(...findings), describeTruth(unused));
    }),
    { numRuns: runs },
  );
});

test('Reading never throws, whatever is cut out of a file or put into it', () => {
  const damage = fc.record({
    at: fc.nat(2000),
    cut: fc.nat(40),
    piece: fc.constantFrom('', '{', ']', '"', '\\', '\n', '\n{', ',', 'null', '"s3:*"', '{"__proto__": []}', '\u0000'),
  });
  const shape = fc.constantFrom(...Object.values(SHAPES));
  const text = fc.constantFrom(...Object.values(TEXTS));
  fc.assert(
    fc.property(truth, shape, text, fc.array(damage, { maxLength: 4 }), (unused, write, join, damages) => {
      let damaged = join(write(unused));
      for (const { at, cut, piece } of damages) {
        const place = at % (damaged.length + 1);
        damaged = damaged.slice(0, place) + piece + damaged.slice(place + cut);
      }
      const { findings, problems } = readFindings(damaged, 'f.json', today);
      combined(...findings);
      for (const { at } of problems) {
        const offset = typeof at === 'number' ? at : at.offset;
        assert.ok(0 <= offset && offset <= damaged.length);
      }
    }),
    { numRuns: runs },
  );
});

/** What a truth says, as `combined` describes it. */
function describeTruth(unused: Unused): string {
  return Object.entries(unused)
    .map(([service, actions]) => {
      const names =
        actions === 'whole' ? ['whole'] : [...new Set(actions.map((action) => action.toLowerCase()))].sort();
      return `${service}: ${names.join(' ')}`;
    })
    .sort()
    .join('; ');
}
