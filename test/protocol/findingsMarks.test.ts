import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { DiagnosticSeverity } from 'vscode-languageserver/node';
import { actionLevel, running, serviceLevel } from '../fixtures/findings/lastAccessed.ts';
import { event, list, recommendation, securityHub } from '../fixtures/findings/withoutActions.ts';
import { type ClientOptions, startClient } from './support/client.ts';
import type { OpenDocument } from './support/openDocument.ts';
import { WITH_COMMANDS } from './support/profiles.ts';
import { jsonOf, plainFindings } from './support/samples.ts';
import { rangeOf, textIn, wholeOf } from './support/text.ts';

// What a findings file lacks is marked in it, with an action that copies the commands which fetch it.

const FILE = 'exported.findings.json';

const { Warning, Information } = DiagnosticSeverity;

/** An export, what of it is marked, how, and the title of the action there. */
const EXPORTS: Readonly<
  Record<string, { value: unknown; marked: string; message: RegExp; severity: DiagnosticSeverity; title?: string }>
> = {
  'list-findings-v2': {
    value: list,
    marked: '{\n',
    message: /^This list of 'list-findings-v2' names no actions.* run `aws accessanalyzer list-analyzers /,
    severity: Warning,
    title: 'Copy the commands to fetch the actions (2 findings)',
  },
  'an event of EventBridge': {
    value: event,
    marked: '{\n',
    message: /^An event of EventBridge names no actions/,
    severity: Warning,
    title: 'Copy the command to fetch the actions (1 finding)',
  },
  'Security Hub': {
    value: securityHub,
    marked: '{\n',
    message: /^Security Hub names no actions/,
    severity: Warning,
    title: 'Copy the command to fetch the actions (1 finding)',
  },
  'get-finding-recommendation': {
    value: recommendation,
    marked: '{\n',
    message: /^This is AWS's recommendation/,
    severity: Warning,
    title: 'Copy the commands to list the findings about it',
  },
  'a list without any finding worth fetching': {
    value: { findings: list.findings.slice(2) },
    marked: '{\n',
    message: /none of its findings is an ACTIVE one about unused permissions$/,
    severity: Information,
  },
  'a last-accessed report that speaks of services only': {
    value: serviceLevel,
    marked: '"SERVICE_LEVEL"',
    message: /--granularity ACTION_LEVEL$/,
    severity: Information,
    title: 'Copy the commands to make the report again, with its actions',
  },
  'a last-accessed report that is still being made': {
    value: running,
    marked: '"IN_PROGRESS"',
    message: /still being made/,
    severity: Information,
  },
};

for (const [what, { value, marked, message, severity, title }] of Object.entries(EXPORTS)) {
  test(`Of ${what} the mark says what to run, and an action copies it`, async (t) => {
    const { document } = await openFindings(t, value, WITH_COMMANDS);
    const [mark, ...others] = await document.diagnostics();
    assert(mark);
    assert.deepEqual(others, []);
    assert.deepEqual([mark.code, mark.severity], ['findings-without-actions', severity]);
    assert.equal(textIn(document.text, mark.range), marked);
    assert.match(mark.message, message);
    const actions = await document.codeActions(mark.range, { diagnostics: [mark] });
    assert.deepEqual(
      actions.map((action) => [action.title, action.kind, action.diagnostics]),
      title === undefined ? [] : [[title, 'quickfix', [mark]]],
    );
  });
}

describe('The action that copies commands', () => {
  test('has the commands as its argument', async (t) => {
    const { document } = await openFindings(t, event, WITH_COMMANDS);
    const [action] = await copyActionsOf(document);
    const run = `aws accessanalyzer get-finding-v2 --analyzer-arn ${event.resources[0]} --region eu-central-1 --id ${event.detail.findingId} >> unused-access.findings.json`;
    assert.equal(action?.command?.command, 'iamPolicyRefiner.copyCommands');
    assert.deepEqual(action.command.arguments, [[run]]);
  });

  test('is not offered to clients that have no such command', async (t) => {
    const { document } = await openFindings(t, event);
    assert.deepEqual(await copyActionsOf(document), []);
  });

  test('is a quick fix, for who asks for one', async (t) => {
    const { document } = await openFindings(t, event, WITH_COMMANDS);
    assert.equal((await copyActionsOf(document, ['quickfix'])).length, 1);
    assert.deepEqual(await copyActionsOf(document, ['source.fixAll', 'refactor']), []);
  });

  test('is not made of marks that carry something else', async (t) => {
    const { document } = await openFindings(t, event, WITH_COMMANDS);
    const [mark] = await document.diagnostics();
    assert(mark);
    const odd = [
      ...[undefined, null, 'x', 7, {}, { commands: 'reboot', purpose: 'x' }, { commands: [1], purpose: 'x' }].map(
        (data) => ({ ...mark, data }),
      ),
      { ...mark, source: 'other' },
      { ...mark, code: 'invalid-findings' },
    ];
    assert.deepEqual(await document.codeActions(mark.range, { diagnostics: odd }), []);
  });
});

describe('A name that the catalogue does not know', () => {
  test('is marked as worth a look, and no more', async (t) => {
    const { document } = await openFindings(t, [{ serviceNamespace: 'sqss' }, { serviceNamespace: 'sqs' }]);
    const [mark, ...others] = await document.diagnostics();
    assert.deepEqual(others, []);
    assert.deepEqual(mark?.range, rangeOf(document.text, '"sqss"'));
    assert.deepEqual([mark?.code, mark?.severity], ['invalid-findings', Information]);
    assert.match(mark?.message ?? '', /^The service 'sqss' is not known to the catalogue of \d{4}-\d\d-\d\d; /);
  });

  test('is one that the catalogue of the settings does not know', async (t) => {
    const settings = { catalogue: 'aws.json' };
    const files = { 'aws.json': jsonOf({ date: '2024-11-20', services: { sqss: ['Send'] } }) };
    const { document } = await openFindings(t, [{ serviceNamespace: 'sqss' }, { serviceNamespace: 'sqs' }], {
      settings,
      files,
    });
    const [mark, ...others] = await document.diagnostics();
    assert.deepEqual(others, []);
    assert.deepEqual(mark?.range, rangeOf(document.text, '"sqs"'));
    assert.match(mark?.message ?? '', /catalogue of 2024-11-20/);
  });

  test('is not looked for in a file that is in order', async (t) => {
    for (const value of [actionLevel, JSON.parse(plainFindings({ s3: ['GetBucketAcl'], sns: null }))]) {
      const { document } = await openFindings(t, value);
      assert.deepEqual(await document.diagnostics(), []);
    }
  });
});

/** Opens a findings file with this value. */
async function openFindings(t: Parameters<typeof startClient>[0], value: unknown, options: ClientOptions = {}) {
  const client = await startClient(t, { ...options, files: { [FILE]: jsonOf(value), ...options.files } });
  return { document: await client.open(FILE) };
}

/** The actions for the marks of a file. */
async function copyActionsOf(document: OpenDocument, only?: readonly string[]) {
  const diagnostics = await document.diagnostics();
  return document.codeActions(wholeOf(document.text), { diagnostics, ...(only && { only }) });
}
