import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** What a command left behind. */
export interface Ended {
  readonly status: number;
  /** Both its streams, as they came. */
  readonly log: string;
}

/**
 * Runs a command without standing in the way of a server in this process.
 * @param env what the environment has beside that of whoever runs the tests, in which nothing is left of npm and GitHub
 */
export async function run(
  program: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv = {},
): Promise<Ended> {
  const own = Object.entries(process.env).filter(([name]) => !/^(?:npm|github|runner|input)_/i.test(name));
  const child = spawn(program, args, { cwd, env: { ...Object.fromEntries(own), ...env } });
  child.stdin.end();
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      log += text;
    });
  }
  const [status] = await once(child, 'close');
  return { status, log };
}
