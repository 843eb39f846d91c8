import { explainFileError } from '../node/fileErrors.ts';
import type { Reporter } from './reporter.ts';

/** The exit status that a shell gives for a program that SIGPIPE (signal 13) ended; Node turns that signal into an error. */
const ENDED_BY_SIGPIPE = 128 + 13;

/**
 * Ends the process when nobody takes its output. Who stops reading early, as `head` does, hears nothing: it ends as other tools
 * do then, and not with a status that would say that all was done. Anything else, such as a full disk, is an error.
 */
export function endWhenOutputFails(reporter: Reporter): void {
  process.stderr.on('error', ({ code }: NodeJS.ErrnoException) =>
    process.exit(code === 'EPIPE' ? ENDED_BY_SIGPIPE : 2),
  );
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(ENDED_BY_SIGPIPE);
    reporter.error(`standard output: ${explainFileError(error)}`);
    process.exit(reporter.status);
  });
}
