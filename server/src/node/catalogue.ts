import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
// Made by `npm run catalogue`; the bundler puts its text into the bundle.
import actions from '../../generated/actions.txt';
import { type Catalogue, parseCompactCatalogue } from '../service/actions/catalogue.ts';
import { type ActionDetails, parseDetails } from '../service/actions/details.ts';

/** The catalogue inside the bundle. */
export const builtInCatalogue: Catalogue = parseCompactCatalogue(actions);

let details: Promise<ActionDetails> | undefined;

/** What AWS says of each action, from the file beside the bundle. Read once, and only when a hover asks. */
export function loadDetails(): Promise<ActionDetails> {
  details ??= readFile(path.join(__dirname, 'actionDetails.br'))
    .then(promisify(brotliDecompress))
    .then((bytes) => parseDetails(bytes.toString('utf8'), builtInCatalogue));
  return details;
}
