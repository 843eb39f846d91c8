import type { CombinedFindings } from './combine.ts';
import { toTime } from './dates.ts';
import type { Finding, ServiceUsage } from './finding.ts';

/**
 * Why an action is not called unused, as far as the findings tell:
 * `used`: a last-accessed report shows that it was used;
 * `untracked`: a last-accessed report speaks of its service and not of it, because AWS does not track it at action level;
 * `unlisted`: a last-accessed report does not speak of its service;
 * `unreported`: there is no such report, and the findings do not name it.
 */
export type Standing = 'used' | 'untracked' | 'unlisted' | 'unreported';

/** Tells why actions stay. The reports are gone through once, when this is made; each service when it is first asked for. */
export class Standings {
  readonly #used: CombinedFindings['used'];
  readonly #reports: number;
  /** By service prefix in lower case, one a report that lists the service. */
  readonly #usages = new Map<string, ServiceUsage[]>();
  readonly #services = new Map<string, ServiceStanding>();

  constructor({ used, sources = [] }: CombinedFindings) {
    this.#used = used;
    const reports = sources.filter(isLastAccessedReport);
    // The pages of one report share an id, and list a service once.
    this.#reports = new Set(reports.map(({ id }) => id)).size;
    for (const usage of reports.flatMap((report) => report.usage ?? [])) {
      const key = usage.service.toLowerCase();
      const known = this.#usages.get(key);
      if (known) known.push(usage);
      else this.#usages.set(key, [usage]);
    }
  }

  /** Why an action that is not unused stays. Service and name in any case. */
  of(service: string, name: string): Standing {
    if (this.#reports === 0) return 'unreported';
    const { used, isTracked, isListed } = this.#serviceOf(service.toLowerCase());
    if (used.has(name.toLowerCase())) return 'used';
    if (!isTracked(name.toLowerCase())) return 'untracked';
    return isListed ? 'unreported' : 'unlisted';
  }

  /** When an action was last used, the newest date of all reports; `undefined` where none has a date. */
  lastUse(service: string, name: string): string | undefined {
    const dates = (this.#usages.get(service.toLowerCase()) ?? []).flatMap(({ tracked }) => {
      const position = tracked?.names.find(name) ?? -1;
      return tracked?.lastAccessed?.[position] ?? [];
    });
    return dates.sort((a, b) => (toTime(b) ?? 0) - (toTime(a) ?? 0))[0];
  }

  #serviceOf(key: string): ServiceStanding {
    let known = this.#services.get(key);
    if (!known) {
      const usages = this.#usages.get(key) ?? [];
      known = {
        used: new Set((this.#used?.get(key) ?? []).map((name) => name.toLowerCase())),
        isTracked: trackedByAll(usages),
        isListed: usages.length === this.#reports,
      };
      this.#services.set(key, known);
    }
    return known;
  }
}

interface ServiceStanding {
  /** In lower case. */
  readonly used: ReadonlySet<string>;
  /** Whether no report is silent about a name, given in lower case. */
  readonly isTracked: (name: string) => boolean;
  /** Whether every report speaks of the service. */
  readonly isListed: boolean;
}

/** Of a service that nobody used every action is known to be unused, listed or not. */
function trackedByAll(usages: readonly ServiceUsage[]): (name: string) => boolean {
  const inUse = usages.filter(({ used }) => used);
  const counts = new Map<string, number>();
  for (const { tracked } of inUse) {
    for (const name of new Set(tracked?.names ?? [])) {
      const key = name.toLowerCase();
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  return (name) => inUse.length === 0 || counts.get(name) === inUse.length;
}

/** Whether a finding is a last-accessed report, which tells when what was used. */
export function isLastAccessedReport({ usage }: Finding): boolean {
  return usage !== undefined;
}
