import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { unknownNames } from '../../../server/src/service/diagnostics/unknownNames.ts';
import { readFindings } from '../../../server/src/service/findings/read.ts';
import { JsonLocator } from '../../../server/src/service/json/locate.ts';
import { catalogueWith } from '../../support/catalogues.ts';

// Names that the catalogue does not know are marked in the findings file: a spelling mistake has no effect, and no other sign.

const catalogue = catalogueWith({ s3: ['GetObject', 'PutObject'] });

/** The marks, as text: what is marked, and the message without what all of them say. */
function marksOf(value: unknown, space?: number): string[] {
  const text = JSON.stringify(value, null, space);
  const locator = new JsonLocator(text);
  const file = readFindings(text, 'findings.json', catalogue);
  return unknownNames(file, catalogue, 90, locator).map(({ code, isNotice, at, message }) => {
    assert.deepEqual([code, isNotice, typeof at], ['invalid-findings', true, 'object']);
    const { start, end } = typeof at === 'number' ? { start: at, end: at } : locator.locate(at);
    const said = message.replace(' is not known to the catalogue of 2026-01-01; see that it is spelled right', '');
    return `${text.slice(start, end)} — ${said}`;
  });
}

const WILDCARDS = 'Nothing of it can be rewritten, unless the whole service is unused: its wildcards are only marked';
const WHOLE = 'Its entries can go, because the whole service is unused';
const ACTION = "Fixes for wildcards of 's3' say so and are not preferred";

const detail = (unusedPermissionDetails: object) => ({ findingDetails: [{ unusedPermissionDetails }] });

const report = (...ServicesLastAccessed: object[]) => ({
  JobStatus: 'COMPLETED',
  JobType: 'ACTION_LEVEL',
  JobCompletionDate: '2024-11-20T00:00:00Z',
  ServicesLastAccessed,
});

describe('Marked is', () => {
  const cases: Readonly<Record<string, [findings: unknown, marks: readonly string[]]>> = {
    'a service of a plain list': [
      [{ actions: ['GetObject'], serviceNamespace: 's33' }],
      [`"s33" — The service 's33'. ${WILDCARDS}`],
    ],
    'a service that is unused as a whole': [[{ serviceNamespace: 's33' }], [`"s33" — The service 's33'. ${WHOLE}`]],
    'a service of a finding': [
      detail({ serviceNamespace: 's33', actions: [{ action: 'GetObject' }] }),
      [`"s33" — The service 's33'. ${WILDCARDS}`],
    ],
    'a service in another spelling of the export': [
      [{ service_namespace: 's33' }],
      [`"s33" — The service 's33'. ${WHOLE}`],
    ],
    'a service that a last-accessed report shows as unused': [
      report({ ServiceName: 'Nine', ServiceNamespace: 's39', TotalAuthenticatedEntities: 0 }),
      [`"s39" — The service 's39'. ${WHOLE}`],
    ],
    'an action of a service that is known': [
      [{ serviceNamespace: 's3', actions: ['GetObject', 'GetObjekt'] }],
      [`"GetObjekt" — The action 's3:GetObjekt'. ${ACTION}`],
    ],
    'an action in a list with something odd before it': [
      [{ serviceNamespace: 's3', actions: [1, 's3:GetObjekt'] }],
      [`"s3:GetObjekt" — The action 's3:GetObjekt'. ${ACTION}`],
    ],
    'an action of a finding': [
      detail({ serviceNamespace: 's3', actions: [{ lastAccessed: '2024-01-01', action: 'GetObjekt' }] }),
      [`"GetObjekt" — The action 's3:GetObjekt'. ${ACTION}`],
    ],
    'each name once, however it is spelled': [
      [{ serviceNamespace: 's33' }, { serviceNamespace: 'S33', actions: ['A'] }],
      [`"s33" — The service 's33'. ${WHOLE}`],
    ],
  };
  for (const [name, [findings, marks]] of Object.entries(cases)) {
    test(name, () => {
      for (const space of [0, 2]) assert.deepEqual(marksOf(findings, space), marks);
    });
  }
});

describe('Nothing is marked', () => {
  const cases: Readonly<Record<string, unknown>> = {
    'where all is known, in any case': [{ serviceNamespace: 'S3', actions: ['getobject'] }],
    'of a role that uses nothing': { findingDetails: [{ unusedIamRoleDetails: {} }] },
    'of a finding that is RESOLVED': { ...detail({ serviceNamespace: 's33' }), status: 'RESOLVED' },
    'of a service that a last-accessed report shows as used': report({
      ServiceNamespace: 's39',
      LastAuthenticated: '2024-11-19T00:00:00Z',
      TotalAuthenticatedEntities: 1,
    }),
  };
  for (const [name, findings] of Object.entries(cases)) test(name, () => assert.deepEqual(marksOf(findings), []));
});

test('Of many unknown names the first are marked', () => {
  const marks = marksOf([{ serviceNamespace: 's3', actions: Array.from({ length: 1000 }, (_, i) => `Odd${i}`) }]);
  assert.equal(marks.length, 101);
  assert.equal(marks.at(-1), '"Odd100" — More unknown names are not listed');
});
