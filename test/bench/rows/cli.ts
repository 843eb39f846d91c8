import { CorpusFolder } from '../support/corpusFolder.ts';
import { alternate } from '../support/pairs.ts';
import { atRoot, programAt } from '../support/paths.ts';
import { outputOf, timeProgram } from '../support/processes.ts';
import { atMostTimes, type Row } from '../support/result.ts';

/** `refine --json` on all policies that AWS publishes, as a whole process, against one that only parses the same files. */
export const cli: Row = async () => {
  const folder = new CorpusFolder();
  try {
    const command = ['refine', folder.policies, '-f', folder.findings, '--json'];
    checkProofs(outputOf(atRoot('dist/cli.js'), command), folder.count);
    const pairs = await alternate(
      5,
      () => timeProgram(atRoot('dist/cli.js'), command),
      () => timeProgram(programAt('parseOnly.mjs'), [folder.policies, folder.findings, folder.catalogue]),
    );
    return [
      atMostTimes(2, `\`refine --json\`, ${folder.count} policies of AWS, proven; peer: \`JSON.parse\` only`, pairs),
    ];
  } finally {
    folder.remove();
  }
};

/** What is not right must not count as fast. */
function checkProofs(output: string, count: number): void {
  const lines = output.trimEnd().split('\n');
  const refused = lines.filter((line) => (JSON.parse(line) as { proof: string }).proof !== 'ok');
  if (lines.length !== count || refused.length > 0)
    throw new Error(`${lines.length} of ${count} policies were refined, ${refused.length} of them without proof`);
}
