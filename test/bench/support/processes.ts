import { spawnSync } from 'node:child_process';

/** How long a Node program runs, from its start to its end, in milliseconds. Its output goes nowhere. */
export function timeProgram(script: string, args: readonly string[]): number {
  const started = performance.now();
  const { status, error } = spawnSync(process.execPath, [script, ...args], { stdio: ['ignore', 'ignore', 'ignore'] });
  const elapsed = performance.now() - started;
  if (status !== 0) throw new Error(`${script} ended with ${status ?? error}`);
  return elapsed;
}

/** What a Node program writes to its standard output. */
export function outputOf(script: string, args: readonly string[], options: readonly string[] = []): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...options, script, ...args], {
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  if (status !== 0) throw new Error(`${script} ended with ${status}: ${stderr.slice(0, 2000)}`);
  return stdout;
}
