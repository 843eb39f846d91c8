import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { messageOf } from '../../messageOf.ts';
import type { Catalogue } from '../../service/actions/catalogue.ts';
import { findPrincipals, loadFindings } from '../findings.ts';
import type { Reporter } from '../reporter.ts';
import { type AnalysisOptions, readMeans } from '../setUp.ts';
import { type Answer, answer, type Help, refuse } from './answer.ts';
import { FindingsOfLines } from './findingsOfLines.ts';
import { type Line, readLines } from './lines.ts';
import { type LineName, MAX_LINE_BYTES, readRequest } from './request.ts';
import { Tally } from './tally.ts';
import { UnusableLine } from './unusableLine.ts';

/**
 * `iam-policy-refiner refine --ndjson`: a filter that refines the policy of each line that comes in, and writes a line for it before it
 * takes more than a part of the stream. It holds what one part of the stream needs, however many come. A line that is not usable
 * becomes a row that says why, and the rest goes on.
 */
export async function refineLines(
  input: AsyncIterable<Buffer>,
  output: Writable,
  options: AnalysisOptions,
  builtIn: Catalogue,
  reporter: Reporter,
): Promise<void> {
  const help = await setUpLines(options, builtIn, reporter);
  if (!help) return;
  const tally = new Tally(reporter);
  let number = 0;
  for await (const lines of readLines(input, MAX_LINE_BYTES)) {
    let rows = '';
    for (const line of lines) {
      const made = await answerLine(line, ++number, help);
      if (!made) continue;
      tally.add(number, made);
      rows += `${made.row}\n`;
      // Rows can be a thousand times as long as their lines: of `*` nearly all actions may have to be listed.
      if (rows.length > MAX_HELD) {
        await write(output, rows);
        rows = '';
      }
    }
    if (rows !== '') await write(output, rows);
  }
  tally.report();
}

/** So much text is held back at most before it is written, in UTF-16 units. */
const MAX_HELD = 1 << 20;

/** Writes, and waits where whoever reads does not keep up. */
async function write(output: Writable, text: string): Promise<void> {
  if (!output.write(text)) await once(output, 'drain');
}

/** The row of a line; `undefined` for an empty one. Never rejects: a line must not take the others with it. */
async function answerLine(line: Line, number: number, help: Help): Promise<Answer | undefined> {
  let name: LineName = { line: number };
  try {
    const request = readRequest(line, number);
    if (!request) return undefined;
    name = request.name;
    return 'error' in request ? refuse(name, request.error) : await answer(request, help);
  } catch (error) {
    const reason = error instanceof UnusableLine ? '' : 'this should not have happened: ';
    return refuse(name, reason + messageOf(error));
  }
}

async function setUpLines(options: AnalysisOptions, builtIn: Catalogue, reporter: Reporter): Promise<Help | undefined> {
  const { findings, unusedAccessAge, principal, mapping } = options;
  const means = await readMeans(options, builtIn, reporter);
  const read = await loadFindings(findings, means?.catalogue ?? builtIn, reporter, { unusedAccessAge });
  const common = findings.length > 0 ? read : undefined;
  // Of findings that come with the lines nobody can say yet whom they are about.
  const isSound = !common || (findPrincipals(principal, common, reporter) && common.files.length > 0);
  if (!means || !isSound) return undefined;
  return { findings: new FindingsOfLines(means, common, { unusedAccessAge }), principals: principal, mapping };
}
