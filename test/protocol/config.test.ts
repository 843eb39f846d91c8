import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, test } from 'node:test';
import { DidChangeWorkspaceFoldersNotification, FileChangeType, type Registration } from 'vscode-languageserver/node';
import { URI } from 'vscode-uri';
import {
  CONFIGURED_REQUEST,
  DEBUG_INFORMATION_REQUEST,
  type DebugInformation,
  EDIT_CONFIG_REQUEST,
  type EditConfigResult,
} from '../../server/src/protocol.ts';
import { type Client, type ClientOptions, startClient } from './support/client.ts';
import { within } from './support/deadline.ts';
import { unescapeMarkdown } from './support/markdown.ts';
import { findingV2, jsonOf, policyOf } from './support/samples.ts';
import { textIn } from './support/text.ts';

const CONFIG = 'iam-policy-refiner.json';

/** A policy with two unused actions, and the findings that say so. */
const FILES = {
  'policies/app.json': policyOf(['s3:GetBucketAcl', 's3:GetObject', 's3:PutObject']),
  'exports/list.json': jsonOf([findingV2('AppRole', { s3: ['GetBucketAcl', 'PutObject'] })]),
};

/** A configuration under which both are marked. */
const SETTINGS = { findings: ['exports/*.json'], principals: { 'policies/*.json': ['AppRole'] } };

