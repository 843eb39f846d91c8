import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { DiskLooks } from '../../../server/src/workspace/diskLooks.ts';

describe('Looks at the disk', () => {
  let time = 0;
  let looks = 0;
  let changes = 0;
  let end: { resolve: (hasChanged: boolean) => void; reject: () => void };
  let disk: DiskLooks;
  const settled = () => new Promise((resume) => setImmediate(resume));

  beforeEach(() => {
    [time, looks, changes] = [0, 0, 0];
    const look = () => {
      looks++;
      return new Promise<boolean>((resolve, reject) => {
        end = { resolve, reject };
      });
    };
    const onChanged = () => {
      changes++;
    };
    disk = new DiskLooks(look, onChanged, () => time);
  });

  /** How many looks there are when one is asked for at a time. */
  const at = (milliseconds: number) => {
    time = milliseconds;
    disk.soon();
    return looks;
  };

  test('wait a second at first and between them', async () => {
    assert.deepEqual([at(0), at(999), at(1000)], [0, 0, 1]);
    end.resolve(false);
    await settled();
    assert.deepEqual([at(1999), at(2000)], [1, 2]);
  });

  test('never overlap, and take a twentieth of the time at most', async () => {
    assert.deepEqual([at(1000), at(5000)], [1, 1]);
    time = 2000;
    end.resolve(false);
    await settled();
    assert.deepEqual([at(21_999), at(22_000)], [1, 2]);
  });

  test('tell of changes, and of nothing else', async () => {
    at(1000);
    end.resolve(true);
    await settled();
    assert.equal(changes, 1);
    at(2000);
    end.resolve(false);
    await settled();
    assert.equal(changes, 1);
  });

  test('go on after one that failed', async () => {
    at(1000);
    end.reject();
    await settled();
    assert.deepEqual([at(1999), at(2000), changes], [1, 2, 0]);
  });
});
