import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { getLanguageService, TextDocument } from 'vscode-json-languageservice';
import * as findingV2 from '../../fixtures/findings/getFindingV2.ts';
import * as lastAccessed from '../../fixtures/findings/lastAccessed.ts';
import * as withoutActions from '../../fixtures/findings/withoutActions.ts';

const schema = JSON.parse(
  readFileSync(new URL('../../../schemas/findings.schema.json', import.meta.url), 'utf8'),
) as object;

/** What VS Code's own JSON service says of a findings file. */
async function problemsOf(value: unknown): Promise<string[]> {
  const service = getLanguageService({});
  const document = TextDocument.create('file:///x.findings.json', 'json', 1, JSON.stringify(value));
  const diagnostics = await service.doValidation(document, service.parseJSONDocument(document), {}, schema);
  return diagnostics.map(({ message }) => String(message));
}

describe('The schema of findings files finds nothing wrong', () => {
  const exports = Object.entries({ ...findingV2, ...lastAccessed, ...withoutActions });
  for (const [name, value] of exports) {
    test(`with ${name}`, async () => {
      assert.deepEqual(await problemsOf(value), []);
      assert.deepEqual(await problemsOf([value]), []);
    });
  }

  test('with the plain list', async () => {
    assert.deepEqual(
      await problemsOf([{ serviceNamespace: 's3', actions: ['GetBucketAcl'] }, { serviceNamespace: 'ec2' }]),
      [],
    );
  });

  test("with another tool's file", async () => {
    assert.deepEqual(await problemsOf({ findings: 3, version: '1' }), []);
  });
});

describe('The schema of findings files says what is wrong', () => {
  const cases: Readonly<Record<string, [value: unknown, problem: RegExp]>> = {
    'with a pattern for a name': [[{ serviceNamespace: 's3', actions: ['Get*'] }], /patterns are not taken/],
    'with a text for a list': [[{ serviceNamespace: 's3', actions: 's3:*' }], /array, null/],
    'with a number for a name': [[{ serviceNamespace: 's3', actions: [7] }], /Incorrect type/],
    'with a service that is none': [[{ serviceNamespace: 'Amazon S3' }], /service prefix such as "s3"/],
    'with a status that AWS does not have': [{ findingDetails: [], status: 'DONE' }, /ACTIVE/],
    'in a last-accessed report': [{ JobStatus: 'DONE', ServicesLastAccessed: [] }, /COMPLETED/],
  };
  for (const [name, [value, problem]] of Object.entries(cases))
    test(name, async () => assert.match((await problemsOf(value)).join('\n'), problem));
});
