import { setImmediate } from 'node:timers/promises';

/**
 * From now on a signal to end waits until nothing is half done, that is, for the next `betweenFiles`, so that no temporary file
 * is left. Then the process ends by that signal, as it would have at once: shells and scripts want to know that it was one.
 * @param finish lets other threads end what they have begun
 */
export function endBetweenFiles(finish: () => Promise<void>): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => finish().finally(() => process.kill(process.pid, signal)));
  }
}

/** The moment between two files at which a signal ends the process: reading and writing files lets none through. */
export function betweenFiles(): Promise<void> {
  return setImmediate();
}
