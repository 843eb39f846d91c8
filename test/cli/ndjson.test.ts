import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { describe, type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { managedFiles } from '../bench/support/managed.ts';
import { within } from '../protocol/support/deadline.ts';
import { findingV2, roleArn } from '../protocol/support/samples.ts';
import { today } from '../support/catalogues.ts';
import { Folder, policy, policyOf, type Run, refined, unused } from '../support/cli.ts';
import { managedPolicies, random, randomUnused } from '../support/corpus.ts';
import { answer } from '../support/jsonFindings.ts';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const APP = 'arn:aws:iam::111111111111:role/App';
const OTHER = 'arn:aws:iam::111111111111:role/Other';

const POLICY = JSON.parse(policy);
const UNUSED = JSON.parse(unused);

/** A row, as far as the tests look at it. */
interface Row {
  readonly id?: unknown;
  readonly line?: number;
  readonly file: string;
  readonly why: string;
  readonly principals: readonly string[];
  readonly entries: readonly { readonly entry: string }[];
  readonly text: string;
  readonly proof: string;
  readonly problems?: readonly string[];
  readonly error?: string;
}

function rowsOf({ stdout }: Pick<Run, 'stdout'>): Row[] {
  return stdout
    .split('\n')
    .slice(0, -1)
    .map((row) => JSON.parse(row));
}

/** Texts as lines; other values as JSON. */
function linesOf(...lines: readonly unknown[]): string {
  return lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('');
}

/** Runs the filter with the small catalogue. */
function filter(
  t: TestContext,
  input: string | Uint8Array,
  options = '',
  files: Readonly<Record<string, string>> = {},
): Run {
  return new Folder(t, files).refine(`--ndjson${options && ` ${options}`}`, input);
}

describe('refine --ndjson', () => {
  test('writes for each line what --json would print for its policy and findings', (t) => {
    const example = (name: string) => readFileSync(new URL(`../../examples/${name}`, import.meta.url), 'utf8');
    const [policyText, findings] = [example('article/MyRole.json'), example('article/MyRole.findings.json')];
    const folder = new Folder(t, { 'MyRole.json': policyText, 'MyRole.findings.json': findings });
    const line = { file: 'MyRole.json', policy: policyText, unused: JSON.parse(findings) };
    const { status, stdout, stderr } = folder.run('refine --ndjson', linesOf(line));
    assert.equal(stdout, folder.run('refine MyRole.json -f MyRole.findings.json --json').stdout);
    assert.match(stdout, /"replacement":\["s3:GetAccess\*","s3:GetAccountPublicAccessBlock",/);
    assert.equal(stderr, '1 line: 1 refined, 0 left as they are\n');
    assert.equal(status, 0);
  });

  test('reads the examples, of which each is refined as it says', (t) => {
    const input = readFileSync(new URL('../../examples/streaming/policies.ndjson', import.meta.url), 'utf8');
    const run = new Folder(t).run('refine --ndjson -', input);
    assert.deepEqual(
      rowsOf(run).map(({ id, file, entries }) => [id, file, entries.length]),
      [
        [undefined, 'MyRole.json', 9],
        [4711, '-', 1],
        [4712, '-', 1],
        [4713, '-', 0],
      ],
    );
    assert.deepEqual([run.status, run.stderr.split('\n').length], [0, 2], run.stderr);
  });

  for (const options of ['', '--exact', '--keep s3:* iam:Get* *:List*'])
    test(`gives byte for byte what --json gives for policies of AWS${options && ` with ${options}`}`, (t) => {
      const next = random(20_241_120);
      const sample = managedPolicies().filter(() => next() < 0.04);
      const files = sample.map((managed, index) => ({
        file: `${managed.name}.json`,
        text: JSON.stringify(managed.document, null, [0, 2, 4, '\t'][index % 4]),
        finding: findingV2(managed.name, randomUnused(managed, today, next(), next) as Record<string, string[]>),
      }));
      const folder = new Folder(t, {
        'all.json': JSON.stringify(files.map(({ finding }) => finding)),
        ...Object.fromEntries(files.map(({ file, text }) => [file, text])),
      });
      const names = files.map(({ file }) => file);
      const words = options === '' ? [] : options.split(' ');
      // A policy that has no line breaks may stand in its line as it is.
      const lines = files.map(({ file, text, finding }) =>
        text.includes('\n')
          ? { file, policy: text, unused: finding }
          : `{"unused": ${JSON.stringify(finding)}, "policy": ${text}, "file": ${JSON.stringify(file)}}`,
      );
      const wanted = folder.run(['refine', ...names, '-f', 'all.json', '--json', ...words]);
      const got = folder.run(['refine', '--ndjson', ...words], linesOf(...lines));
      assert.ok(rowsOf(got).length > 40);
      assert.equal(got.stdout, wanted.stdout);
      assert.equal(got.status, 0, got.stderr);
    });

  test('gives the same for a stream in parts', (t) => {
    const folder = new Folder(t);
    const lines = managedFiles()
      .slice(0, 90)
      .map(({ name, text, finding }) => JSON.stringify({ id: name, policy: JSON.parse(text), unused: finding }));
    const run = (from: number, to?: number) => folder.run('refine --ndjson', linesOf(...lines.slice(from, to))).stdout;
    assert.equal(run(0, 20) + run(20, 55) + run(55), run(0));
  });

  test('answers before the next line comes, so that a queue may wait for it', async (t) => {
    const child = spawn(process.execPath, [CLI, 'refine', '--ndjson'], { stdio: ['pipe', 'pipe', 'ignore'] });
    t.after(() => child.kill());
    for (const id of ['first', 'second', 'third']) {
      child.stdin.write(linesOf({ id, policy: POLICY, unused: UNUSED }));
      const [row] = (await within(once(child.stdout, 'data'), 'a row')) as [Buffer];
      assert.equal(JSON.parse(String(row)).id, id);
    }
    child.stdin.end();
    assert.deepEqual(await within(once(child, 'close'), 'the end'), [0, null]);
  });

  test('ends in silence and as other tools do when nobody reads its output any more', (t) => {
    const folder = new Folder(t, { 'line.ndjson': linesOf({ policy: POLICY, unused: UNUSED }) });
    const endless = 'while cat line.ndjson line.ndjson line.ndjson; do :; done 2>/dev/null';
    const command = `${endless} | { "${process.execPath}" "${CLI}" refine --ndjson 2>err; echo $? >status; } | head -2 >first`;
    spawnSync('/bin/sh', ['-c', command], { cwd: folder.path });
    assert.deepEqual([folder.read('status').trim(), folder.read('err')], ['141', '']);
    assert.equal(rowsOf({ stdout: folder.read('first') }).length, 2);
  });

  test('has nothing to do where nothing comes in', (t) => {
    const { status, stdout, stderr } = filter(t, '');
    assert.deepEqual([status, stdout, stderr], [0, '', '0 lines: 0 refined, 0 left as they are\n']);
  });
});

describe('The policy of a line', () => {
  const textOf = (t: TestContext, line: unknown) => {
    const run = filter(t, linesOf(line));
    assert.equal(run.status, 0, run.stdout);
    return rowsOf(run)[0]?.text;
  };

  test('is edited as it is written there, whatever its spaces', (t) => {
    const given = '{ "Statement":[ {"Effect":"Allow","Action":["s3:Get*", "s3:PutObject"] ,"Resource":"*"}] }';
    const wanted = given.replace('"s3:Get*", "s3:PutObject"', '"s3:GetObject*"');
    assert.equal(textOf(t, `{"policy":  ${given}  ,"unused":${unused}}`), wanted);
  });

  test('keeps what parsing would not, such as large numbers and escapes', (t) => {
    const odd = '"Condition":{"NumericEquals":{"k":12345678901234567890,"é":"\\u00e9\\ud800"}}';
    const given = `{${odd},"Statement":[{"Effect":"Allow","Action":["s3:PutObject","s3:GetObject"]}]}`;
    assert.equal(textOf(t, `{"policy":${given},"unused":${unused}}`), given.replace('"s3:PutObject",', ''));
  });

  test('may be given as its text', (t) => {
    assert.equal(textOf(t, { policy, unused: UNUSED }), refined);
  });

  test('may be given as its text in YAML', (t) => {
    const yaml = 'Statement:\n  - Effect: Allow\n    Action:\n      - s3:PutObject # old\n      - s3:GetObject\n';
    assert.equal(textOf(t, { policy: yaml, unused: UNUSED }), yaml.replace('      - s3:PutObject # old\n', ''));
  });

  test('may stand in an answer of AWS', (t) => {
    const given = { RoleName: 'App', PolicyName: 'Inline', PolicyDocument: POLICY };
    assert.deepEqual(
      JSON.parse(textOf(t, { policy: given, unused: UNUSED }) ?? '').PolicyDocument,
      JSON.parse(refined),
    );
  });

  test('is the last one where there are several, as for other readers of JSON', (t) => {
    const line = `{"policy":{"a":"\\"}"},"x":[{"policy":1}],"p\\u006flicy":${policy.replaceAll('\n', '')},"unused":${unused}}`;
    assert.deepEqual(JSON.parse(textOf(t, line) ?? ''), JSON.parse(refined));
  });

  test('is as it was where nothing would be left of it', (t) => {
    const all = policyOf('s3:PutObject');
    assert.equal(textOf(t, { policy: all, unused: UNUSED }), all);
  });
});

describe('What is unused', () => {
  const same = [{ entry: 's3:Get*' }, { entry: 's3:PutObject' }];
  const shapes: Readonly<Record<string, unknown>> = {
    'a plain list': UNUSED,
    'an item of one': UNUSED[0],
    'a finding': answer(APP, { s3: ['GetBucketAcl', 'PutObject'] }),
    'a list of findings of one role': [answer(APP, { s3: ['GetBucketAcl', 'PutObject'] })],
    'findings as a member': { findings: [answer(APP, { s3: ['GetBucketAcl', 'PutObject'] })] },
    'the text of a findings file': unused,
    'a last-accessed report': {
      JobStatus: 'COMPLETED',
      JobType: 'ACTION_LEVEL',
      JobCreationDate: '2026-06-30T00:00:00Z',
      JobCompletionDate: '2026-06-30T00:00:01Z',
      IsTruncated: false,
      ServicesLastAccessed: [
        {
          ServiceName: 'Amazon S3',
          ServiceNamespace: 's3',
          LastAuthenticated: '2026-06-29T00:00:00Z',
          LastAuthenticatedEntity: APP,
          TotalAuthenticatedEntities: 1,
          TrackedActionsLastAccessed: [
            { ActionName: 'GetBucketAcl' },
            { ActionName: 'PutObject' },
            { ActionName: 'GetObject', LastAccessedTime: '2026-06-29T00:00:00Z', LastAccessedEntity: APP },
          ],
        },
      ],
    },
  };
  for (const [name, value] of Object.entries(shapes))
    test(`may be ${name}`, (t) => {
      const [row] = rowsOf(filter(t, linesOf({ policy: POLICY, unused: value })));
      assert.deepEqual(
        row?.entries.map(({ entry }) => ({ entry })),
        same,
      );
      assert.deepEqual(JSON.parse(row?.text ?? ''), JSON.parse(refined));
    });

  test('belongs to its own line, also where the same comes again', (t) => {
    const [put, list] = [['PutObject'], ['ListBucket']].map((actions) => [{ serviceNamespace: 's3', actions }]);
    const given = JSON.parse(policyOf('s3:PutObject', 's3:ListBucket', 's3:GetObject'));
    const lines = [put, put, list, put].map((value) => ({ policy: given, unused: value }));
    const gone = rowsOf(filter(t, linesOf(...lines))).map(({ entries }) => entries.map(({ entry }) => entry));
    assert.deepEqual(gone, [['s3:PutObject'], ['s3:PutObject'], ['s3:ListBucket'], ['s3:PutObject']]);
  });

  test('is nothing where the list is empty, and the row says why', (t) => {
    const [row] = rowsOf(filter(t, linesOf({ policy: POLICY, unused: [] })));
    assert.deepEqual([row?.entries, row?.text], [[], JSON.stringify(POLICY)]);
    assert.match(row?.why ?? '', /none of the findings is about a role or user/);
  });

  test('comes from --findings where a line does not say', (t) => {
    const lines = [{ policy: POLICY }, { policy: POLICY, unused: null }, { policy: POLICY, unused: [] }];
    const run = filter(t, linesOf(...lines), '-f unused.json');
    assert.deepEqual(
      rowsOf(run).map(({ entries }) => entries.length),
      [2, 2, 0],
    );
    assert.equal(run.stderr, '3 lines: 2 refined, 0 left as they are, 1 to which no findings apply\n');
  });

  test('is used as far as it can be read, and the row says what is wrong', (t) => {
    const value = [{ serviceNamespace: 's3', actions: ['PutObject', 'Get*'] }];
    const lines = [1, 2].map((id) => ({ id, policy: POLICY, unused: value }));
    const { status, stdout, stderr } = filter(t, linesOf(...lines));
    for (const row of rowsOf({ stdout })) {
      assert.deepEqual(
        row.entries.map(({ entry }) => entry),
        ['s3:Get*', 's3:PutObject'].slice(1),
      );
      assert.deepEqual(row.problems, ["'Get*' is not the name of an action of 's3' (at /0/actions/1)"]);
    }
    assert.match(stderr, /error: line 1: its "unused": 'Get\*' is not .*\n.*error: line 2: /);
    assert.equal(status, 2);
  });

  test('that says nothing yet is no error, and the row says so', (t) => {
    const report = { JobStatus: 'IN_PROGRESS', JobType: 'ACTION_LEVEL', JobCreationDate: '2026-06-30T00:00:00Z' };
    const { status, stdout } = filter(t, linesOf({ policy: POLICY, unused: report }));
    const [row] = rowsOf({ stdout });
    assert.equal(row?.entries.length, 0);
    assert.match(row?.problems?.[0] ?? '', /still/);
    assert.equal(status, 0);
  });
});

describe('Whose findings apply', () => {
  const findings = [answer(APP, { s3: ['PutObject', 'ListBucket'] }), answer(OTHER, { s3: ['PutObject'] })];
  const files = { 'org.json': JSON.stringify(findings) };
  const given = JSON.parse(policyOf('s3:PutObject', 's3:ListBucket', 's3:GetObject'));
  const goneFor = (t: TestContext, members: object, options = '-f org.json') => {
    const [row] = rowsOf(filter(t, linesOf({ policy: given, ...members }), options, files));
    return row?.error ?? (row?.entries.length ? row.entries.map(({ entry }) => entry).join(' ') : row?.why);
  };
  const cases: Readonly<Record<string, [members: object, gone: string | RegExp, options?: string]>> = {
    'says "principals"': [{ principals: [APP] }, 's3:PutObject s3:ListBucket'],
    'says "principals", be it one and by its name': [{ principals: 'app' }, 's3:PutObject s3:ListBucket'],
    'says "principals": of several, what none of them uses': [{ principals: [APP, OTHER] }, 's3:PutObject'],
    'says "principals": one without findings uses everything': [
      { principals: [APP, 'Nobody'] },
      "no finding is about 'Nobody', so it counts as using everything",
    ],
    'says "principals": nobody': [{ principals: [] }, 'its "principals" name nobody'],
    'says "principals", of findings in the line as well': [
      { principals: 'Other', unused: findings },
      's3:PutObject',
      '',
    ],
    'says the name of the "file"': [{ file: 'App/Inline' }, 's3:PutObject s3:ListBucket'],
    'says the name of the "file", which may be an ARN': [{ file: OTHER }, 's3:PutObject'],
    'says the name of the "file", with the account': [
      { file: '222222222222/App' },
      /^the findings are about 'App' in the account 111111111111/,
    ],
    'says nobody but the option': [{}, 's3:PutObject', '-f org.json --principal Other'],
    'says nobody: findings of several apply to none': [{}, /^no principal matches .*about 2 principals/],
    'says nobody, nor do findings in the line': [{ unused: findings }, /about 2 principals/, ''],
  };
  for (const [name, [members, gone, options]] of Object.entries(cases))
    test(`a line, or the user, ${name}`, (t) => {
      const got = goneFor(t, members, options) ?? '';
      if (typeof gone === 'string') assert.equal(got, gone);
      else assert.match(got, gone);
    });

  test('findings of one role are not taken for those of all lines', (t) => {
    const one = { 'one.json': JSON.stringify(findings[0]) };
    const run = filter(t, linesOf({ policy: POLICY }, { file: 'App', policy: POLICY }), '-f one.json', one);
    assert.deepEqual(
      rowsOf(run).map(({ entries }) => entries.length),
      [0, 1],
    );
  });

  test('a name that could be two roles is an error of its line', (t) => {
    const twins = [answer(APP, { s3: 'whole' }), answer(APP.replaceAll('1', '2'), { s3: 'whole' })];
    const { status, stdout } = filter(t, linesOf({ policy: POLICY, unused: twins, principals: 'App' }));
    assert.match(rowsOf({ stdout })[0]?.error ?? '', /^'App' could be any of arn:.*App, arn:.*App; give the ARN$/);
    assert.equal(status, 2);
  });

  test('a --principal of whom the findings of a line say nothing is an error of that line', (t) => {
    const lines = [findings, UNUSED].map((value) => ({ policy: POLICY, unused: value }));
    const { status, stdout } = filter(t, linesOf(...lines), '--principal App');
    assert.deepEqual(
      rowsOf({ stdout }).map(({ error }) => error),
      [undefined, '--principal App: no finding is about it'],
    );
    assert.equal(status, 2);
  });

  test('the configuration file says it by the name of the "file"', (t) => {
    const config = { principals: { 'roles/b*.json': 'Other' }, keep: ['s3:ListBucket'] };
    const lines = [{ file: 'roles/a.json' }, { file: 'roles/b.json' }].map((line) => ({ ...line, policy: given }));
    const more = { ...files, 'iam-policy-refiner.json': JSON.stringify(config) };
    const run = filter(t, linesOf(...lines), '-f org.json', more);
    assert.deepEqual(
      rowsOf(run).map(({ entries }) => entries.length),
      [0, 1],
    );
  });

  test('each of many roles has its own, however many lines come', (t) => {
    const roles = Array.from({ length: 40 }, (_, index) => `Role${index}`);
    const org = roles.map((role, index) =>
      findingV2(role, { s3: [['GetObject', 'ListBucket', 'PutObject'][index % 3] as string] }),
    );
    const lines = Array.from({ length: 21_000 }, (_, index) => ({
      policy: given,
      principals: roleArn(roles[index % 40] as string),
    }));
    const run = filter(t, linesOf(...lines), '-f org.json', { 'org.json': JSON.stringify(org) });
    const wrong = rowsOf(run).findIndex(
      ({ entries }, index) => entries[0]?.entry !== ['s3:GetObject', 's3:ListBucket', 's3:PutObject'][(index % 40) % 3],
    );
    assert.equal(wrong, -1);
  });
});

describe('A row can be told from others', () => {
  const rowFor = (t: TestContext, members: string) =>
    filter(t, linesOf(`{${members}"policy":${JSON.stringify(POLICY)},"unused":${unused}}`)).stdout;
  const cases: Readonly<Record<string, [members: string, row: string]>> = {
    'by the "id" of its line, as it is written there': [
      '"id": 12345678901234567890 ,',
      '{"id":12345678901234567890,"file":"-",',
    ],
    'by any "id"': ['"id": {"a": [1.0, "\\u00e9"]},', '{"id":{"a": [1.0, "\\u00e9"]},"file":"-",'],
    'by the "file" of its line': ['"file": "a/b.json",', '{"file":"a/b.json",'],
    'by both': ['"file": "a", "id": "x",', '{"id":"x","file":"a",'],
    'by the number of its line, where that has neither': ['', '{"line":1,"file":"-",'],
    'by the number where both are null': ['"id": null, "file": null,', '{"line":1,"file":"-",'],
  };
  for (const [name, [members, row]] of Object.entries(cases))
    test(name, (t) => assert.equal(rowFor(t, members).slice(0, row.length), row));
});

describe('A line that is not usable', () => {
  const good = { policy: POLICY, unused: UNUSED };
  const two = { a: POLICY, b: POLICY };
  const cases: Readonly<Record<string, [line: unknown, row: object, reason?: RegExp]>> = {
    'because it is no JSON': ['{"id": 7, "policy": {', { line: 2 }, /^it is not valid JSON: /],
    'because more follows': [`${JSON.stringify(good)} x`, { line: 2 }, /^it is not valid JSON: /],
    'because it holds a comment': ['{"policy": {} /* none */}', { line: 2 }, /^it is not valid JSON: /],
    'because it is no object': [[good], { line: 2 }, /^it is no object such as/],
    'because it is null': ['null', { line: 2 }, /^it is no object such as/],
    'because it has no members': ['{}', { line: 2 }, /^it has no "policy"$/],
    'because it has no policy': [{ id: 7, unused: UNUSED }, { id: 7 }, /^it has no "policy"$/],
    'because its policy is null': [{ id: 7, ...good, policy: null }, { id: 7 }, /^it has no "policy"$/],
    'because its policy is none': [
      { id: 7, ...good, policy: { a: 1 } },
      { id: 7 },
      /^its "policy" holds no IAM policy$/,
    ],
    'because its policy is a number': [{ id: 7, ...good, policy: 1 }, { id: 7 }, /^its "policy" is neither/],
    'because its policy is a list': [{ id: 7, ...good, policy: [] }, { id: 7 }, /^its "policy" is neither/],
    'because its policy is a broken text': [
      { id: 7, ...good, policy: policy.slice(0, -3) },
      { id: 7 },
      /^its "policy", line \d+: JSON syntax error: /,
    ],
    'because it holds several policies': [
      { id: 7, ...good, policy: two },
      { id: 7 },
      /^its "policy" holds 2 policies; give each a line$/,
    ],
    'because its policy nests too deep': [
      `{"id":7,"unused":[],"policy":{"Statement":${'['.repeat(600)}${']'.repeat(600)}}}`,
      { id: 7 },
      /^its "policy", line 1: Nested deeper than 500 levels/,
    ],
    'because it does not say what is unused': [
      { id: 7, policy: POLICY },
      { id: 7 },
      /^it has no "unused", and no --findings are given$/,
    ],
    'because nobody knows such findings': [
      { id: 7, ...good, unused: { a: 1 } },
      { id: 7 },
      /^its "unused": Not a known findings export\. Known are /,
    ],
    'because its findings are a list of names': [
      { id: 7, ...good, unused: ['s3:PutObject'] },
      { id: 7 },
      /^its "unused": Not a known findings export\. Known are /,
    ],
    'because its findings are a broken text': [
      { id: 7, ...good, unused: '[{' },
      { id: 7 },
      /^its "unused": Not valid JSON/,
    ],
    'because its findings are a number': [{ id: 7, ...good, unused: 1 }, { id: 7 }, /^its "unused": Not a known/],
    'because its findings name no actions': [
      { id: 7, ...good, unused: { findings: [{ id: '1', findingType: 'UnusedPermission', resource: APP }] } },
      { id: 7 },
      /^its "unused": /,
    ],
    'because its file is no text': [{ ...good, file: 1 }, { line: 2 }, /^its "file" is no text$/],
    'because its principals are no names': [
      { id: 7, ...good, principals: [1] },
      { id: 7 },
      /^its "principals" is no list of names or ARNs$/,
    ],
  };
  for (const [name, [line, wanted, reason]] of Object.entries(cases))
    test(`${name} has a row that says so, and the others go on`, (t) => {
      const { status, stdout, stderr } = filter(t, linesOf(good, line, good));
      const [before, { error = '', ...row } = {} as Row, after] = rowsOf({ stdout });
      assert.deepEqual(row, { ...wanted, file: '-' });
      assert.match(error, reason ?? /./);
      assert.deepEqual([before?.entries.length, after?.entries.length, after?.line], [2, 2, 3]);
      assert.equal(rowsOf({ stdout }).length, 3);
      assert.match(stderr, /^iam-policy-refiner: error: line 2: [^\n]+\n3 lines: 2 refined, .*, 1 not usable\n$/);
      assert.equal(status, 2);
    });

  test('because it is no UTF-8 has a row that says so', (t) => {
    const run = filter(t, Buffer.concat([Buffer.from('{"é'), Buffer.from([0xe9, 0x0a])]));
    assert.deepEqual(rowsOf(run), [{ line: 1, file: '-', error: 'it is not UTF-8 text' }]);
    assert.equal(run.status, 2);
  });

  test('because it is too long has a row that says so, and nothing of it is kept', (t) => {
    const long = `{"id":1,"policy":"${'x'.repeat(50_000_000)}"}`;
    const { status, stdout } = filter(t, linesOf(good, long, good, long.slice(0, -1)));
    const error = 'it is longer than 20 million bytes';
    assert.deepEqual(
      rowsOf({ stdout }).map((row) => row.error ?? row.entries.length),
      [2, error, 2, error],
    );
    assert.equal(status, 2);
  });

  test('is named on standard error twenty times and no more', (t) => {
    const { stdout, stderr } = filter(t, linesOf(...Array.from({ length: 1500 }, () => '{')));
    assert.equal(rowsOf({ stdout }).length, 1500);
    const lines = stderr.split('\n');
    assert.equal(lines.filter((line) => /error: line \d+: /.test(line)).length, 20);
    assert.equal(lines.at(-3), 'iam-policy-refiner: error: 1,480 further lines went wrong; their rows say why');
    assert.equal(lines.at(-2), '1,500 lines: 0 refined, 0 left as they are, 1,500 not usable');
  });
});

describe('A stream', () => {
  const row = { policy: POLICY, unused: UNUSED };
  const twice = (t: TestContext, input: string) => {
    const run = filter(t, input);
    assert.equal(run.status, 0, run.stdout);
    assert.deepEqual(
      rowsOf(run).map(({ entries }) => entries.length),
      [2, 2],
    );
    return rowsOf(run);
  };

  test('may lack its last line feed', (t) => void twice(t, linesOf(row, row).slice(0, -1)));

  test('may end its lines as Windows does', (t) => void twice(t, linesOf(row, row).replaceAll('\n', '\r\n')));

  test('may begin with a byte order mark, or be put together of files that do', (t) => {
    twice(t, linesOf(row, row).replaceAll('{"policy"', '\uFEFF{"policy"'));
  });

  test('may have empty lines, which have no row and are counted', (t) => {
    const rows = twice(t, `\n${linesOf(row)} \t\n\r\n${linesOf(row)}\n\n`);
    assert.deepEqual(
      rows.map(({ line }) => line),
      [2, 5],
    );
  });

  test('may be cut anywhere, within a character as well', (t) => {
    const ids = Array.from({ length: 300 }, (_, index) => `${index} ${'é策😀'.repeat(120)}`);
    const run = filter(t, linesOf(...ids.map((id) => ({ id, ...row }))));
    assert.deepEqual(
      rowsOf(run).map(({ id }) => id),
      ids,
    );
  });

  test('may have a line that is longer than what is read at once', (t) => {
    const Action = Array.from({ length: 200_000 }, () => 's3:GetObject');
    const run = filter(
      t,
      linesOf(
        row,
        { policy: { Statement: { Effect: 'Allow', Action: [...Action, 's3:PutObject'] } }, unused: UNUSED },
        row,
      ),
    );
    assert.deepEqual(
      rowsOf(run).map(({ entries }) => entries.length),
      [2, 1, 2],
    );
  });
});

describe('Bad usage is', () => {
  const cases: Readonly<Record<string, [options: string, reason: RegExp]>> = {
    'a PATH': ['policy.json', /option '--ndjson' reads standard input, so 'policy\.json' cannot be given/],
    '--write': ['--write', /option '--ndjson' cannot be used with option '-w, --write'/],
    '--diff': ['--diff', /option '--ndjson' cannot be used with option '-d, --diff'/],
    '--jobs': ['--jobs 2', /option '--ndjson' cannot be used with option '-j, --jobs <n>'/],
    '--json': ['--json', /option '--ndjson' cannot be used with option '--json'/],
    'findings that cannot be read': ['-f nowhere.json', /nowhere\.json: there is no such file or folder/],
    'findings of no known shape': ['-f catalogue.json', /catalogue\.json: Not a known findings export/],
    'a pattern that is none': ['--keep GetObject', /--keep GetObject: it is no action/],
    'a principal of whom the named findings say nothing': [
      '-f unused.json --principal App',
      /--principal App: no finding is about it/,
    ],
  };
  for (const [name, [options, reason]] of Object.entries(cases))
    test(name, (t) => {
      const { status, stdout, stderr } = filter(t, linesOf({ policy: POLICY, unused: UNUSED }), options);
      assert.deepEqual([status, stdout], [2, '']);
      assert.match(stderr, reason);
    });

  test('no PATH where there is no --ndjson', (t) => {
    const { status, stderr } = new Folder(t).run('refine -f unused.json');
    assert.match(stderr, /error: missing required argument 'path'/);
    assert.equal(status, 2);
  });
});
