import path from 'node:path';
import type { BufferedOutput } from '../bufferedOutput.ts';
import { toSlashes } from '../inputs.ts';
import { listInputs } from '../jobs/listing.ts';
import { oneLine } from '../oneLine.ts';
import type { Reporter } from '../reporter.ts';
import { Repositories } from '../repositories.ts';
import type { Setup } from '../setUp.ts';

/**
 * `check --explain FILE#POLICY`: prints every candidate for a policy, and why it was kept or dropped.
 * @param name a file and, behind `#`, the address or pointer of a policy in it; nothing behind it for a file that is the policy
 */
export async function explainPolicy(
  name: string,
  paths: readonly string[],
  setup: Setup,
  out: BufferedOutput,
  reporter: Reporter,
): Promise<void> {
  const hash = name.indexOf('#');
  const [file, policy] = hash < 0 ? [name, ''] : [name.slice(0, hash), name.slice(hash + 1)];
  const { inputs } = listInputs(paths);
  const wanted = toSlashes(path.resolve(file));
  const input = inputs.find((candidate) => candidate.path === wanted) ?? listInputs([file]).inputs[0];
  if (!input) {
    reporter.error(`--explain ${name}: there is no file '${file}'`);
    return;
  }
  const repositories = await Repositories.open(setup, inputs.includes(input) ? inputs : [...inputs, input], false);
  const lines = repositories.explain(input, policy);
  if (lines) out.write(lines.map((line) => `${oneLine(line)}\n`).join(''));
  else {
    const known = repositories.policiesOf(input);
    const way =
      known.length > 0
        ? `name one of ${known
            .slice(0, 10)
            .map((own) => `'${file}#${own}'`)
            .join(', ')}`
        : 'it holds none';
    reporter.error(`--explain ${name}: there is no such policy in '${file}': ${way}`);
  }
}
