import assert from 'node:assert/strict';
import { fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  createProtocolConnection,
  ExitNotification,
  InitializeRequest,
  type InitializeResult,
  IPCMessageReader,
  IPCMessageWriter,
  ShutdownRequest,
} from 'vscode-languageserver/node';
import { version } from '../../package.json';
import { within } from './support/deadline.ts';
import { initializeParams } from './support/profiles.ts';
import { BUNDLE } from './support/serverProcess.ts';

test('Started by hand the server says how it is started, and ends as after a wrong use', () => {
  for (const args of [[], ['stdio'], ['--socket=1'], ['--node-ipc']]) {
    const { status, stdout, stderr } = run(args);
    assert.equal(status, 2);
    assert.equal(stdout, '');
    assert.match(stderr, /^iam-policy-refiner-server is started by an editor.* '--stdio'\n/);
    assert.match(stderr, /--help/);
  }
});

test('The server tells its options and its version', () => {
  for (const option of ['--help', '-h']) {
    const { status, stdout, stderr } = run([option]);
    assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
    assert.match(stdout, /^Usage: iam-policy-refiner-server --stdio\n/);
  }
  for (const option of ['--version', '-V'])
    assert.deepEqual(run([option]), { status: 0, stdout: `${version}\n`, stderr: '' });
});

test('The server is a program that Node runs', () => {
  assert.match(readFileSync(BUNDLE, 'utf8'), /^#!\/usr\/bin\/env node\n/);
});

test('The server speaks over the channel of Node, as VS Code starts it', async (t) => {
  const child = fork(BUNDLE, ['--node-ipc', `--clientProcessId=${process.pid}`], { silent: true });
  t.after(() => child.kill('SIGKILL'));
  const exit = once(child, 'exit');
  const connection = createProtocolConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
  connection.listen();
  const asked = connection.sendRequest(InitializeRequest.method, initializeParams('plain', 'file:///nowhere', {}));
  const { serverInfo } = (await within(asked, InitializeRequest.method)) as InitializeResult;
  assert.deepEqual(serverInfo, { name: 'iam-policy-refiner', version });
  await connection.sendRequest(ShutdownRequest.method);
  await connection.sendNotification(ExitNotification.type);
  assert.deepEqual(await within(exit, 'the server to exit'), [0, null]);
});

function run(args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [BUNDLE, ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
}
