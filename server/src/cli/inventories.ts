import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { decodeText } from '../node/decodeText.ts';
import { explainFileError } from '../node/fileErrors.ts';
import { spelling } from '../node/spelling.ts';
import { syntaxes } from '../node/syntaxes.ts';
import type { ExtraFile } from '../repository/repositoryFiles.ts';
import { json } from '../service/policy/json/index.ts';
import type { Reporter } from './reporter.ts';

/**
 * What the files that `--inventory` names list of all that exists: they are part of every repository of the run, wherever they
 * lie. `undefined`, and the reasons are reported, when one of them is not usable: without it, more would look certain.
 */
export async function readInventories(
  files: readonly string[],
  reporter: Reporter,
): Promise<readonly ExtraFile[] | undefined> {
  const read: ExtraFile[] = [];
  for (const file of files) {
    try {
      const text = decodeText(await readFile(file));
      const facts = ((await syntaxes.ofFile(file, text)) ?? json).facts(text);
      if (facts.inventory.length > 0) read.push({ uri: spelling.uriOf(path.resolve(file)), facts });
      else reporter.error(`--inventory ${file}: ${NO_INVENTORY}`);
    } catch (error) {
      reporter.error(`--inventory ${file}: ${explainFileError(error)}`);
    }
  }
  return read.length === files.length ? read : undefined;
}

const NO_INVENTORY =
  'it lists nothing that exists; give an answer of `aws cloudformation describe-stack-resources`, `aws iam list-roles`, `aws iam get-account-authorization-details` or `terraform show -json`';
