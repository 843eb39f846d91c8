import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Client, startClient } from './support/client.ts';
import { unescapeMarkdown } from './support/markdown.ts';
import { jsonOf, policyOf, roleArn } from './support/samples.ts';

/** An answer of `aws iam get-service-last-accessed-details`: the actions of S3 that AWS tracks, and which were used. */
function report(used: Readonly<Record<string, boolean>>, entity?: string): string {
  const lastWeek = '2024-11-13T10:00:00+00:00';
  return jsonOf({
    JobStatus: 'COMPLETED',
    JobType: 'ACTION_LEVEL',
    JobCreationDate: '2024-11-20T10:00:00+00:00',
    JobCompletionDate: '2024-11-20T10:00:04+00:00',
    ServicesLastAccessed: [
      {
        ServiceName: 'Amazon S3',
        ServiceNamespace: 's3',
        LastAuthenticated: lastWeek,
        TotalAuthenticatedEntities: 1,
        ...(entity !== undefined && { LastAuthenticatedEntity: entity }),
        TrackedActionsLastAccessed: Object.entries(used).map(([ActionName, isUsed]) => ({
          ActionName,
          ...(isUsed && { LastAccessedTime: lastWeek, ...(entity !== undefined && { LastAccessedEntity: entity }) }),
        })),
      },
      { ServiceName: 'Amazon SQS', ServiceNamespace: 'sqs', TotalAuthenticatedEntities: 0 },
    ],
  });
}

const ACTIONS = ['s3:GetBucketAcl', 's3:GetBucketPolicy', 's3:GetObject', 'sqs:SendMessage'];

// All that a user needs who has no analyzer: one free report a role, and policies in files or folders named after the roles.
const FILES = {
  'Reader.json': policyOf(ACTIONS),
  'roles/Writer/inline.json': policyOf(ACTIONS),
  'roles/Stranger/inline.json': policyOf(ACTIONS),
  // The principal is told by the file's name here …
  'reports/Reader.last-accessed.json': report({ GetBucketAcl: false, GetBucketPolicy: true }),
  // … and by the report itself here.
  'reports/1.last-accessed.json': report({ GetBucketAcl: true, GetBucketPolicy: false }, roleArn('Writer')),
};

test('With nothing but last-accessed reports, each policy gets the marks of its own role and none of a neighbour', async (t) => {
  const client = await startClient(t, { files: FILES });
  assert.deepEqual(await unusedIn(client, 'Reader.json'), ['s3:GetBucketAcl', 'sqs:SendMessage']);
  assert.deepEqual(await unusedIn(client, 'roles/Writer/inline.json'), ['s3:GetBucketPolicy', 'sqs:SendMessage']);
  assert.deepEqual(await unusedIn(client, 'roles/Stranger/inline.json'), []);
});

test('The hover names the role, and why it is this one', async (t) => {
  const client = await startClient(t, { files: FILES });
  const reader = await client.open('Reader.json');
  assert.match(
    unescapeMarkdown(await reader.hover('s3:GetBucketAcl')),
    /Reader.*because the file is called 'Reader\.json'/s,
  );
  const writer = await client.open('roles/Writer/inline.json');
  assert.match(
    unescapeMarkdown(await writer.hover('s3:GetBucketPolicy')),
    /Writer.*because it lies in the folder 'Writer'/s,
  );
});

test('A marked action leads into the report', async (t) => {
  const client = await startClient(t, { files: FILES });
  const document = await client.open('roles/Writer/inline.json');
  const [first] = await document.diagnostics();
  const [related] = first?.relatedInformation ?? [];
  assert.match(related?.location.uri ?? '', /reports\/1\.last-accessed\.json$/);
});

test('A report and a finding about one role must agree', async (t) => {
  const finding = jsonOf({
    id: 'f',
    resource: roleArn('Reader'),
    status: 'ACTIVE',
    findingDetails: [
      {
        unusedPermissionDetails: {
          serviceNamespace: 's3',
          actions: [{ action: 'GetBucketPolicy' }, { action: 'GetBucketAcl' }],
        },
      },
    ],
  });
  const client = await startClient(t, { files: { ...FILES, 'reports/findings.json': finding } });
  assert.deepEqual(await unusedIn(client, 'Reader.json'), ['s3:GetBucketAcl']);
});

async function unusedIn(client: Client, file: string): Promise<string[]> {
  const document = await client.open(file);
  const diagnostics = await document.diagnostics();
  return diagnostics.map(({ message }) => /^'(.*?)'/.exec(String(message))?.[1] ?? String(message));
}
