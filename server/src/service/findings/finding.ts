import type { NameList } from '../actions/nameList.ts';
import { inside, type JsonPlace } from '../json/locate.ts';
import type { FindingsProblem } from './problem.ts';

/** One unused-access report about one principal. */
export interface Finding {
  /** The finding's id, where its export has one; pages of one export without ids share one that we make up. */
  readonly id?: string;
  /** ARN of the role or user, or its bare name where an export tells no more; absent in exports that name nobody. */
  readonly principal?: string;
  /** Only ACTIVE findings count; an export without a status is taken for ACTIVE. */
  readonly active: boolean;
  /** When AWS analysed the principal, as the export writes it (ISO 8601, more or less). */
  readonly analyzedAt?: string;
  readonly updatedAt?: string;
  /** The window of days that the analysis looked at is the analyzer's own; no export states it. */
  readonly services: readonly ServiceReport[];
  /** Whether it speaks of permissions, and none of its services could be read: then it calls nothing unused. */
  readonly isUnreadable?: true;
  /** A last-accessed report: when what was last used. What of it counts as unused is decided by `age.ts`. */
  readonly usage?: readonly ServiceUsage[];
  /** The file that holds the finding: its path, divided by `/`. */
  readonly file: string;
}

/** What a finding says of one service. */
export interface ServiceReport {
  /** The service prefix; `*` when the finding says that the principal uses nothing at all. */
  readonly service: string;
  readonly actions: 'whole' | ReportedActions;
  /** When the service was last used, for a service that is unused as a whole; absent when never. */
  readonly lastAccessed?: string;
  /** Where in the file it stands. */
  readonly place: JsonPlace;
}

/** What a last-accessed report says of one service. */
export interface ServiceUsage {
  readonly service: string;
  /** Whether anybody used the service at all, as far back as AWS looks. */
  readonly used: boolean;
  /** When it was last used. */
  readonly lastAccessed?: string;
  /** The actions that AWS tracks, with the dates of those that were used; what is not listed is not tracked. */
  readonly tracked?: ReportedActions;
  readonly place: JsonPlace;
}

/** The actions that a finding names of one service: a list a fact, because an organisation's export has millions of names. */
export interface ReportedActions {
  /** Without service prefix. */
  readonly names: NameList;
  /** When each was last used; absent when never, or not within the tracking period. */
  readonly lastAccessed?: readonly (string | undefined)[];
  /** The place of each in the file's list; absent where the list holds nothing else. */
  readonly indexes?: readonly number[];
  /** The field of the service that holds the list. */
  readonly list: string;
  /** The field of the list's items that holds the name, where the items are objects. */
  readonly field?: string;
}

/** What a reader makes of a file. Reading never fails; a part that makes no sense is a problem and the rest is there. */
export interface FindingsFile {
  /** The file's path, divided by `/`. */
  readonly file: string;
  /** Whether a reader knows the shape. Files of other tools that the default globs pick up are no error. */
  readonly recognised: boolean;
  readonly findings: readonly Finding[];
  readonly problems: readonly FindingsProblem[];
}

/** Whether a finding speaks of what its principal may do now. One about access keys, or a RESOLVED one, does not. */
export function speaksOfPermissions({ active, services, usage }: Finding): boolean {
  return active && (services.length > 0 || (usage?.length ?? 0) > 0);
}

/** Where the name stands that is at `position` of a list of actions, of the service at `service`. */
export function placeOfAction(
  { indexes, list, field }: ReportedActions,
  position: number,
  service: JsonPlace,
): JsonPlace {
  return inside(service, list, indexes?.[position] ?? position, ...(field === undefined ? [] : [field]));
}
