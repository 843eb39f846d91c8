import { type Command, InvalidArgumentError } from 'commander';
import { CONFIG_NAME } from '../protocol.ts';
import { DEFAULT_UNUSED_ACCESS_AGE } from '../service/findings/age.ts';

/** Adds the argument and the options of every command that looks at policies: see `AnalysisOptions`. */
export function addAnalysisOptions(command: Command, paths = '<path...>'): Command {
  return command
    .argument(paths, 'policy files, folders of them, or - for standard input')
    .option(
      '-f, --findings <file...>',
      'findings files: answers of `aws accessanalyzer get-finding-v2`, last-accessed reports, or a list of unused permissions; without it, those that the configuration file names',
    )
    .option('-p, --principal <name...>', 'apply the findings of these roles or users (name or ARN) to every policy', [])
    .option('-k, --keep <pattern...>', "actions never to report nor remove, such as 's3:Get*'", [])
    .option(
      '--unused-access-age <days>',
      'in last-accessed reports, what was last used longer ago than that is unused, counted back from the report',
      readDays,
      DEFAULT_UNUSED_ACCESS_AGE,
    )
    .option('--exact', 'list the kept actions of a wildcard one by one, without wildcards', false)
    .option('-j, --jobs <n>', 'look at files on so many threads; without it, on all cores where that pays', readJobs)
    .option('--catalogue <file>', 'use this catalogue of AWS actions instead of the built-in one')
    .option(
      '--config <file>',
      `use these settings; without it, the nearest ${CONFIG_NAME} of the working folder and those above`,
    );
}

/** The value of an option that is a number of things. */
export function readCount(value: string): number {
  if (!/^\d{1,9}$/.test(value)) throw new InvalidArgumentError('It is a whole number, such as 0 or 25.');
  return Number(value);
}

function readJobs(value: string): number {
  if (!/^[1-9]\d{0,2}$/.test(value)) throw new InvalidArgumentError('It is a number of threads from 1 to 999.');
  return Number(value);
}

function readDays(value: string): number {
  if (!/^\d{1,5}$/.test(value)) throw new InvalidArgumentError('It is a number of days, such as 90.');
  return Number(value);
}
