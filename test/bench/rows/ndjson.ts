import { spawnSync } from 'node:child_process';
import { type FilterRun, runFilter } from '../support/filters.ts';
import { managedFiles } from '../support/managed.ts';
import { alternate } from '../support/pairs.ts';
import { atRoot, programAt } from '../support/paths.ts';
import { policyLines } from '../support/policyLines.ts';
import { atMostTimes, mebibytes, type Result, type Row } from '../support/result.ts';

const CLI = atRoot('dist/cli.js');
const COMMAND = ['refine', '--ndjson'];
const PEER = programAt('bareFilter.mjs');
const LINES = 5_000;
const MILLION = 1_000_000;
const TENTH = MILLION / 10;

/** `refine --ndjson` as a filter, against one that parses each line and writes it again. */
export const ndjson: Row = async () => {
  checkRows();
  const pairs = await alternate(
    5,
    async () => (await runFilter(CLI, COMMAND, LINES)).time,
    async () => (await runFilter(PEER, [], LINES)).time,
  );
  return [throughput(LINES, pairs)];
};

/** The same over a million lines, once each, and whether it holds more at their end than after the first tenth of them. */
export const million: Row = async () => {
  checkRows();
  const isLinux = process.platform === 'linux';
  const ours = await runFilter(CLI, COMMAND, MILLION, isLinux ? [TENTH, MILLION] : []);
  const peer = await runFilter(PEER, [], MILLION);
  const pair = { ours: ours.time, peer: peer.time, ratio: ours.time / peer.time };
  return [throughput(MILLION, pair), ...(isLinux ? [growth(ours)] : [])];
};

function throughput(lines: number, pairs: Parameters<typeof atMostTimes>[2]): Result {
  const work = `\`refine --ndjson\`, ${lines.toLocaleString('en')} lines, proven; peer: \`JSON.parse\` and \`JSON.stringify\` of each`;
  return atMostTimes(10, work, pairs, (time) => `${Math.round((lines / time) * 1000).toLocaleString('en')} lines/s`);
}

function growth({ peaks }: FilterRun): Result {
  const [peer = 0, ours = 0] = [TENTH, MILLION].map((lines) => peaks.get(lines));
  const work = `its peak memory (RSS) after a million lines; peer: after ${TENTH.toLocaleString('en')}`;
  return atMostTimes(1.1, work, { ours, peer, ratio: ours / peer }, mebibytes);
}

/** What is not right must not count as fast: one run over each policy is read. */
function checkRows(): void {
  const { length } = managedFiles();
  const input = [...policyLines(length)].join('');
  const { stdout, status } = spawnSync(process.execPath, [CLI, ...COMMAND], {
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  const rows = stdout
    .split('\n')
    .slice(0, -1)
    .map((row) => JSON.parse(row) as { id: number; proof: string });
  if (status !== 0 || rows.length !== length || rows.some(({ id, proof }, index) => id !== index || proof !== 'ok'))
    throw new Error(`${rows.length} of ${length} policies were refined, or not all of them proven (status ${status})`);
}
