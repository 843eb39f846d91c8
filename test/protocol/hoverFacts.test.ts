import assert from 'node:assert/strict';
import { test } from 'node:test';
import { unusedPermission } from '../fixtures/findings/getFindingV2.ts';
import { actionLevel, serviceLevel } from '../fixtures/findings/lastAccessed.ts';
import { type ClientOptions, startClient } from './support/client.ts';
import { unescapeMarkdown } from './support/markdown.ts';
import { jsonOf, plainFindings, policyOf } from './support/samples.ts';

// What speaks for removing an action, and against it, is shown where that is decided, for each source of findings.

const DAY = 24 * 60 * 60 * 1000;

const daysAgo = (days: number) => new Date(Date.now() - days * DAY).toISOString();

/** The policy of the role that the fixtures are about. */
const APP = policyOf([
  's3:GetBucketAcl',
  's3:PutBucketAcl',
  's3:GetObject',
  's3:*',
  'sqs:SendMessage',
  'iam:PassRole',
  'kms:Decrypt',
]);

/** A fresh finding of Access Analyzer. */
const fresh = { ...unusedPermission, analyzedAt: daysAgo(1), updatedAt: daysAgo(1) };

/** A fresh last-accessed report, by which of S3 only GetBucketAcl is still in use. */
const [s3, ...others] = actionLevel.ServicesLastAccessed;
const usedNow = { ActionName: 'GetBucketAcl', LastAccessedTime: daysAgo(3) };
const longAgo = { ActionName: 'PutBucketAcl', LastAccessedTime: '2024-03-01T10:00:00Z' };
const report = {
  ...actionLevel,
  JobCreationDate: daysAgo(1),
  JobCompletionDate: daysAgo(1),
  ServicesLastAccessed: [
    {
      ...s3,
      LastAuthenticated: daysAgo(2),
      TrackedActionsLastAccessed: [{ ActionName: 'CreateBucket' }, usedNow, longAgo],
    },
    ...others,
  ],
};

test('A finding shows its id, its day, the window of its analyzer, and the account that it is about', async (t) => {
  const hovers = await hoversOf(t, ['s3:GetBucketAcl'], { 'findings.json': jsonOf(fresh) });
  const day = fresh.analyzedAt.slice(0, 10);
  assert.equal(
    hovers,
    [
      `**Unused** by App: last used on 2024-05-29, analyzed on ${day} (finding \`${fresh.id}\`).`,
      '**Before you remove anything:**\n- The findings are about the account `111111111111`: deployed in another one too, the policy may be in use there',
      '`s3:GetBucketAcl` · Read',
      'Grants permission to use the acl subresource to return the access control list (ACL) of an Amazon S3 bucket',
      '---',
      `\`${fresh.resource}\`, because the file is called 'App.json' · catalogue of CATALOGUE`,
      `- Finding \`${fresh.id}\` in 'findings.json', analyzed on ${day}: it looks back as many days as its analyzer is set to, 1 to 365, and knows of no data events such as \`s3:GetObject\``,
      "AWS's reference of `s3:*`: [s3](https://docs.aws.amazon.com/service-authorization/latest/reference/list_s3.html)",
    ].join('\n\n'),
  );
});

test('Findings of more than 90 days ago are said to be old, where something is to be removed', async (t) => {
  const analyzed = (days: number) => ({
    'findings.json': jsonOf({ ...fresh, analyzedAt: daysAgo(days), updatedAt: daysAgo(days) }),
  });
  assert.doesNotMatch(await hoversOf(t, ['s3:GetBucketAcl', 's3:*'], analyzed(90)), /days old/);
  const old = await hoversOf(t, ['s3:GetBucketAcl', 's3:*'], analyzed(91));
  assert.equal(old.match(/- The findings of \d{4}-\d\d-\d\d are 91 days old/g)?.length, 2);
  assert.doesNotMatch(await hoversOf(t, ['s3:GetObject'], analyzed(91)), /days old|Before you remove/);
});

test('The path of a policy that names the account leaves no doubt of it', async (t) => {
  const hovers = await hoversOf(
    t,
    ['s3:GetBucketAcl'],
    { 'findings.json': jsonOf(fresh) },
    { file: '111111111111/App.json' },
  );
  assert.match(hovers, /\*\*Unused\*\* by App/);
  assert.doesNotMatch(hovers, /Before you remove/);
});

test('Of an action that a finding does not name nobody knows more', async (t) => {
  const hovers = await hoversOf(t, ['s3:GetObject'], { 'findings.json': jsonOf(fresh) });
  assert.match(
    hovers,
    /^Not reported unused: it was used, or AWS does not track it at action level, as no data event such as `s3:GetObject`\.$/m,
  );
});

test('How many days ago is too long is told as the setting says', async (t) => {
  const files = { 'App.last-accessed.json': jsonOf(report) };
  const hovers = await hoversOf(t, ['s3:PutBucketAcl', 's3:GetBucketAcl'], files, { settings: { unusedAccessAge: 1 } });
  assert.match(hovers, /last used on 2024-03-01, more than 1 day before the report of \d{4}-\d\d-\d\d\.$/m);
});

