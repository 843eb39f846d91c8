import assert from 'node:assert/strict';
import { ARTICLE_FILES, POLICY } from '../../protocol/support/article.ts';
import { TemporaryFolder } from '../../protocol/support/temporaryFolder.ts';
import { BenchServer } from '../support/benchServer.ts';
import { bundleBareServer, ourServer } from '../support/bundles.ts';
import { alternate, timed } from '../support/pairs.ts';
import { atMostTimes, type Row } from '../support/result.ts';

/** From the start of the process to the marks on the article's policy, against a bare server's answer to `initialize`. */
export const start: Row = async () => {
  const bareServer = await bundleBareServer();
  const folder = await TemporaryFolder.create(ARTICLE_FILES);
  const run = async (bundle: string, work: (server: BenchServer) => Promise<void>) => {
    let server: BenchServer | undefined;
    const time = await timed(async () => {
      server = new BenchServer(bundle, folder);
      await server.initialize();
      await work(server);
    });
    await server?.kill();
    return time;
  };
  const mark = async (server: BenchServer) => {
    const uri = await server.open('policy.json', POLICY);
    assert.equal(await server.diagnose(uri), 9);
  };
  try {
    const pairs = await alternate(
      15,
      () => run(ourServer, mark),
      () => run(bareServer, async () => {}),
    );
    return [
      atMostTimes(2, "server start to the marks on the article's policy; peer: bare server to `initialize`", pairs),
    ];
  } finally {
    await folder.remove();
  }
};