describe('A configuration file', () => {
  test('says whose findings apply, where they are and how bad it is, before the settings of the editor', async (t) => {
    const { document } = await openApp(
      t,
      { ...SETTINGS, severity: 'error', keep: ['s3:PutObject'] },
      {
        settings: { principals: { '**': [] }, findings: [], keep: ['s3:GetBucketAcl'], severity: 'hint' },
      },
    );
    const marks = await document.diagnostics();
    assert.deepEqual(
      marks.map(({ range, severity }) => [textIn(document.text, range), severity]),
      [['"s3:GetBucketAcl"', 1]],
    );
    const why = /"principals" of 'iam-policy-refiner\.json' says so for 'policies\/\*\.json'/;
    assert.match(unescapeMarkdown(await document.hover('s3:GetBucketAcl')), why);
    assert.match(
      (await document.hover('s3:PutObject')) ?? '',
      /Kept by `keep` of `iam-policy-refiner\.json`, whatever the findings report/,
    );
  });

  test('leaves what it does not say to the settings of the editor', async (t) => {
    const { document } = await openApp(t, SETTINGS, { settings: { keep: ['s3:PutObject'], enable: true } });
    assert.equal((await document.diagnostics()).length, 1);
    assert.match((await document.hover('s3:PutObject')) ?? '', /Kept by your setting `iamPolicyRefiner\.keep`/);
  });

  test('has no say in what concerns the editor alone', async (t) => {
    const { document } = await openApp(t, { ...SETTINGS, enable: false });
    assert.equal((await document.diagnostics()).length, 2);
  });

  test('is shown in the status', async (t) => {
    const { client, document } = await openApp(t, SETTINGS);
    const config = { uri: client.folder.uri(CONFIG), name: CONFIG };
    assert.deepEqual((await document.status())?.config, config);
  });

  test('holds from its folder on: the nearest wins, and its paths lead on from there', async (t) => {
    const files = {
      ...FILES,
      [CONFIG]: jsonOf({ ...SETTINGS, principals: { 'policies/*.json': ['AppRole'], '**/inner.json': ['AppRole'] } }),
      'service/policies/inner.json': FILES['policies/app.json'],
      'service/reports/own.json': jsonOf([findingV2('InnerRole', { s3: ['PutObject'] })]),
      [`service/${CONFIG}`]: jsonOf({ findings: ['reports/*.json'], principals: { 'policies/*.json': 'InnerRole' } }),
    };
    const client = await startClient(t, { files });
    assert.equal((await (await client.open('policies/app.json')).diagnostics()).length, 2);
    const inner = await client.open('service/policies/inner.json');
    assert.equal((await inner.diagnostics()).length, 1);
    assert.equal((await inner.status())?.config?.name, `service/${CONFIG}`);
  });

  test('counts from above the workspace folder, as on the command line', async (t) => {
    const client = await startClient(t, { files: { 'app.json': FILES['policies/app.json'] } });
    const above = path.join(client.folder.root, '..');
    await writeFile(path.join(above, 'AppRole.findings.json'), FILES['exports/list.json']);
    await writeFile(path.join(above, 'catalogue.json'), CATALOGUE);
    const settings = { principals: { 'workspace/*.json': ['AppRole'] }, catalogue: 'catalogue.json' };
    await writeFile(path.join(above, CONFIG), jsonOf(settings));
    const document = await client.open('app.json');
    assert.equal((await document.diagnostics()).length, 2);
    assert.match((await document.refine()).message, /known on 2019-01-02/);
  });

  test('is followed above the workspace folder, with the findings that it names', async (t) => {
    const client = await startClient(t, { files: { 'app.json': FILES['policies/app.json'] } });
    const above = path.join(client.folder.root, '..');
    const config = URI.file(path.join(above, CONFIG)).toString();
    await writeFile(path.join(above, 'unused.json'), FILES['exports/list.json']);
    const settings = { findings: ['./unused.json', '!old.json'], principals: { '**': ['AppRole'] } };
    await writeFile(path.join(above, CONFIG), jsonOf(settings));
    const document = await client.open('app.json');
    assert.equal((await document.diagnostics()).length, 2);
    const isOutside = ({ registerOptions }: Registration) => JSON.stringify(registerOptions).includes('baseUri');
    const { registerOptions } = await client.received.registrations.first(isOutside);
    const baseUri = URI.file(above).toString();
    assert.deepEqual(registerOptions, {
      watchers: [CONFIG, 'unused.json'].map((pattern) => ({ globPattern: { baseUri, pattern } })),
    });
    await writeFile(path.join(above, CONFIG), jsonOf({ ...settings, keep: ['s3:PutObject'] }));
    await client.received.refreshes.after(() => client.notifyFiles(FileChangeType.Changed, config));
    assert.equal((await document.diagnostics()).length, 1);
    const open = await client.openUri(config, '{}');
    await writeFile(path.join(above, CONFIG), jsonOf({ ...settings, keep: ['s3:*'] }));
    await client.received.refreshes.after(() => open.save());
    assert.equal((await document.diagnostics()).length, 0);
    assert.equal(client.received.registrations.all.filter(isOutside).length, 1);
  });

  test('does not count from outside the repository', async (t) => {
    const client = await startClient(t, { files: { ...FILES, '.git/HEAD': '' } });
    await writeFile(path.join(client.folder.root, '..', CONFIG), '{"kep": []}');
    const document = await client.open('policies/app.json');
    assert.equal((await document.status())?.config, undefined);
  });

  test('holds for each folder of a workspace alone', async (t) => {
    const files = {
      ...Object.fromEntries(Object.entries(FILES).map(([name, text]) => [`one/${name}`, text])),
      ...Object.fromEntries(Object.entries(FILES).map(([name, text]) => [`two/${name}`, text])),
      [`one/${CONFIG}`]: jsonOf(SETTINGS),
      [`two/${CONFIG}`]: jsonOf({ ...SETTINGS, keep: ['s3:PutObject'] }),
    };
    const client = await startClient(t, { files });
    client.workspaceFolders = ['one', 'two'].map((name) => ({ uri: client.folder.uri(name), name }));
    await client.received.refreshes.after(() =>
      client.server.connection.sendNotification(DidChangeWorkspaceFoldersNotification.type, {
        event: { added: client.workspaceFolders, removed: [] },
      }),
    );
    assert.equal((await (await client.open('one/policies/app.json')).diagnostics()).length, 2);
    assert.equal((await (await client.open('two/policies/app.json')).diagnostics()).length, 1);
  });

  test('is followed when it is made, changed and deleted', async (t) => {
    const client = await startClient(t, { files: { ...FILES, 'AppRole.findings.json': FILES['exports/list.json'] } });
    const document = await client.open('policies/app.json');
    assert.equal((await document.diagnostics()).length, 0);
    await write(client, SETTINGS, FileChangeType.Created);
    assert.equal((await document.diagnostics()).length, 2);
    await write(client, { ...SETTINGS, keep: ['s3:*'] }, FileChangeType.Changed);
    assert.equal((await document.diagnostics()).length, 0);
    await client.folder.delete(CONFIG);
    await client.tellFiles(FileChangeType.Deleted, CONFIG);
    assert.match((await document.status())?.why ?? '', /no principal matches this policy/);
  });

  test('is followed by clients that watch no files when it is saved', async (t) => {
    const { client } = await openApp(t, { ...SETTINGS, keep: ['s3:*'] }, { profile: 'plain' });
    const config = await client.open(CONFIG);
    await client.folder.write(CONFIG, jsonOf(SETTINGS));
    const marked = ({ uri, diagnostics }: { uri: string; diagnostics: readonly unknown[] }) =>
      uri.endsWith('app.json') && diagnostics.length === 2;
    await client.received.published.after(() => config.save(), marked);
  });

  test('is looked for again for clients that tell of nothing', async (t) => {
    const { client, document } = await openApp(t, SETTINGS, { profile: 'plain' });
    const hovers = async (expected: RegExp) => {
      while (!expected.test((await document.hover('s3:PutObject')) ?? ''));
    };
    await within(hovers(/Unused/), 'a hover that tells of findings');
    await client.folder.write(`policies/${CONFIG}`, jsonOf({ keep: ['s3:*'], findings: ['../exports/*.json'] }));
    await within(hovers(/No findings apply/), 'a hover by the nearer file');
    await client.folder.delete(`policies/${CONFIG}`);
    await client.folder.write(CONFIG, jsonOf({ ...SETTINGS, keep: ['s3:*'] }));
    await within(hovers(/Kept by `keep` of/), 'a hover by what the file says now');
  });

  test('counts as it is on disk, and not as it is typed', async (t) => {
    const { client, document } = await openApp(t, SETTINGS);
    const config = await client.open(CONFIG, { text: '{"keep": ["s3:*"]' });
    assert.equal((await document.diagnostics()).length, 2);
    assert.equal((await config.diagnostics()).length, 1);
  });
});