test('A last-accessed report tells what is in use, what AWS does not track, and what it does not list', async (t) => {
  const hovers = await hoversOf(t, ['s3:PutBucketAcl', 's3:GetBucketAcl', 's3:GetObject', 'kms:Decrypt'], {
    'App.last-accessed.json': jsonOf(report),
  });
  assert.match(
    hovers,
    /\*\*Unused\*\* by App: last used on 2024-03-01, more than 90 days before the report of \d{4}-\d\d-\d\d\.$/m,
  );
  assert.match(hovers, new RegExp(`^In use: last used on ${usedNow.LastAccessedTime.slice(0, 10)}\\.$`, 'm'));
  assert.match(hovers, /^Not tracked at action level: the last-accessed report does not list it/m);
  assert.match(hovers, /^Not reported unused: the last-accessed report does not list its service\.$/m);
  assert.match(
    hovers,
    /^- Last-accessed report 'App\.last-accessed\.json' of \d{4}-\d\d-\d\d: AWS looks back up to 400 days, and your setting `iamPolicyRefiner\.unusedAccessAge`/m,
  );
  assert.equal(hovers.match(/does not know since when its role exists/g)?.length, 1, 'where something is unused');
});

test('The hover of a wildcard tells apart what a last-accessed report shows as used, and what it does not track', async (t) => {
  const hover = await hoversOf(t, ['s3:*'], { 'App.last-accessed.json': jsonOf(report) });
  assert.match(hover, /^\*\*Unused:\*\* `s3:CreateBucket`, `s3:PutBucketAcl`$/m);
  assert.match(hover, /^\*\*In use:\*\* `s3:GetBucketAcl`$/m);
  assert.match(hover, /^\*\*Not tracked at action level:\*\* (?:`s3:\w+`, ){39}`s3:\w+` and \d+ more$/m);
  assert.doesNotMatch(hover, /In use, or not tracked/);
});

test('Of the actions of a service-level report none is tracked', async (t) => {
  const { JobCompletionDate } = report;
  const [first, ...rest] = serviceLevel.ServicesLastAccessed;
  const ServicesLastAccessed = [{ ...first, LastAuthenticated: daysAgo(2) }, ...rest];
  const hovers = await hoversOf(t, ['s3:GetBucketAcl', 'sqs:SendMessage'], {
    'App.last-accessed.json': jsonOf({ ...serviceLevel, JobCompletionDate, ServicesLastAccessed }),
  });
  assert.match(hovers, /^Not tracked at action level/m);
  assert.match(hovers, /^\*\*Unused\*\* by App: never used in the tracked time/m);
});

test('A finding and a report beside each other are both shown', async (t) => {
  const hover = await hoversOf(t, ['s3:PutBucketAcl'], {
    'findings.json': jsonOf(fresh),
    'App.last-accessed.json': jsonOf(report),
  });
  assert.match(hover, /^- Finding `aaaaaaaa-1111-/m);
  assert.match(hover, /^- Last-accessed report 'App\.last-accessed\.json'/m);
});

test('A plain list is said to tell nothing of its age', async (t) => {
  const hover = await hoversOf(t, ['s3:GetBucketAcl'], { 'findings.json': plainFindings({ s3: ['GetBucketAcl'] }) });
  assert.match(hover, /^\*\*Unused\*\*\.$/m);
  assert.match(hover, /^- List 'findings\.json', which tells neither when it was made nor how far it looks back$/m);
  assert.doesNotMatch(hover, /Before you remove/);
});

test('What the setting keeps is said to be kept, whatever the findings report', async (t) => {
  const hovers = await hoversOf(
    t,
    ['s3:GetBucketAcl', 's3:*'],
    { 'findings.json': jsonOf(fresh) },
    { settings: { keep: ['S3:getbucket*'] } },
  );
  assert.match(hovers, /^Kept by your setting `iamPolicyRefiner\.keep`, whatever the findings report\.$/m);
  assert.match(hovers, /^\*\*Kept by your setting `iamPolicyRefiner\.keep`:\*\* .*`s3:GetBucketAcl`/m);
});

test('Of iam:PassRole the hover says that AWS never tracks it', async (t) => {
  const named = await hoversOf(t, ['iam:PassRole'], { 'findings.json': jsonOf(fresh) });
  assert.match(named, /AWS never tracks `iam:PassRole`, so it reports nothing of its use/);
  const whole = { ...fresh, findingDetails: [{ unusedPermissionDetails: { serviceNamespace: 'iam' } }] };
  const files = { 'findings.json': jsonOf(whole) };
  const wildcard = await hoversOf(t, ['iam:*'], files, { text: policyOf(['iam:*']) });
  assert.match(wildcard, /a report that all of `iam` is unused does not make it unused/);
});

/** What is asked, beside the findings. */
interface Asked extends Pick<ClientOptions, 'settings'> {
  readonly file?: string;
  readonly text?: string;
}

/** The hovers over these entries of a policy, one after another, without escapes, and with the catalogue's day left out. */
async function hoversOf(
  t: Parameters<typeof startClient>[0],
  entries: readonly string[],
  findings: Readonly<Record<string, string>>,
  { file = 'App.json', text = APP, ...options }: Asked = {},
): Promise<string> {
  const client = await startClient(t, { files: { [file]: text, ...findings }, ...options });
  const document = await client.open(file);
  const hovers = await Promise.all(entries.map((entry) => document.hover(`"${entry}"`)));
  for (const [index, hover] of hovers.entries()) assert(hover !== undefined, `no hover over ${entries[index]}`);
  return unescapeMarkdown(hovers.join('\n\n')).replace(/catalogue of [\d-]+/g, 'catalogue of CATALOGUE');
}
