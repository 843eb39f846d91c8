import { setImmediate } from 'node:timers/promises';

/**
 * From now on a signal to end waits until nothing is half done, that is, for the next `betweenFiles`, so that no temporary file
 * is left. Then the process ends by that signal, as it would have at once: shells and scripts want to know that it was one.
 */
export function endBetweenFiles(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => process.kill(process.pid, signal));
  }
}

/** The moment between two files at which a signal ends the process: reading and writing files lets none through. */
export function betweenFiles(): Promise<void> {
  return setImmediate();
}
