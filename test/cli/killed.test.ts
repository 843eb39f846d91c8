import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, readdirSync, statSync, watch } from 'node:fs';
import { describe, type TestContext, test } from 'node:test';
import { Folder, policy, refined } from '../support/cli.ts';

const COMMAND = 'refine policies --findings unused.json --catalogue catalogue.json --write';

/** The names of a thousand policies, some of which have a mode of their own. */
const NAMES = Array.from({ length: 1_000 }, (_, index) => `${String(index).padStart(4, '0')}.json`);

function thousandPolicies(t: TestContext): Folder {
  const folder = new Folder(t, Object.fromEntries(NAMES.map((name) => [`policies/${name}`, policy])));
  for (const name of NAMES) chmodSync(folder.at(`policies/${name}`), modeOf(name));
  return folder;
}

function modeOf(name: string): number {
  return name.endsWith('3.json') ? 0o600 : 0o644;
}

/**
 * Refines all policies, and sends a signal once so many of them have changed on disk and the next is begun. Finds that each was
 * replaced, and none written into. Gives the signal that ended the process, or its status when it was faster.
 */
async function interrupt(folder: Folder, signal: NodeJS.Signals, after: number): Promise<NodeJS.Signals | number> {
  const events = { rename: new Set<string>(), change: new Set<string>() };
  const watcher = watch(folder.at('policies'), (event, name) => {
    if (name?.endsWith('.json')) events[event].add(name);
    else if (events.rename.size >= after) child.kill(signal);
  });
  const child = folder.start(COMMAND);
  for (const stream of [child.stdout, child.stderr]) stream.resume();
  try {
    const [status, ended] = await once(child, 'close');
    assert.deepEqual(events.change, new Set());
    return ended ?? status;
  } finally {
    watcher.close();
  }
}

/** Finds that every file is there, whole and with its mode; gives the number of those that are refined, and what else is there. */
function lookAt(folder: Folder): { done: number; others: string[] } {
  const found = readdirSync(folder.at('policies'));
  assert.deepEqual(
    NAMES.filter((name) => !found.includes(name)),
    [],
  );
  let done = 0;
  for (const name of NAMES) {
    const text = folder.read(`policies/${name}`);
    assert.ok(text === policy || text === refined, `${name}: ${text}`);
    assert.equal(statSync(folder.at(`policies/${name}`)).mode & 0o777, modeOf(name), name);
    if (text === refined) done++;
  }
  return { done, others: found.filter((name) => !NAMES.includes(name)) };
}

/** Finds that the next run does what is left, and tidies up. */
function finish(folder: Folder): void {
  assert.equal(folder.run(COMMAND).status, 0);
  assert.deepEqual(lookAt(folder), { done: NAMES.length, others: [] });
}

describe('Of a thousand files that are being written, none is lost', () => {
  test('whenever the process is killed', async (t) => {
    for (const after of [1, 2, 25, 50, 100, 200, 400, 800]) {
      const folder = thousandPolicies(t);
      const ended = await interrupt(folder, 'SIGKILL', after);
      const { done } = lookAt(folder);
      assert.ok(done >= after);
      // On a busy machine the news of a late file may come when all is done.
      if (after < 100 || ended !== 0) assert.equal(ended, 'SIGKILL');
      if (after < 100) assert.ok(done < NAMES.length);
      finish(folder);
    }
  });

  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    test(`and nothing is left over, when ${signal} ends it`, async (t) => {
      const folder = thousandPolicies(t);
      assert.equal(await interrupt(folder, signal, 20), signal);
      const { done, others } = lookAt(folder);
      assert.ok(done >= 20 && done < NAMES.length, String(done));
      assert.deepEqual(others, []);
      finish(folder);
    });
  }
});

test('What a killed run left goes with the next; what another run is writing, and what is not ours, stays', (t) => {
  const gone = spawnSync(process.execPath, ['--version']).pid;
  const names = [gone, process.pid].map((pid) => `.iam-policy-refiner-${pid}-0123456789ab.tmp`);
  const [left = '', busy = ''] = names;
  const folder = new Folder(t, {
    [`a/${left}`]: policy,
    [`a/${busy}`]: policy,
    'a/x.tmp': '',
    'a/policy.json': policy,
  });
  folder.run('refine a --findings unused.json --catalogue catalogue.json --write');
  assert.deepEqual(readdirSync(folder.at('a')).sort(), [busy, 'policy.json', 'x.tmp']);
});

test('A file is written however long its name is', (t) => {
  const name = `${'n'.repeat(250)}.json`;
  const folder = new Folder(t, { [name]: policy });
  folder.refine(`${name} --findings unused.json --write`);
  assert.equal(folder.read(name), refined);
});
