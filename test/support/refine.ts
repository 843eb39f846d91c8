import type { Catalogue } from '../../server/src/service/actions/catalogue.ts';
import { type ReportedService, resolveUnused } from '../../server/src/service/actions/unused.ts';
import type { Generalization, RefineContext } from '../../server/src/service/refine/entry.ts';
import { refineStatement } from '../../server/src/service/refine/statement.ts';

/** What is reported unused, as a test writes it: `{s3: ['GetObject'], sqs: 'whole'}`. */
export type Reports = Readonly<Record<string, 'whole' | readonly string[]>>;

/** What the refiner works with. */
export function contextOf(
  catalogue: Catalogue,
  reports: Reports,
  { keep = [], generalization = 'prefix' }: { keep?: readonly string[]; generalization?: Generalization } = {},
): RefineContext {
  const reported = Object.entries(reports).map(([service, actions]): ReportedService => ({ service, actions }));
  return { catalogue, unused: resolveUnused(reported, catalogue, keep), generalization };
}

/** The entries of a statement after refining it. */
export function refined(entries: readonly string[], context: RefineContext): string[] {
  const refinement = refineStatement(entries, context);
  return refinement.entries.flatMap(({ entry, replacement }) => replacement ?? [entry]);
}
