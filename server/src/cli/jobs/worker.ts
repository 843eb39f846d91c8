import { Writable } from 'node:stream';
import { parentPort, workerData } from 'node:worker_threads';
import type { Catalogue } from '../../service/actions/catalogue.ts';
import { lookOfCheck } from '../check/lookOfCheck.ts';
import { FileAnalyzer } from '../fileAnalyzer.ts';
import { lookOfRefine } from '../lookOfRefine.ts';
import { Reporter } from '../reporter.ts';
import { type AnalysisOptions, setUp } from '../setUp.ts';
import { type Look, reportOn, type Task } from './fileReport.ts';
import { READY, STOP, type ThreadData } from './workerThread.ts';

/** What a thread needs to know to look at files as the thread that started it would. It can be handed to it. */
export interface Work {
  readonly options: AnalysisOptions;
  readonly command:
    | { readonly name: 'refine'; readonly options: Parameters<typeof lookOfRefine>[0] }
    | { readonly name: 'check'; readonly options: Parameters<typeof lookOfCheck>[0] };
}

/** The entry of a thread: reads the findings for itself, then looks at each file that it is handed. */
export async function serve(builtIn: Catalogue): Promise<void> {
  const { data, isStopped } = workerData as ThreadData<Work>;
  const { options, command } = data;
  const setup = await setUp(options, builtIn, new Reporter(NOWHERE));
  if (!setup) throw new Error('the findings can no longer be read');
  const analyzer = new FileAnalyzer(setup);
  const look = (command.name === 'refine' ? lookOfRefine(command.options) : lookOfCheck(command.options)) as Look<
    unknown,
    unknown
  >;
  // One after the other, in the order in which they came.
  let last: Promise<void> = Promise.resolve();
  parentPort?.on('message', (task: Task<unknown> | typeof STOP) => {
    last = last.then(async () => {
      if (task === STOP || Atomics.load(isStopped, 0) === 1) process.exit();
      parentPort?.postMessage(await reportOn(task, analyzer, look));
    });
  });
  parentPort?.postMessage(READY);
}

/** The thread that reads the same says what is wrong with it. */
const NOWHERE = new Writable({ write: (_chunk, _encoding, done) => done() });