describe('While a configuration file cannot be used', () => {
  const broken: Readonly<Record<string, [text: string, why: string]>> = {
    'because of a spelling mistake': ['{"kep": []}', '"kep" is no setting; did you mean "keep"?'],
    'because it is half written': [
      '{"keep": ["s3:',
      'it is not valid JSON: unexpected end of string in line 1, and 2 more',
    ],
    'because of several things': ['{"keep": 1, "severity": 2, "x": 3}', '"keep" must be a list of actions such as'],
    'because a pattern is no action': ['{"keep": ["Get*"]}', `'Get*' of "keep" is no action such as`],
  };
  for (const [name, [text, why]] of Object.entries(broken))
    test(`${name}, nothing is marked or refined, and the status says why`, async (t) => {
      const { document } = await openApp(t, text);
      assert.deepEqual(await document.diagnostics(), []);
      const { kind, message } = await document.refine();
      assert.equal(kind, 'refused');
      assert.ok(message.includes(`'${CONFIG}' cannot be used: ${why.replace(/, and .*/, '')}`), message);
      const status = await document.status();
      assert.equal(status?.kind, 'blocked');
      assert.equal(status.config?.name, CONFIG);
      assert.match((await document.principals()).refusal ?? '', /cannot be used/);
    });

  test('what is wrong is marked in it, each at its place', async (t) => {
    const text = '{\n  "kep": [],\n  "keep": ["s3:*", "Get"],\n  "severity": 2, // why\n  "enable": true\n}\n';
    const { client } = await openApp(t, text);
    const config = await client.open(CONFIG, { languageId: 'jsonc' });
    const marks = await config.diagnostics();
    assert.deepEqual(
      marks.map(({ range, message, severity }) => [textIn(config.text, range), severity, message]),
      [
        ['"kep"', 1, '"kep" is no setting; did you mean "keep"?'],
        ['"Get"', 1, `'Get' of "keep" is no action such as 's3:GetObject' or 's3:*'`],
        ['2', 1, '"severity" must be "error", "warning", "information" or "hint"'],
        ['"enable"', 3, '"enable" concerns the editor alone, and has no effect here'],
      ],
    );
    assert.ok(marks.every(({ source, code }) => source === 'iam-policy-refiner' && code === 'invalid-config'));
    await config.replace(config.text, '{"keep": []}');
    assert.deepEqual(await config.diagnostics(), []);
  });

  test('one of the settings that the file says may be wrong, and is not looked at', async (t) => {
    const { document } = await openApp(t, { ...SETTINGS, keep: [] }, { settings: { keep: 7, unusedAccessAge: 90 } });
    assert.equal((await document.diagnostics()).length, 2);
  });

  test('a catalogue that lies outside the workspace is not read', async (t) => {
    const { client, document } = await openApp(t, { ...SETTINGS, catalogue: '../catalogue.json' });
    await writeFile(path.join(client.folder.root, '..', 'catalogue.json'), CATALOGUE);
    assert.deepEqual(await document.diagnostics(), []);
    assert.match(
      (await document.refine()).message,
      /the catalogue file '\.\.\/catalogue\.json' of 'iam-policy-refiner\.json' cannot be used: it must lie inside the workspace/,
    );
  });

  test('a catalogue that lies inside the workspace may lie beside its folder', async (t) => {
    const client = await startClient(t, {
      files: {
        'service/policies/app.json': FILES['policies/app.json'],
        'service/exports/list.json': FILES['exports/list.json'],
        [`service/${CONFIG}`]: jsonOf({ ...SETTINGS, catalogue: '../aws/catalogue.json' }),
        'aws/catalogue.json': CATALOGUE,
      },
    });
    const document = await client.open('service/policies/app.json');
    assert.match((await document.refine()).message, /known on 2019-01-02/);
  });

  test('that is a folder, or no text, the same is true', async (t) => {
    const client = await startClient(t, { files: { ...FILES, [`${CONFIG}/x.txt`]: '' } });
    const document = await client.open('policies/app.json');
    assert.match(
      (await document.status())?.why ?? '',
      /'iam-policy-refiner\.json' cannot be used: it cannot be read: it is a folder/,
    );
  });
});

