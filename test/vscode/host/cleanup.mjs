const interrupted = 130; // Exit code, as of a shell.

/**
 * Gives a stack of what is to be undone: `add(undo)` puts a function on it, `run()` calls them all, the last one first,
 * and resolves when they have ended; a second call awaits the same. On SIGINT, SIGTERM and SIGHUP the stack runs by
 * itself and the process exits, since a signal alone would leave behind whatever has a process group of its own.
 */
export function createCleanup() {
  const undos = [];
  const undoAll = async () => {
    for (const undo of undos.reverse()) await undo();
    for (const signal of signals) process.off(signal, interrupt);
  };
  let running;
  const run = () => (running ??= undoAll());
  const interrupt = () => run().finally(() => process.exit(interrupted));

  // Not `once`: a terminal and test-electron both send SIGINT, and the second one would end the process at once.
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, interrupt);
  return { add: (undo) => void undos.push(undo), run };
}
