import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Evidence } from '../../../server/src/service/findings/combine.ts';
import { describeUse } from '../../../server/src/service/wording.ts';

const analyzedAt = '2024-11-20T07:25:34+00:00';
const lastAccessed = '2024-05-29 07:25:34+00:00';

const cases: Readonly<Record<string, [evidence: Partial<Evidence>, wording: string]>> = {
  'an action that was used': [{ lastAccessed, analyzedAt }, 'last used on 2024-05-29, analyzed on 2024-11-20'],
  'an action that never was': [{ analyzedAt }, 'never used in the tracked time, analyzed on 2024-11-20'],
  'a service: the day is not that of the action': [
    { lastAccessed, analyzedAt, scope: 'service' },
    'its service was last used on 2024-05-29, analyzed on 2024-11-20',
  ],
  'a role or user as a whole': [{ lastAccessed, scope: 'principal' }, 'its principal was last used on 2024-05-29'],
  'what a last-accessed report shows as used, too long ago': [
    { lastAccessed, analyzedAt, unusedAccessAge: 90 },
    'last used on 2024-05-29, more than 90 days before the report of 2024-11-20',
  ],
  'a list without any date': [{}, 'reported unused'],
};

for (const [what, [evidence, wording]] of Object.entries(cases)) {
  test(`The last use of ${what}`, () => {
    assert.equal(describeUse({ file: 'f.json', place: { offset: 0, path: [] }, ...evidence }), wording);
  });
}
