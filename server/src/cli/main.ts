import { isMainThread } from 'node:worker_threads';
import { Command, Option } from 'commander';
import { version } from '../../../package.json';
import { stackOf } from '../messageOf.ts';
import { builtInCatalogue } from '../node/catalogue.ts';
import { DEFAULT_SETTINGS } from '../protocol.ts';
import { applyConfig, type GivenOptions } from './applyConfig.ts';
import { BufferedOutput } from './bufferedOutput.ts';
import { CHECK_FORMATS, type CheckOptions, check } from './check/check.ts';
import { HELP_STYLE, helpBelow } from './help.ts';
import { serve } from './jobs/worker.ts';
import { refineLines } from './ndjson/refineLines.ts';
import { addAnalysisOptions, readCount } from './options.ts';
import { Progress } from './progress.ts';
import { type RefineOptions, refine } from './refine.ts';
import { Reporter } from './reporter.ts';
import type { AnalysisOptions } from './setUp.ts';
import { endWhenOutputFails } from './standardStreams.ts';

/** What `refine` is given. */
type GivenRefineOptions = GivenOptions<AnalysisOptions> & { write?: true; diff?: true; json?: true; ndjson?: true };

/** The process entry of the command line. */
const reporter = new Reporter(process.stderr);

const program = new Command('iam-policy-refiner')
  .description(
    'Removes from AWS IAM policies what IAM Access Analyzer reports as unused, and proves that nothing else changes.',
  )
  .version(version)
  .configureHelp(HELP_STYLE)
  .showHelpAfterError('(add --help for the options)')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));

addAnalysisOptions(program.command('refine'), '[path...]')
  .description(
    'Refine policies by the findings that apply to them. Without --write, --diff or --json the refined text goes to standard output.',
  )
  .addOption(new Option('-w, --write', 'write the refined policies back to their files').conflicts(['diff', 'json']))
  .addOption(new Option('-d, --diff', 'print a unified diff').conflicts(['write', 'json']))
  .addOption(new Option('--json', 'print an object a policy, one a line').conflicts(['write', 'diff']))
  .addOption(
    new Option(
      '--ndjson',
      'be a filter: read {"policy": …, "unused": …} from each line of standard input, and write an object a line',
    ).conflicts(['write', 'diff', 'json', 'jobs']),
  )
  .addHelpText(
    'after',
    helpBelow({ 0: 'done', 2: 'something named could not be used, or a proof refused a refinement' }, [
      'refine policies/ -f exports/*.json --diff',
      'refine policies/MyRole.json -f MyRole.findings.json --write',
      'refine --ndjson < policies.ndjson > refined.ndjson',
    ]),
  )
  .action(async (paths: string[], given: GivenRefineOptions, command: Command) => {
    if (given.ndjson) return filter(paths, given, command);
    if (paths.length === 0) command.error("error: missing required argument 'path'");
    const output = given.write ? 'write' : given.diff ? 'diff' : given.json ? 'json' : 'text';
    const options = await applyConfig<RefineOptions>({ ...given, output }, command, reporter);
    return run((out) => options && refine(paths, options, builtInCatalogue, out, reporter, progress('refining')));
  });

addAnalysisOptions(program.command('check'))
  .description('Say what policies grant that is unused, and what is reported that none of them grants.')
  .addOption(new Option('--format <format>', 'how to say it').choices(CHECK_FORMATS).default('text'))
  .addOption(
    new Option('--severity <severity>', 'how bad sarif and github call what is unused')
      .choices(['error', 'warning', 'information', 'hint'])
      .default(DEFAULT_SETTINGS.severity),
  )
  .option('--max-unused <n>', 'exit with 1 only when more than so many granted actions are unused', readCount, 0)
  .option('--baseline <file>', 'leave out the problems that this file accepts')
  .option('--update-baseline', 'accept all problems that there are now, and write them to that file', false)
  .option('--require-findings', 'fail when no findings apply to a policy', false)
  .addHelpText(
    'after',
    helpBelow(
      {
        0: 'nothing is unused',
        1: 'something is, and more than --max-unused',
        2: 'something named could not be used, a proof refused a refinement, or required findings are missing',
      },
      [
        'check policies/ -f exports/*.json',
        'check . --format sarif > iam.sarif',
        'check . --baseline known.json --update-baseline',
      ],
    ),
  )
  .action(async (paths: string[], given: GivenOptions<CheckOptions>, command: Command) => {
    if (given.updateBaseline && given.baseline === undefined)
      command.error("error: option '--update-baseline' needs the file that '--baseline <file>' names");
    const options = await applyConfig<CheckOptions>(given, command, reporter);
    return run((out) => options && check(paths, options, builtInCatalogue, out, reporter, progress('checking')));
  });

/** `refine --ndjson`. Lines may bring their findings with them, so none need be named. */
async function filter(paths: readonly string[], given: GivenRefineOptions, command: Command): Promise<void> {
  const path = paths.find((other) => other !== '-');
  if (path !== undefined) command.error(`error: option '--ndjson' reads standard input, so '${path}' cannot be given`);
  const findings = given.findings ?? [];
  const options = await applyConfig<AnalysisOptions>({ ...given, findings }, command, reporter);
  return run(() => options && refineLines(process.stdin, process.stdout, options, builtInCatalogue, reporter));
}

async function run(command: (out: BufferedOutput) => Promise<void> | undefined): Promise<void> {
  const out = new BufferedOutput(process.stdout);
  await command(out);
  out.flush();
  process.exitCode = reporter.status;
}

function progress(verb: string): Progress {
  return new Progress(process.stderr, verb);
}

async function begin(): Promise<void> {
  endWhenOutputFails(reporter);
  try {
    await program.parseAsync();
  } catch (error) {
    const [first = '', ...stack] = stackOf(error).split('\n');
    reporter.error(`this should not have happened: ${first}`);
    for (const line of stack) reporter.summary(line);
    process.exitCode = 2;
  }
}

// The threads of `--jobs` run this very file.
if (isMainThread) begin();
else serve(builtInCatalogue);
