import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliDecompress, brotliDecompressSync } from 'node:zlib';
import { type Catalogue, parseCompactCatalogue } from '../service/actions/catalogue.ts';
import { type ActionDetails, NO_DETAILS, parseDetails } from '../service/actions/details.ts';

/** The catalogue beside the bundle. Read at once, which takes a millisecond: the first answer needs it. */
export const builtInCatalogue: Catalogue = parseCompactCatalogue(
  brotliDecompressSync(readFileSync(path.join(__dirname, 'actions.br'))).toString('utf8'),
);

let details: Promise<ActionDetails> | undefined;

/** What AWS says of each action, from the file beside the bundle. Read once, and only when a hover asks. */
export function loadDetails(): Promise<ActionDetails> {
  details ??= readDetails().catch(() => {
    // A hover says what an entry grants even where nobody can say what the action is for. The next one tries again.
    details = undefined;
    return NO_DETAILS;
  });
  return details;
}

/** Larger than the text of all details, in bytes: by default it comes in some seventy parts, each of which waits for its turn. */
const DETAILS_AT_ONCE = 4 * 1024 * 1024;

async function readDetails(): Promise<ActionDetails> {
  const bytes = await readFile(path.join(__dirname, 'actionDetails.br'));
  return parseDetails(
    (await promisify(brotliDecompress)(bytes, { chunkSize: DETAILS_AT_ONCE })).toString('utf8'),
    builtInCatalogue,
  );
}
