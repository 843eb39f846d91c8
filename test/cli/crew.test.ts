import assert from 'node:assert/strict';
import { describe, type TestContext, test } from 'node:test';
import { Crew } from '../../server/src/cli/jobs/crew.ts';
import { Folder } from '../support/cli.ts';

/** A thread that answers each number with what `answer` makes of it. */
const script = (answer: string) => `
  const { parentPort, workerData } = require('node:worker_threads');
  const answer = ${answer};
  const { data } = workerData;
  parentPort.on('message', (task) => parentPort.postMessage(answer(task, data)));
  parentPort.postMessage('ready');
`;

/** The results of so many tasks, the numbers from 0, in the order in which they are given. */
async function results(t: TestContext, source: string, count: number, sizeOf = 0, data?: unknown): Promise<string[]> {
  const folder = new Folder(t, { 'thread.cjs': source });
  const crew = new Crew<number, string>(3, folder.at('thread.cjs'), data);
  const given: string[] = [];
  try {
    await crew.doAll({
      count,
      taskOf: (index) => index,
      give: (result) => given.push(result),
      sizeOf: () => sizeOf,
      failed: (index, why) => `${index} failed: ${why}`,
      waitForRoom: () => undefined,
    });
  } finally {
    await crew.end();
  }
  return given;
}

describe('A crew', () => {
  test('gives all results in the order of the tasks', async (t) => {
    const given = await results(t, script('(task) => `done ${task}`'), 500);
    assert.deepEqual(
      given,
      Array.from({ length: 500 }, (_, index) => `done ${index}`),
    );
  });

  test('has nothing to do where there are no tasks', async (t) => {
    assert.deepEqual(await results(t, script('(task) => `done ${task}`'), 0), []);
  });

  const ends: Readonly<Record<string, [answer: string, why: RegExp]>> = {
    'throws something': [`throw new Error('oh')`, /its thread ended: oh/],
    'ends the thread': ['process.exit(7)', /its thread ended: exit status 7/],
  };
  for (const [name, [end, why]] of Object.entries(ends)) {
    test(`names the task that ${name}, and does all others`, async (t) => {
      const source = script(`(task) => { if (task % 20 === 7) { ${end} } return \`done \${task}\`; }`);
      const given = await results(t, source, 60);
      assert.equal(given.length, 60);
      for (const [index, result] of given.entries()) {
        if (index % 20 !== 7) assert.equal(result, `done ${index}`);
        else assert.match(result, why);
      }
    });
  }

  test('says why no thread can be started', async (t) => {
    await assert.rejects(
      results(t, `throw new Error('no such findings')`, 3),
      /could not be started: .*no such findings/,
    );
  });

  test('says so of a script that is not there', async (t) => {
    const folder = new Folder(t);
    const crew = new Crew<number, string>(2, folder.at('nowhere.cjs'), undefined);
    const nothing = { taskOf: (index: number) => index, give: () => {}, sizeOf: () => 0, waitForRoom: () => undefined };
    await assert.rejects(crew.doAll({ ...nothing, count: 2, failed: String }), /could not be started: .*nowhere\.cjs/);
    await crew.end();
  });

  test('ends although a result cannot be taken', async (t) => {
    const folder = new Folder(t, { 'thread.cjs': script('(task) => task') });
    const crew = new Crew<number, number>(2, folder.at('thread.cjs'), undefined);
    const give = () => {
      throw new Error('no room');
    };
    const rest = { taskOf: (index: number) => index, sizeOf: () => 0, failed: Number, waitForRoom: () => undefined };
    await assert.rejects(crew.doAll({ ...rest, count: 50, give }), /no room/);
    await crew.end();
  });

  test('begins nothing further while large results wait for an earlier one', async (t) => {
    // The first task waits until 40 have begun, or until no further one begins for a while.
    const begun = new Int32Array(new SharedArrayBuffer(4));
    const source = script(`(task, begun) => {
      let count = Atomics.add(begun, 0, 1) + 1;
      Atomics.notify(begun, 0);
      while (task === 0 && count < 40 && Atomics.wait(begun, 0, count, 1000) !== 'timed-out') count = Atomics.load(begun, 0);
      return String(count);
    }`);
    const given = await results(t, source, 400, 1 << 23, begun);
    // Four results fill what may wait; each of two threads has at most 8 tasks by then, and the first one its own.
    assert.ok(Number(given[0]) <= 4 + 3 * 8, `${given[0]} tasks were begun`);
    assert.equal(given.length, 400);
  });
});
