import assert from 'node:assert/strict';
import { cpSync, readFileSync } from 'node:fs';
import { describe, type TestContext, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Log, Region, Result } from 'sarif';
import { getLanguageService } from 'vscode-json-languageservice';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { Folder, policy, policyOf } from '../support/cli.ts';
import { answer } from '../support/jsonFindings.ts';

const SCHEMA = new URL('../fixtures/sarif/sarif-2.1.0-rtm.5.json', import.meta.url);
const EXAMPLES = fileURLToPath(new URL('../../examples', import.meta.url));
const APP = 'arn:aws:iam::111111111111:role/App';

const schema = JSON.parse(readFileSync(SCHEMA, 'utf8')) as object;

/** What the official schema has against a log. */
async function problemsOf(text: string): Promise<string[]> {
  const service = getLanguageService({});
  const document = TextDocument.create('file:///log.sarif', 'json', 1, text);
  const diagnostics = await service.doValidation(document, service.parseJSONDocument(document), {}, schema);
  return diagnostics.map(({ message }) => String(message));
}

/** What `check --format sarif` prints, valid against the schema. */
async function check(folder: Folder, command: string, input?: string): Promise<Log> {
  const { stdout } = folder.check(`${command} --format sarif`, input);
  assert.deepEqual(await problemsOf(stdout), []);
  return JSON.parse(stdout) as Log;
}

function resultsOf(log: Log): Result[] {
  return log.runs[0]?.results ?? [];
}

test('The schema that logs are checked with finds what is wrong', async () => {
  const log = { version: '2.1.0', runs: [{ tool: { driver: { name: 'x' } }, results: [{ level: 'bad' }] }] };
  assert.equal((await problemsOf(JSON.stringify(log))).length, 2);
});

describe('--format sarif', () => {
  test('prints the examples', async (t) => {
    const folder = new Folder(t);
    cpSync(EXAMPLES, folder.path, { recursive: true });
    const { status, stdout } = folder.run('check roles -f roles/access-analyzer.json --format sarif');
    assert.equal(status, 1);
    assert.deepEqual(await problemsOf(stdout), []);
    const log = JSON.parse(stdout) as Log;
    const [run] = log.runs;
    assert.equal(log.version, '2.1.0');
    assert.equal(run?.tool.driver.name, 'IAM Policy Refiner');
    const [first, second] = resultsOf(log);
    const { partialFingerprints, ...rest } = first as Result;
    const artifactLocation = { uri: 'roles/ReportingRole/inline.json', uriBaseId: '%SRCROOT%' };
    assert.deepEqual(rest, {
      ruleId: 'unused-action',
      ruleIndex: 0,
      level: 'warning',
      message: {
        text: "'sqs:SetQueueAttributes' is unused by ReportingRole: last used on 2026-02-03, analyzed on 2026-09-20: remove it",
      },
      locations: [
        {
          physicalLocation: {
            artifactLocation,
            region: { startLine: 7, startColumn: 37, endLine: 7, endColumn: 61 },
          },
          logicalLocations: [{ fullyQualifiedName: '/Statement/0/Action/1' }],
        },
      ],
      fixes: [
        {
          description: { text: "Remove unused action 'sqs:SetQueueAttributes'" },
          artifactChanges: [
            {
              artifactLocation,
              replacements: [
                {
                  deletedRegion: { startLine: 7, startColumn: 35, endLine: 7, endColumn: 61 },
                  insertedContent: { text: '' },
                },
              ],
            },
          ],
        },
      ],
    });
    assert.match(partialFingerprints?.['iamPolicyRefiner/v1'] ?? '', /^[\da-f]{32}:1$/);
    assert.equal(second?.ruleId, 'unused-statement');
  });

  test('has a rule with help for each code', async (t) => {
    const log = await check(new Folder(t), 'policy.json -f unused.json');
    const rules = log.runs[0]?.tool.driver.rules ?? [];
    for (const { ruleId, ruleIndex } of resultsOf(log)) assert.equal(rules[ruleIndex ?? -1]?.id, ruleId);
    for (const { help, helpUri, shortDescription, defaultConfiguration } of rules) {
      assert.ok(help?.text && help.markdown && helpUri && shortDescription);
      assert.equal(defaultConfiguration?.level, 'warning');
    }
    assert.deepEqual(
      rules.map(({ id }) => id),
      [
        'unused-action',
        'overbroad-wildcard',
        'overbroad-not-action',
        'unused-statement',
        'unused-policy',
        'policy-size',
      ],
    );
  });

  const levels = { error: 'error', warning: 'warning', information: 'note', hint: 'note' };
  for (const [severity, level] of Object.entries(levels)) {
    test(`says '${level}' for the severity '${severity}'`, async (t) => {
      const log = await check(new Folder(t), `policy.json -f unused.json --severity ${severity}`);
      for (const result of resultsOf(log)) assert.equal(result.level, level);
      assert.equal(log.runs[0]?.tool.driver.rules?.[0]?.defaultConfiguration?.level, level);
    });
  }

  test('has no results where nothing is unused, or nothing is there', async (t) => {
    const folder = new Folder(t, { 'fine.json': policyOf('ec2:*') });
    for (const path of ['fine.json', 'unused.json'])
      assert.deepEqual((await check(folder, `${path} -f unused.json`)).runs[0]?.results, []);
  });

  test('takes an entry for no link and no placeholder', async (t) => {
    const folder = new Folder(t, {
      'odd.json': policyOf('s3:[x](http://x){0}*', 'ec2:*'),
      'whole.json': JSON.stringify([{ serviceNamespace: 's3' }]),
    });
    const [result] = resultsOf(await check(folder, 'odd.json -f whole.json'));
    assert.match(result?.message.text ?? '', /^'s3:\\\[x\\\]\(http:\/\/x\)\{\{0\}\}\*'/);
  });
});

