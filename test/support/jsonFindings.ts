import { NameList } from '../../server/src/service/actions/nameList.ts';
import { type CombinedFindings, combineFindings, toReports } from '../../server/src/service/findings/combine.ts';
import type { Finding, FindingsFile, ServiceReport } from '../../server/src/service/findings/finding.ts';
import type { FindingsProblem } from '../../server/src/service/findings/problem.ts';
import { readFindings } from '../../server/src/service/findings/read.ts';
import { today } from './catalogues.ts';

/** What a reader makes of a value, as text: a line a finding, and below it a line a service and then a problem. */
export function describeFindings(value: unknown): string {
  return describeFile(readFindings(JSON.stringify(value), 'findings.json', today));
}

/** The same of a file that was read. */
export function describeFile({ recognised, findings, problems }: FindingsFile): string {
  const lines = findings.flatMap((finding) => [describeFinding(finding), ...finding.services.map(describeService)]);
  return [...(recognised ? [] : ['unknown']), ...lines, ...problems.map(describeProblem)].join('\n');
}

/** The problems of a file that was read, as text: a line each. */
export function describeProblems({ problems }: FindingsFile): string {
  return problems.map(describeProblem).join('\n');
}

function describeProblem({ code, at, message }: FindingsProblem): string {
  return `${LABELS[code]} at ${describePlace(at)}: ${message}`;
}

const LABELS = {
  'invalid-findings': 'problem',
  'findings-without-actions': 'without actions',
  'truncated-findings': 'truncated',
} as const;

/** `/0/actions`; in a file of several values with the offset of the value before it. */
function describePlace(at: FindingsProblem['at']): string {
  if (typeof at === 'number') return String(at);
  return `${at.offset === 0 ? '' : at.offset}/${at.path.join('/')}`;
}

/** What findings say together, as text: `s3: GetObject PutObject`, `ec2: whole`. */
export function describeCombined(combined: CombinedFindings | undefined): string {
  if (!combined) return 'nothing';
  const services = new Map<string, string[]>();
  for (const { service, actions } of toReports(combined)) {
    services.set(service, [...(services.get(service) ?? []), ...(actions === 'whole' ? ['whole'] : actions)]);
  }
  return [...services]
    .map(([service, names]) => `${service}: ${distinct(names).join(' ')}`)
    .sort()
    .join('; ');
}

/** Names as findings compare them: in lower case, each once, sorted. */
function distinct(names: readonly string[]): string[] {
  return [...new Set(names.map((name) => name.toLowerCase()))].sort();
}

/** What these findings say together, as text. */
export function combined(...findings: readonly Finding[]): string {
  return describeCombined(combineFindings(findings));
}

/** What is reported unused, as a test writes it: `{s3: ['GetObject'], sqs: 'whole'}`. */
export type Unused = Readonly<Record<string, 'whole' | readonly string[]>>;

/** A finding as a reader would make it. */
export function finding(unused: Unused, more: Partial<Finding> = {}): Finding {
  const services = Object.entries(unused).map(([service, actions], index): ServiceReport => {
    const place = { offset: 0, path: ['findingDetails', index] };
    if (actions === 'whole') return { service, actions, place };
    return { service, actions: { names: listOf(service, actions), list: 'actions' }, place };
  });
  return { active: true, services, file: 'findings.json', ...more };
}

/** Names as a reader would list them. */
export function listOf(service: string, names: readonly string[]): NameList {
  const list = new NameList(today.service(service));
  for (const name of names) if (!list.addKnown(name)) list.addUnknown(name);
  return list;
}

/** An answer of `aws accessanalyzer get-finding-v2`, as AWS writes it. */
export function answer(principal: string, unused: Unused, more: object = {}): object {
  return {
    id: `finding-of-${principal}`,
    resource: principal,
    resourceType: principal.includes(':user/') ? 'AWS::IAM::User' : 'AWS::IAM::Role',
    resourceOwnerAccount: principal.split(':')[4],
    status: 'ACTIVE',
    findingType: 'UnusedPermission',
    analyzedAt: '2024-11-20T00:00:00Z',
    createdAt: '2024-11-01T00:00:00Z',
    updatedAt: '2024-11-20T00:00:00Z',
    findingDetails: Object.entries(unused).map(([serviceNamespace, actions]) => ({
      unusedPermissionDetails: {
        serviceNamespace,
        ...(actions !== 'whole' && { actions: actions.map((action) => ({ action })) }),
      },
    })),
    ...more,
  };
}

function describeFinding({ id, principal, active, analyzedAt, updatedAt }: Finding): string {
  const parts = [principal ?? 'nobody', active ? '' : 'inactive', id && `id ${id}`];
  const dates = [analyzedAt && `analyzed ${analyzedAt}`, updatedAt && `updated ${updatedAt}`];
  return [...parts, ...dates].filter(Boolean).join(', ');
}

function describeService({ service, actions, lastAccessed }: ServiceReport): string {
  const names =
    actions === 'whole'
      ? ['whole']
      : [...actions.names].map((name, index) => {
          const last = actions.lastAccessed?.[index];
          return last ? `${name} (${last})` : name;
        });
  return `  ${service}: ${names.join(' ')}${lastAccessed ? ` (${lastAccessed})` : ''}`;
}
