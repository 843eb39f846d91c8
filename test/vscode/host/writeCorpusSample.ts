/**
 * Writes the sample of the policies that AWS publishes for the suite `sameText`, into the two folders that it is called with: a
 * workspace with the policies and their findings, and what the command line makes of them.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { drawCorpusSample, FINDINGS } from '../../support/corpusSample.ts';

const [workspace = '', expected = ''] = process.argv.slice(2);
const { policies, findings, refined } = drawCorpusSample();
write(workspace, { ...policies, [FINDINGS]: findings });
write(expected, refined);

function write(folder: string, files: Readonly<Record<string, string>>): void {
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(path.join(folder, file), text);
}
