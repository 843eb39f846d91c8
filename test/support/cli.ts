import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { asPlainUser } from './plainUser.ts';

/** The command line. */
export const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
if (!existsSync(CLI))
  throw new Error('dist/cli.js is missing. These tests run the bundle: make it with `npm run build`');

/** What a run of the command line left behind. */
export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder of its own for one test, with the files that most tests need, and the command line run inside it. */
export class Folder {
  readonly path: string;

  /** @param files further files, by their path */
  constructor(t: TestContext, files: Readonly<Record<string, string | Uint8Array>> = {}) {
    this.path = mkdtempSync(path.join(tmpdir(), 'iam-policy-refiner-'));
    t.after(() => rmSync(this.path, { recursive: true }));
    this.write({ 'catalogue.json': catalogue, 'policy.json': policy, 'unused.json': unused, ...files });
  }

  /**
   * Runs `iam-policy-refiner` with these arguments: a list, or a text divided by spaces.
   * @param cwd a folder inside this one to run it in
   * @param env what the environment has beside that of whoever runs the tests
   */
  run(
    command: string | readonly string[],
    input: string | Uint8Array = '',
    cwd = '',
    env: NodeJS.ProcessEnv = {},
  ): Run {
    return runIn(this.at(cwd), process.execPath, [CLI, ...words(command)], input, env);
  }

  /** Runs `iam-policy-refiner` as somebody for whom a file's mode counts, even where root runs the tests. */
  runAsPlainUser(command: string): Run {
    return runIn(this.path, ...asPlainUser(process.execPath, [CLI, ...words(command)]));
  }

  /** Runs `iam-policy-refiner refine` with the small catalogue. */
  refine(command: string | readonly string[], input?: string | Uint8Array): Run {
    return this.run(['refine', ...words(command), '--catalogue', 'catalogue.json'], input);
  }

  /** Runs `iam-policy-refiner check` with the small catalogue. */
  check(command: string | readonly string[], input?: string): Run {
    return this.run(['check', ...words(command), '--catalogue', 'catalogue.json'], input);
  }

  /** Runs `iam-policy-refiner` and stops reading its output after the first bytes, as `head` does. */
  async runAndHangUp(command: string): Promise<Run> {
    const child = this.start(command);
    let stderr = '';
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    const first = new Promise<string>((resolve) => child.stdout.once('data', (chunk) => resolve(String(chunk[0]))));
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    const stdout = await Promise.race([first, ended.then(() => '')]);
    child.stdout.destroy();
    return { status: await ended, stdout, stderr };
  }

  /** Starts `iam-policy-refiner`, and does not wait for its end. */
  start(command: string): ChildProcessWithoutNullStreams {
    return spawn(process.execPath, [CLI, ...words(command)], { cwd: this.path });
  }

  /** Runs git, without the settings of whoever runs the tests. */
  git(args: readonly string[], input = ''): Run {
    const { status, stdout, stderr } = spawnSync('git', args, {
      cwd: this.path,
      input,
      encoding: 'utf8',
      env: {
        ...process.env,
        GIT_CONFIG_GLOBAL: '/dev/null',
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_CEILING_DIRECTORIES: tmpdir(),
      },
    });
    return { status, stdout, stderr };
  }

  write(files: Readonly<Record<string, string | Uint8Array>>): void {
    for (const [file, content] of Object.entries(files)) {
      mkdirSync(path.dirname(this.at(file)), { recursive: true });
      writeFileSync(this.at(file), content);
    }
  }

  read(file: string): string {
    return readFileSync(this.at(file), 'utf8');
  }

  at(file: string): string {
    return path.join(this.path, file);
  }
}

/** A catalogue so small that one sees what is granted. */
export const catalogue = JSON.stringify({
  date: '2026-01-01',
  services: {
    s3: ['GetBucketAcl', 'GetObject', 'GetObjectAcl', 'ListBucket', 'PutObject'],
    ec2: ['DescribeInstances', 'RunInstances'],
    iam: ['GetRole', 'PassRole'],
  },
});

/** Findings that name nobody. */
export const unused = JSON.stringify([{ serviceNamespace: 's3', actions: ['GetBucketAcl', 'PutObject'] }]);

/** A policy to which they speak. */
export const policy = policyOf('s3:Get*', 's3:PutObject');

/** The same policy after it has been refined. */
export const refined = policyOf('s3:GetObject*');

/** A policy with one statement of these actions. */
export function policyOf(...actions: readonly string[]): string {
  return `${JSON.stringify({ Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] }, null, 2)}\n`;
}

function runIn(
  cwd: string,
  program: string,
  args: readonly string[],
  input: string | Uint8Array = '',
  env: NodeJS.ProcessEnv = {},
): Run {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd,
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    // What a workflow says of its repository holds for no folder of a test.
    env: { ...process.env, GITHUB_WORKSPACE: undefined, NO_COLOR: '1', ...env },
  });
  if (error) throw error;
  return { status, stdout, stderr };
}

function words(command: string | readonly string[]): readonly string[] {
  return typeof command === 'string' ? command.split(' ') : command;
}
