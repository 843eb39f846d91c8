import os from 'node:os';
import { CorpusFolder } from '../support/corpusFolder.ts';
import { alternate } from '../support/pairs.ts';
import { atRoot } from '../support/paths.ts';
import { outputOf, timeProgram } from '../support/processes.ts';
import { atMostTimes, type Row } from '../support/result.ts';

/** So often each policy stands there, as in folders for several accounts. */
const COPIES = 10;

/** `refine --json` on many files with all cores, against one thread. The goal is that of two cores. */
export const jobs: Row = async () => {
  const folder = new CorpusFolder();
  try {
    const command = (count: number) => [
      'refine',
      ...Array.from({ length: COPIES }, () => folder.policies),
      '-f',
      folder.findings,
      '--json',
      '--jobs',
      String(count),
    ];
    const cores = os.availableParallelism();
    const [ours, peer] = [cores, 1].map((count) => outputOf(atRoot('dist/cli.js'), command(count)));
    // What is not the same must not count as fast.
    if (ours !== peer) throw new Error(`--jobs ${cores} and --jobs 1 print different things`);
    const pairs = await alternate(
      3,
      () => timeProgram(atRoot('dist/cli.js'), command(cores)),
      () => timeProgram(atRoot('dist/cli.js'), command(1)),
    );
    const count = folder.count * COPIES;
    return [atMostTimes(0.9, `\`refine --json\`, ${count} policies, ${cores} cores; peer: \`--jobs 1\``, pairs)];
  } finally {
    folder.remove();
  }
};
