/**
 * Prints how many bytes are kept of a findings file, when all else is gone: `ours FILE` what the server keeps, which is the
 * file's text and its findings; `names FILE` the list of all names of actions that `JSON.parse` finds. Needs --expose-gc.
 */
import { readFileSync } from 'node:fs';
import { FindingsIndex } from '../../../server/src/service/findings/findingsIndex.ts';
import { readFindings } from '../../../server/src/service/findings/read.ts';
import { today } from '../../support/catalogues.ts';
import { organisationExport, SOMEBODY } from '../support/organisation.ts';

interface Answer {
  readonly findingDetails: readonly {
    readonly unusedPermissionDetails: { readonly actions: readonly { readonly action: string }[] };
  }[];
}

const [side, file = ''] = process.argv.slice(2);

// What is there anyway is there before the measuring begins: the catalogue with all its look-up tables.
readWithText(organisationExport(500));
const before = heldNow();
const kept = side === 'ours' ? readWithText(readFileSync(file, 'utf8')) : namesIn(readFileSync(file, 'utf8'));
console.log(heldNow() - before);
// Used here, so that it is not gone before.
process.exitCode = kept ? 0 : 1;

function readWithText(text: string): object {
  const index = new FindingsIndex([readFindings(text, file, today)]);
  const [somebody] = index.find(SOMEBODY);
  return { text, index, one: somebody && index.findingsOf(somebody) };
}

function namesIn(text: string): string[] {
  const answers: readonly Answer[] = JSON.parse(text);
  return answers.flatMap(({ findingDetails }) =>
    findingDetails.flatMap(({ unusedPermissionDetails }) =>
      unusedPermissionDetails.actions.map(({ action }) => action),
    ),
  );
}

function heldNow(): number {
  for (let round = 0; round < 3; round++) globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
