import { readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { atRoot } from './paths.ts';
import type { Result } from './result.ts';

const START = '<!-- bench:start -->';
const END = '<!-- bench:end -->';

/** The results as a Markdown table, with the facts of the machine below it. */
export function formatTable(results: readonly Result[]): string {
  const lines = results.map(
    ({ work, measured, peer, ratio, goal, reached }) =>
      `| ${[work, measured, peer || '–', ratio || '–', goal, reached ? 'yes' : '**no**'].join(' | ')} |`,
  );
  return [
    '| work | measured | peer | ratio | goal | reached |',
    '|---|--:|--:|--:|--:|---|',
    ...lines,
    '',
    describeMachine(),
  ].join('\n');
}

/** Puts the table between the marks in the README. */
export async function writeReadme(table: string): Promise<void> {
  const file = atRoot('test/bench/README.md');
  const text = await readFile(file, 'utf8');
  const [before, rest] = text.split(START);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined) throw new Error(`${file} lacks the marks ${START} and ${END}`);
  await writeFile(file, `${before}${START}\n${table}\n${END}${after}`);
}

function describeMachine(): string {
  const [cpu] = cpus();
  const date = new Date().toISOString().slice(0, 10);
  return `${cpu?.model.trim() || 'Unknown processor'}, ${cpus().length} cores, ${process.platform} ${process.arch}, Node ${process.versions.node}, ${date}.`;
}
