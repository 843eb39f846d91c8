import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Folder, policy, policyOf, refined } from '../support/cli.ts';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const REFINE = `"${process.execPath}" "${CLI}" refine disk --findings unused.json --catalogue catalogue.json --write`;

/** Mounts a disk of 64 KB, in a mount namespace of its own: nobody else sees it, and it goes with the shell. */
const NAMESPACES: readonly (readonly string[])[] = [
  ['unshare', '--map-root-user', '--mount'],
  // Some systems let root alone do that.
  ['unshare', '--mount'],
];
const namespace = NAMESPACES.find(([program = '', ...args]) => {
  const mount = 'mount -t tmpfs none "$(mktemp -d)"';
  return spawnSync(program, [...args, 'sh', '-c', mount]).status === 0;
});

/** A policy so large that its refined text does not fit beside it. */
const large = policyOf('s3:PutObject', ...Array.from({ length: 2_000 }, () => 's3:ListBucket'));

/** Ways in which there may be no room for a file: what makes it so, before `refine` is run on the folder `disk`. */
const ways: readonly (readonly [name: string, shell: readonly string[], prepare: string, reason: string])[] = [
  // Everywhere; what fails is the same call, halfway through the file.
  [
    'would be larger than files may be',
    ['sh', '-c'],
    'cp files/* disk; ulimit -f 16',
    'it would be larger than the system allows',
  ],
  ...(namespace
    ? ([
        [
          'has no room on its disk',
          [...namespace, 'sh', '-c'],
          'mount -t tmpfs -o size=64k none disk; cp files/* disk',
          'no space is left on the device',
        ],
      ] as const)
    : []),
];

describe('With --write, a file', () => {
  for (const [name, [program = '', ...args], prepare, reason] of ways) {
    test(`that ${name} stays as it is and is named, and the others are written`, (t) => {
      const files = { 'a.json': policy, 'b.json': large, 'c.json': policy };
      const folder = new Folder(
        t,
        Object.fromEntries(Object.entries(files).map(([at, text]) => [`files/${at}`, text])),
      );
      for (const at of ['disk', 'after']) mkdirSync(folder.at(at));
      const script = `set -e; ${prepare}; s=0; ${REFINE} || s=$?; ulimit -S -f unlimited; cp -a disk/. after; exit $s`;
      const { status, stderr } = spawnSync(program, [...args, script], { cwd: folder.path, encoding: 'utf8' });
      const problems = stderr.split('\n').filter((line) => line.includes('error:'));
      assert.deepEqual(problems, [`iam-policy-refiner: error: disk/b.json: ${reason}`]);
      assert.equal(status, 2);
      assert.deepEqual(readdirSync(folder.at('after')).sort(), Object.keys(files));
      assert.equal(folder.read('after/b.json'), large);
      for (const at of ['a.json', 'c.json']) assert.equal(folder.read(`after/${at}`), refined);
    });
  }
});