describe('Names of files become URIs', () => {
  async function uris(t: TestContext, file: string, path = file) {
    const folder = new Folder(t, { [file]: policy });
    const { stdout } = folder.check([path.replace('$PWD', folder.path), '-f', 'unused.json', '--format', 'sarif']);
    assert.deepEqual(await problemsOf(stdout), []);
    const location = resultsOf(JSON.parse(stdout))[0]?.locations?.[0]?.physicalLocation?.artifactLocation;
    return { uri: location?.uri, isRelative: location?.uriBaseId === '%SRCROOT%' };
  }

  const names = {
    'with spaces': 'a b/c d.json',
    'with a newline': 'a\nb.json',
    'with letters that are not ASCII': 'rôle/策略.json',
    'with what means something in URIs': 'a:b?c#d%e.json',
  };
  for (const [name, file] of Object.entries(names)) {
    test(name, async (t) => {
      const { uri = '', isRelative } = await uris(t, file);
      assert.ok(isRelative);
      assert.equal(fileURLToPath(new URL(uri, 'file:///base/')), `/base/${file}`);
      assert.match(uri, /^[\w%./-]+$/);
    });
  }

  test('that are relative, for a file given by its whole path', async (t) => {
    assert.deepEqual(await uris(t, 'a/b.json', '$PWD/a/b.json'), { uri: 'a/b.json', isRelative: true });
  });

  test('that are absolute, for a file outside the working folder', async (t) => {
    const folder = new Folder(t, { 'in/x.json': '' });
    const { stdout } = folder.run(
      'check ../policy.json -f ../unused.json --catalogue ../catalogue.json --format sarif',
      '',
      'in',
    );
    const location = resultsOf(JSON.parse(stdout))[0]?.locations?.[0]?.physicalLocation?.artifactLocation;
    assert.deepEqual(location, { uri: pathToFileURL(folder.at('policy.json')).href });
  });

  test('for standard input', async (t) => {
    const [result] = resultsOf(await check(new Folder(t), '- -f unused.json', policy));
    assert.equal(result?.locations?.[0]?.physicalLocation?.artifactLocation?.uri, '-');
  });
});

describe('Fingerprints', () => {
  async function fingerprints(t: TestContext, text: string): Promise<(string | undefined)[]> {
    const log = await check(new Folder(t, { 'p.json': text }), 'p.json -f unused.json');
    return resultsOf(log).map(({ partialFingerprints }) => partialFingerprints?.['iamPolicyRefiner/v1']);
  }

  test('stay when lines, entries and statements move', async (t) => {
    const before = await fingerprints(t, policy);
    assert.equal(new Set(before).size, 2);
    const { Statement } = JSON.parse(policy);
    const moved = { Version: '2012-10-17', Statement: [{ ...Statement[0], Action: ['ec2:*'] }, ...Statement] };
    assert.deepEqual(await fingerprints(t, `\n\n${JSON.stringify(moved, null, 4)}`), before);
    assert.deepEqual(await fingerprints(t, policyOf('s3:PutObject', 's3:Get*')), before.toReversed());
  });

  test('differ for what is written twice', async (t) => {
    const twice = await fingerprints(t, policyOf('s3:PutObject', 's3:ListBucket', 's3:PutObject'));
    assert.equal(new Set(twice).size, 2);
  });

  test('differ from policy to policy of a template', async (t) => {
    const role = (name: string) => ({ [name]: { PolicyDocument: JSON.parse(policy) } });
    const all = await fingerprints(t, JSON.stringify({ ...role('A'), ...role('B') }));
    assert.equal(new Set(all).size, 4);
    assert.deepEqual(new Set(await fingerprints(t, JSON.stringify({ ...role('B'), ...role('A') }))), new Set(all));
  });
});

