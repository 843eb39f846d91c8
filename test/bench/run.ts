/**
 * Measures what "fast" means here, against something that anybody can picture, and prints a table: `npm run bench`.
 *
 * `npm run bench -- cli star` measures these rows only, and `npm run bench -- attribution FOLDER…` how many policies of other
 * people's repositories are refined. `--write-readme` puts the table of all rows into README.md.
 * A missed goal fails nothing: timings on a busy machine are no tests.
 */
import { existsSync } from 'node:fs';
import { activate } from './rows/activate.ts';
import { article } from './rows/article.ts';
import { attribution } from './rows/attribution.ts';
import { cli } from './rows/cli.ts';
import { findings } from './rows/findings.ts';
import { growth } from './rows/growth.ts';
import { jobs } from './rows/jobs.ts';
import { keystroke } from './rows/keystroke.ts';
import { memory } from './rows/memory.ts';
import { million, ndjson } from './rows/ndjson.ts';
import { star } from './rows/star.ts';
import { start } from './rows/start.ts';
import { template } from './rows/template.ts';
import { terraform } from './rows/terraform.ts';
import { write } from './rows/write.ts';
import { atRoot } from './support/paths.ts';
import { formatTable, writeReadme } from './support/report.ts';
import type { Result, Row } from './support/result.ts';

/** All rows, in the order of the table. */
const ROWS: Readonly<Record<string, Row>> = {
  cli,
  write,
  jobs,
  ndjson,
  star,
  article,
  growth,
  keystroke,
  start,
  activate,
  memory,
  findings,
  template,
  terraform,
};

/** Rows that take too long to be measured where nobody names them: a quarter of an hour. */
const LONG_ROWS: Readonly<Record<string, Row>> = { million };

main(process.argv.slice(2));

async function main(words: readonly string[]): Promise<void> {
  if (words[0] === 'attribution') return measureAttribution(words.slice(1));
  const names = words.filter((word) => !word.startsWith('-'));
  const all = { ...ROWS, ...LONG_ROWS };
  const wrong = words.find((word) => (word.startsWith('-') ? word !== '--write-readme' : !Object.hasOwn(all, word)));
  const toReadme = words.includes('--write-readme');
  if (wrong !== undefined) refuse(`'${wrong}' is no row: choose of ${Object.keys(all).join(', ')}`);
  if (toReadme && names.length > 0) refuse('--write-readme needs all rows: name none');
  if (!existsSync(atRoot('dist/server.js'))) refuse('dist/ is missing: the bundles are measured. Run `npm run build`');

  const results: Result[] = [];
  for (const [name, measure] of Object.entries(names.length > 0 ? all : ROWS)) {
    if (names.length > 0 && !names.includes(name)) continue;
    console.error(`Measuring ${name} …`);
    results.push(...(await measure()));
  }
  const table = formatTable(results);
  console.log(`\n${table}\n`);
  for (const { work, ratio, measured, goal } of results.filter(({ reached }) => !reached))
    console.log(`Goal missed: ${work}: ${ratio || measured}, goal ${goal}`);
  if (toReadme) await writeReadme(table);
}

/** It counts policies of others' folders, and takes no time. */
async function measureAttribution(folders: readonly string[]): Promise<void> {
  const missing = folders.find((folder) => !existsSync(folder));
  if (missing !== undefined) refuse(`there is no folder '${missing}'`);
  console.log(`\n${formatTable(await attribution(folders))}\n`);
}

function refuse(message: string): never {
  console.error(message);
  process.exit(2);
}