describe('Commands that write settings', () => {
  test('are told what a configuration file says, and what an edit makes of it', async (t) => {
    const { client } = await openApp(t, { ...SETTINGS, keep: ['s3:PutObject'] });
    const textDocument = { uri: client.folder.uri('policies/app.json') };
    const ask = (setting: string) => client.server.request(CONFIGURED_REQUEST, { textDocument, setting });
    const config = { uri: client.folder.uri(CONFIG), name: CONFIG };
    assert.deepEqual(await ask('keep'), { ...config, value: ['s3:PutObject'] });
    assert.deepEqual(await ask('principals'), { ...config, value: SETTINGS.principals });
    const edit = async (text: string) =>
      (await client.server.request(EDIT_CONFIG_REQUEST, {
        text,
        setting: 'keep',
        value: ['a:b', 'c:d'],
      })) as EditConfigResult;
    assert.deepEqual(await edit('{"keep": ["a:b"]}'), {
      edit: { range: { start: { line: 0, character: 15 }, end: { line: 0, character: 15 } }, newText: ',"c:d"' },
    });
    assert.deepEqual(await edit('{"keep": ["a:b"'), {});
  });

  test('are told that settings of the editor hold where the file is silent', async (t) => {
    const { client } = await openApp(t, SETTINGS);
    const textDocument = { uri: client.folder.uri('policies/app.json') };
    assert.equal(await client.server.request(CONFIGURED_REQUEST, { textDocument, setting: 'keep' }), null);
  });

  test('get keys that lead on from the file that says them', async (t) => {
    const client = await startClient(t, {
      files: {
        'service/policies/app.json': FILES['policies/app.json'],
        'service/exports/list.json': FILES['exports/list.json'],
        [`service/${CONFIG}`]: jsonOf({ ...SETTINGS, principals: {} }),
      },
    });
    const { keys } = await (await client.open('service/policies/app.json')).principals();
    assert.deepEqual(keys, ['policies/app.json', 'policies/**']);
  });
});

test('The debug information names the configuration file and what it says', async (t) => {
  const { client, document } = await openApp(t, { ...SETTINGS, keep: ['iam:*'] });
  const params = { textDocument: { uri: document.uri } };
  const { markdown } = (await client.server.request(DEBUG_INFORMATION_REQUEST, params)) as DebugInformation;
  assert.match(markdown, /^Configuration file `iam-policy-refiner\.json`$/m);
  assert.match(markdown, /^- Configuration file `iam-policy-refiner\.json`$/m);
  assert.match(markdown, /- `keep of iam-policy-refiner\.json`: `\["iam:\*"\]`/);
});

const CATALOGUE = jsonOf({
  date: '2019-01-02',
  services: { s3: ['GetObject', 'GetBucketAcl', 'ListBucket', 'PutObject'] },
});

/** Opens the policy below a configuration: settings, or a text. */
async function openApp(
  t: Parameters<typeof startClient>[0],
  config: object | string,
  options: Partial<ClientOptions> = {},
) {
  const text = typeof config === 'string' ? config : jsonOf(config);
  const client = await startClient(t, { ...options, files: { ...FILES, [CONFIG]: text } });
  return { client, document: await client.open('policies/app.json') };
}

async function write(client: Client, config: object, type: FileChangeType): Promise<void> {
  await client.folder.write(CONFIG, jsonOf(config));
  await client.tellFiles(type, CONFIG);
}
