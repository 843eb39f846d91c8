import assert from 'node:assert/strict';
import { TemporaryFolder } from '../../protocol/support/temporaryFolder.ts';
import { BenchServer } from '../support/benchServer.ts';
import { bundleBareServer, ourServer } from '../support/bundles.ts';
import { type ManagedFile, managedFiles } from '../support/managed.ts';
import { alternate } from '../support/pairs.ts';
import { atMostTimes, mebibytes, type Row } from '../support/result.ts';

const OPEN = 100;

/** What the server holds after 100 policies of AWS were opened and marked, against a bare server with the same documents. */
export const memory: Row = async () => {
  if (process.platform !== 'linux') return [];
  const bareServer = await bundleBareServer();
  const files = evenlyPicked();
  const folder = await TemporaryFolder.create({
    'findings.json': JSON.stringify(files.map(({ finding }) => finding)),
  });
  const run = async (bundle: string, work: (server: BenchServer, uri: string) => Promise<unknown>) => {
    const server = new BenchServer(bundle, folder);
    await server.initialize();
    for (const { name, text } of files) await work(server, await server.open(`${name}.json`, text));
    await server.settle();
    const held = server.memory();
    await server.kill();
    return held;
  };
  let marks = 0;
  try {
    const pairs = await alternate(
      5,
      () => run(ourServer, async (server, uri) => (marks += await server.diagnose(uri))),
      () => run(bareServer, async () => {}),
    );
    assert(marks > 0);
    const work = `server memory, ${OPEN} policies of AWS opened and marked; peer: bare server that holds their texts`;
    return [atMostTimes(1.5, work, pairs, mebibytes)];
  } finally {
    await folder.remove();
  }
};

function evenlyPicked(): ManagedFile[] {
  const all = managedFiles();
  return Array.from({ length: OPEN }, (_, index) => all[Math.floor((index * all.length) / OPEN)] as ManagedFile);
}
