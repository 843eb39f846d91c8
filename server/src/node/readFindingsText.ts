import { open } from 'node:fs/promises';
import { runInSlices } from '../runInSlices.ts';
import { MAX_FINDINGS_BYTES } from '../service/findings/read.ts';
import { decodeInSteps } from './decodeText.ts';

/** The text of a findings file. Rejects one that is too large before it fills the memory. */
export async function readFindingsText(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    if (size > MAX_FINDINGS_BYTES)
      throw new Error(
        `it is larger than ${MAX_FINDINGS_BYTES / 1024 / 1024} MB; split it into several files, such as one an account`,
      );
    return await runInSlices(decodeInSteps(await file.readFile()));
  } finally {
    await file.close();
  }
}
