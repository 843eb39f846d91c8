import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Folder, policy, policyOf, refined } from '../support/cli.ts';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const REFINE = `"${process.execPath}" "${CLI}" refine disk --findings unused.json --catalogue catalogue.json --write`;

/** What starts a shell that may mount a disk. Nobody else sees that disk, and it goes with the shell. */
const PRIVATE_MOUNTS: readonly (readonly string[])[] = [
  ['unshare', '--map-root-user', '--mount'],
  // Some systems let root alone do that.
  ['unshare', '--mount'],
];
const privateMounts = PRIVATE_MOUNTS.find(
  ([program = '', ...args]) => spawnSync(program, [...args, 'mount', '-t', 'tmpfs', 'none', '/tmp']).status === 0,
);

/** Why there may be no room for a file, and how that comes about. */
interface Shortage {
  readonly reason: string;
  /** What starts the shell. */
  readonly start?: readonly string[];
  /** What makes the disk. */
  readonly mount?: string;
  /** What holds for the command line only. */
  readonly limit?: string;
}

const shortages: Readonly<Record<string, Shortage>> = {
  // This one can be had everywhere: it makes the same call fail, halfway through the file.
  'would be larger than files may be': {
    reason: 'it would be larger than the system allows',
    limit: 'ulimit -f 16',
  },
  ...(privateMounts && {
    'has no room on its disk': {
      reason: 'no space is left on the device',
      start: privateMounts,
      mount: 'mount -t tmpfs -o size=64k none disk',
    },
  }),
};

/** A policy so large that its refined text does not fit beside it. */
const large = policyOf('s3:PutObject', ...Array.from({ length: 2_000 }, () => 's3:ListBucket'));

describe('With --write, a file', () => {
  for (const [name, { reason, start = [], mount = ':', limit = ':' }] of Object.entries(shortages)) {
    test(`that ${name} stays as it is and is named, and the others are written`, (t) => {
      const folder = new Folder(t, { 'old/a.json': policy, 'old/b.json': large, 'old/c.json': policy });
      for (const at of ['disk', 'new']) mkdirSync(folder.at(at));
      const script = `set -e
        ${mount}
        cp old/* disk
        status=0
        (${limit} && ${REFINE}) || status=$?
        cp -a disk/. new
        exit $status`;
      const [program, ...args] = [...start, 'sh', '-c', script] as const;
      const { status, stderr } = spawnSync(program, args, { cwd: folder.path, encoding: 'utf8' });
      const problems = stderr.split('\n').filter((line) => line.includes('error:'));
      assert.deepEqual(problems, [`iam-policy-refiner: error: disk/b.json: ${reason}`]);
      assert.equal(status, 2);
      assert.deepEqual(readdirSync(folder.at('new')).sort(), ['a.json', 'b.json', 'c.json']);
      assert.equal(folder.read('new/b.json'), large);
      for (const file of ['new/a.json', 'new/c.json']) assert.equal(folder.read(file), refined);
    });
  }
});
