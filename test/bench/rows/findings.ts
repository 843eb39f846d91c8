import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readFindings } from '../../../server/src/service/findings/read.ts';
import { POLICY } from '../../protocol/support/article.ts';
import { TemporaryFolder } from '../../protocol/support/temporaryFolder.ts';
import { today } from '../../support/catalogues.ts';
import { BenchServer } from '../support/benchServer.ts';
import { ourServer } from '../support/bundles.ts';
import { ORGANISATION, organisationExport } from '../support/organisation.ts';
import { alternate, median, timed } from '../support/pairs.ts';
import { programAt } from '../support/paths.ts';
import { outputOf } from '../support/processes.ts';
import { atMost, atMostTimes, mebibytes, type Result, type Row } from '../support/result.ts';

/** An organisation's export: how long reading it takes, what is kept of it, and whether the editor is answered meanwhile. */
export const findings: Row = async () => {
  const folder = await TemporaryFolder.create({ 'all.findings.json': organisationExport(), 'Other.json': POLICY });
  const file = folder.path('all.findings.json');
  try {
    return [await reading(file), keeping(file), await answering(folder)];
  } finally {
    await folder.remove();
  }
};

async function reading(file: string): Promise<Result> {
  const text = readFileSync(file, 'utf8');
  const pairs = await alternate(
    5,
    () => timed(() => assert.equal(readFindings(text, file, today).problems.length, 0)),
    () => timed(() => JSON.parse(text)),
  );
  return atMostTimes(3, `findings of ${ORGANISATION}, read; peer: \`JSON.parse\``, pairs);
}

function keeping(file: string): Result {
  const program = programAt('findingsMemory.ts');
  const bytes = (side: string) => Number(outputOf(program, [side, file], ['--expose-gc', '--import', 'tsx']));
  const [ours, peer] = [bytes('ours'), bytes('names')];
  const work = 'memory that they keep, their text included; peer: an array of the names in them';
  return atMostTimes(1.5, work, { ours, peer, ratio: ours / peer }, mebibytes);
}

async function answering(folder: TemporaryFolder): Promise<Result> {
  const slowest: number[] = [];
  for (let run = 0; run < 5; run++) slowest.push(Math.max(...(await hoverWhileReading(folder))));
  const work = 'a hover on another policy while they are read, the slowest of all; median of five runs';
  return atMost(100, work, median(slowest));
}

/** The times of hovers one after another, from when the server begins to read until the marks are there. */
async function hoverWhileReading(folder: TemporaryFolder): Promise<number[]> {
  const server = new BenchServer(ourServer, folder);
  try {
    await server.initialize();
    const uri = await server.open('Other.json', POLICY);
    let isRead = false;
    const read = server.diagnose(uri).finally(() => {
      isRead = true;
    });
    const line = POLICY.split('\n').findIndex((text) => text.includes('s3:Get*'));
    const position = { line, character: (POLICY.split('\n')[line] as string).indexOf('s3:Get*') + 1 };
    const latencies: number[] = [];
    while (!isRead)
      latencies.push(
        await timed(async () => assert.match(await server.hover(uri, position), /still being read|No findings apply/)),
      );
    assert.equal(await read, 0);
    return latencies;
  } finally {
    await server.kill();
  }
}
