import assert from 'node:assert/strict';
import { test } from 'node:test';
import { positionsFor } from '../../../server/src/positions/positions.ts';
import type { Runtime } from '../../../server/src/runtime.ts';
import type { FindingsIndex } from '../../../server/src/service/findings/findingsIndex.ts';
import { Syntaxes } from '../../../server/src/service/policy/syntaxes.ts';
import { FindingsStore } from '../../../server/src/workspace/findingsStore.ts';
import { today } from '../../support/catalogues.ts';

const FOLDER = 'file:///w';
const FILE = `${FOLDER}/findings.json`;
const REPORT = '{"serviceNamespace": "s3", "actions": ["GetObject"]}';

test('A report stands where it stood in the text that it was read of, also when its file has another one by now', async () => {
  let text = `[${REPORT}]`;
  const store = new FindingsStore(
    runtimeOf(() => text),
    positionsFor(undefined),
    assert.fail,
  );
  const index = () => store.index(FOLDER, ['*.json'], 90);

  const before = await index();
  text = `\n\n[${REPORT}]`;
  store.changed(FILE, false);
  const after = await index();
  assert.notEqual(before, after);
  assert.deepEqual(lineOf(store, after), 2);
  assert.deepEqual(lineOf(store, before), 0);
});

/** The line of the one report of an index. */
function lineOf(store: FindingsStore, index: FindingsIndex): number | undefined {
  const [finding] = index.unnamed;
  const [service] = finding?.services ?? [];
  assert(finding && service);
  const location = store.locate({ file: finding.file, place: service.place }, index);
  assert.equal(location?.uri, FILE);
  return location.range.start.line;
}

/** What the store needs of an environment with one file. */
function runtimeOf(text: () => string): Runtime {
  return {
    catalogue: today,
    platform: 'test',
    loadDetails: () => assert.fail(),
    syntaxes: new Syntaxes(new Map()),
    files: {
      find: async () => [FILE],
      readText: async () => text(),
      stat: async () => ({ size: text().length, age: 1e6, modified: 0, isFolder: false }),
    },
  };
}
