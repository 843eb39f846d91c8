import { Draws } from './awsNames.ts';
import { GRANTED } from './document.ts';
import type { Reality, RealPrincipal } from './simulate.ts';
import type { World } from './world.ts';

/** What principals use of what they have, and what findings say of it. */
export interface Use {
  readonly used: ReadonlyMap<RealPrincipal, ReadonlySet<string>>;
  readonly reports: readonly Report[];
}

/** What findings say of a principal: one that uses all it has is in none. */
export interface Report {
  readonly principal: RealPrincipal;
  readonly unused: readonly string[];
  /** How it is named: by its ARN, by its bare name, or not at all, in a file of this folder. */
  readonly by: 'arn' | 'name' | { readonly folder: string };
}

/** Draws what is used, and what is reported of it. */
export function drawUse(world: World, reality: Reality): Use {
  const draws = new Draws(world.seed + 1);
  const used = new Map<RealPrincipal, ReadonlySet<string>>();
  const reports: Report[] = [];
  for (const principal of reality.principals) {
    const isIdle = draws.chance(15);
    const own = draws.chance(30) ? [...GRANTED] : GRANTED.filter(() => !isIdle && draws.chance(60));
    used.set(principal, new Set(own));
    const unused = GRANTED.filter((action) => !own.includes(action));
    const isBare = world.tellsBareNames && draws.chance(50);
    if (unused.length > 0) reports.push({ principal, unused, by: isBare ? 'name' : 'arn' });
  }
  return { used, reports: world.unnamed === undefined ? reports : hideName(reports, reality, world.unnamed) };
}

/** One of those who are reported is named nowhere: its findings lie beside a policy of its own. */
function hideName(reports: readonly Report[], reality: Reality, draw: number): Report[] {
  const holding = reports.flatMap((report) =>
    [...reality.holders].flatMap(([key, holders]) => (holders.has(report.principal) ? [{ report, key }] : [])),
  );
  const chosen = holding[draw % Math.max(holding.length, 1)];
  if (!chosen) return [...reports];
  const [path = ''] = chosen.key.split('#');
  const folder = path.slice(0, Math.max(path.lastIndexOf('/'), 0));
  return reports.map((report) => (report === chosen.report ? { ...report, by: { folder } } : report));
}