describe('Fixes', () => {
  /** What a viewer makes of a file by applying the fix of one result. */
  function apply(text: string, { fixes }: Result): string {
    const document = TextDocument.create('', '', 0, text);
    const edits = fixes?.[0]?.artifactChanges[0]?.replacements.map(({ deletedRegion, insertedContent }) => ({
      range: toRange(deletedRegion),
      newText: insertedContent?.text ?? '',
    }));
    return TextDocument.applyEdits(document, edits ?? []);
  }

  const cases: Readonly<Record<string, [before: string, after: string]>> = {
    'replace a wildcard': [policyOf('s3:Get*', 'ec2:*'), policyOf('s3:GetObject*', 'ec2:*')],
    'remove an action': [policyOf('ec2:*', 's3:PutObject'), policyOf('ec2:*')],
    'work on a single line behind letters of any size': [
      '{"Sid": "\u{1f600}é", "Statement": {"Effect": "Allow", "Action": ["s3:Get*", "ec2:*"], "Resource": "*"}}',
      '{"Sid": "\u{1f600}é", "Statement": {"Effect": "Allow", "Action": ["s3:GetObject*", "ec2:*"], "Resource": "*"}}',
    ],
    'keep the line ends of Windows': [
      policyOf('s3:*').replaceAll('\n', '\r\n'),
      policyOf('s3:GetObject*', 's3:ListBucket').replaceAll('\n', '\r\n'),
    ],
    'extend NotAction': [
      policyOf('iam:*').replace('"Action"', '"NotAction"'),
      policyOf('iam:*', 's3:GetBucketAcl', 's3:PutObject').replace('"Action"', '"NotAction"'),
    ],
  };
  for (const [name, [before, after]] of Object.entries(cases)) {
    test(name, async (t) => {
      const results = resultsOf(await check(new Folder(t, { 'p.json': before }), 'p.json -f unused.json'));
      assert.equal(results.length, 1);
      assert.equal(apply(before, results[0] as Result), after);
    });
  }

  test('remove a statement', async (t) => {
    const { Statement } = JSON.parse(policyOf('s3:PutObject'));
    const before = `${JSON.stringify({ Statement: [{ ...Statement[0], Action: 'ec2:*' }, ...Statement] }, null, 2)}\n`;
    const [result] = resultsOf(await check(new Folder(t, { 'p.json': before }), 'p.json -f unused.json'));
    assert.equal(result?.ruleId, 'unused-statement');
    assert.deepEqual(JSON.parse(apply(before, result)).Statement.length, 1);
  });

  test('are left out where IAM would refuse the policy for its size, and where it has to be detached', async (t) => {
    const names = Array.from(
      { length: 400 },
      (_, i) => `${String.fromCharCode(65 + (i % 26))}Action${'x'.repeat(30)}${i}`,
    );
    const folder = new Folder(t, {
      'big.json': JSON.stringify({ date: '2026-01-01', services: { big: names } }),
      'App.json': policyOf('big:*'),
      'found.json': JSON.stringify(answer(APP, { big: names.filter((_, i) => i % 2 === 0) })),
      'gone.json': policyOf('s3:PutObject'),
    });
    const { stdout } = folder.run('check App.json -f found.json --catalogue big.json --exact --format sarif');
    assert.deepEqual(await problemsOf(stdout), []);
    const results = resultsOf(JSON.parse(stdout));
    assert.deepEqual(
      results.map(({ ruleId, fixes }) => [ruleId, fixes]),
      [
        ['overbroad-wildcard', undefined],
        ['policy-size', undefined],
      ],
    );
    const [unusedPolicy] = resultsOf(await check(folder, 'gone.json -f unused.json'));
    assert.deepEqual([unusedPolicy?.ruleId, unusedPolicy?.fixes], ['unused-policy', undefined]);
  });
});

function toRange({ startLine = 0, startColumn = 0, endLine = 0, endColumn = 0 }: Region) {
  return {
    start: { line: startLine - 1, character: startColumn - 1 },
    end: { line: endLine - 1, character: endColumn - 1 },
  };
}
