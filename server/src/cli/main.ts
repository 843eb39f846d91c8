import { Command, Option } from 'commander';
import { version } from '../../../package.json';
import { builtInCatalogue } from '../node/catalogue.ts';
import { BufferedOutput } from './bufferedOutput.ts';
import { type RefineOptions, refine } from './refine.ts';
import { Reporter } from './reporter.ts';

/** The process entry of the command line. */
const reporter = new Reporter(process.stderr);

const program = new Command('iam-policy-refiner')
  .description(
    'Removes from AWS IAM policies what IAM Access Analyzer reports as unused, and proves that nothing else changes.',
  )
  .version(version)
  .showHelpAfterError('(add --help for the options)')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));

program
  .command('refine')
  .description(
    'Refine policies by the findings that apply to them. Without --write, --diff or --json the refined text goes to standard output.',
  )
  .argument('<path...>', 'policy files, folders of them, or - for standard input')
  .requiredOption(
    '-f, --findings <file...>',
    'findings files: answers of `aws accessanalyzer get-finding-v2`, or a list of unused permissions',
  )
  .option('-p, --principal <name...>', 'apply the findings of these roles or users (name or ARN) to every policy', [])
  .option('-k, --keep <pattern...>', "actions never to remove, such as 's3:Get*'", [])
  .option('--exact', 'list the kept actions of a wildcard one by one, without wildcards', false)
  .option('--catalogue <file>', 'use this catalogue of AWS actions instead of the built-in one')
  .addOption(new Option('-w, --write', 'write the refined policies back to their files').conflicts(['diff', 'json']))
  .addOption(new Option('-d, --diff', 'print a unified diff').conflicts(['write', 'json']))
  .addOption(new Option('--json', 'print an object a policy, one a line').conflicts(['write', 'diff']))
  .addHelpText(
    'after',
    '\nExit status: 0 done; 2 when something named could not be used, or a proof refused a refinement.',
  )
  .action(
    async (paths: string[], given: Omit<RefineOptions, 'output'> & { write?: true; diff?: true; json?: true }) => {
      const output = given.write ? 'write' : given.diff ? 'diff' : given.json ? 'json' : 'text';
      const out = new BufferedOutput(process.stdout);
      await refine(paths, { ...given, output }, builtInCatalogue, out, reporter);
      out.flush();
      process.exitCode = reporter.status;
    },
  );

// Whoever reads our output may stop early, as `head` does. That is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(reporter.status);
  throw error;
});

program.parseAsync().catch((error: unknown) => {
  reporter.error(
    `this should not have happened: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
  );
  process.exitCode = 2;
});
