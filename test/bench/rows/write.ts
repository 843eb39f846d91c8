import { writeFileSync } from 'node:fs';
import { CorpusFolder } from '../support/corpusFolder.ts';
import { alternate } from '../support/pairs.ts';
import { atRoot, programAt } from '../support/paths.ts';
import { timeProgram } from '../support/processes.ts';
import { atMostTimes, type Row } from '../support/result.ts';

/** `refine --write` on copies of the same policies, against a process that parses all and rewrites those that we rewrite. */
export const write: Row = async () => {
  const folder = new CorpusFolder();
  try {
    const refine = (copy: string) =>
      timeProgram(atRoot('dist/cli.js'), ['refine', copy, '-f', folder.findings, '--write']);
    const first = folder.copyPolicies();
    refine(first);
    const changed = folder.changedIn(first);
    const list = folder.at('changed.json');
    writeFileSync(list, JSON.stringify(changed));
    const rewrite = (copy: string) =>
      timeProgram(programAt('rewrite.mjs'), [copy, list, folder.findings, folder.catalogue]);
    // Copying comes before the clock starts.
    const pairs = await alternate(
      5,
      () => refine(folder.copyPolicies()),
      () => rewrite(folder.copyPolicies()),
    );
    const work = `\`refine --write\`, ${folder.count} policies, ${changed.length} rewritten; peer: parse, stringify, rewrite`;
    return [atMostTimes(2, work, pairs)];
  } finally {
    folder.remove();
  }
};
