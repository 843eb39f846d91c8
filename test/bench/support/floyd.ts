import { timed } from './pairs.ts';

/** The classes of `iam-floyd`, one a service; all are made and used in the same way. */
type StatementClass = new () => FloydStatement;

interface FloydStatement {
  readonly servicePrefix: string;
  allow(): this;
  to(action: string): this;
  compact(): this;
  toJSON(): unknown;
}

/**
 * Lets `iam-floyd` shorten lists of actions, a statement a service: `new Statement.S3().allow().to(…).compact().toJSON()`.
 * It takes seconds, so it is done once, after the smaller half of the services to warm up. Loading the library is not counted.
 */
export async function compact(
  actions: ReadonlyMap<string, readonly string[]>,
): Promise<{ readonly time: number; readonly services: number }> {
  const { Statement } = await import('iam-floyd');
  // Some services have several classes, for parts of them.
  const byService = new Map(
    (Object.values(Statement) as StatementClass[]).map((made) => [new made().servicePrefix, made]),
  );
  const known = [...actions.keys()].flatMap((service) => byService.get(service) ?? []);
  const shorten = (made: StatementClass) => {
    const statement = new made().allow();
    for (const action of actions.get(statement.servicePrefix) ?? []) statement.to(action);
    return statement.compact().toJSON();
  };
  const bySize = known.toSorted((a, b) => sizeOf(a, actions) - sizeOf(b, actions));
  for (const made of bySize.slice(0, bySize.length / 2)) shorten(made);
  const time = await timed(() => {
    for (const made of known) shorten(made);
  });
  return { time, services: known.length };
}

function sizeOf(made: StatementClass, actions: ReadonlyMap<string, readonly string[]>): number {
  return actions.get(new made().servicePrefix)?.length ?? 0;
}
