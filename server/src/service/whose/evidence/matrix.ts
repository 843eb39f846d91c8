import { listOf, type Table, tableOf, textOf } from './data.ts';
import { wordOf } from './shell/wordOf.ts';
import type { Word } from './shell/words.ts';

/** So many combinations are looked at one by one. */
const MAX_COMBINATIONS = 64;

/** Values by the names of their keys. */
type Values = ReadonlyMap<string, unknown>;

/**
 * What a job is repeated for, a combination a run: what each of the variables of its matrix is set to, by the names that they go by in
 * it. `undefined` for a job that is not repeated.
 */
export function combinationsOf(job: Table): ReadonlyMap<string, Word[]>[] | undefined {
  const matrix = tableOf(job.strategy).matrix ?? tableOf(job.parallel).matrix ?? job.matrix;
  const combinations = Array.isArray(matrix)
    ? matrix.flatMap((one) => crossed(Object.entries(tableOf(one))))
    : withIncluded(tableOf(matrix));
  if (combinations.length === 0) return undefined;
  return combinations
    .slice(0, MAX_COMBINATIONS)
    .map((values) => new Map([...values].flatMap(([key, value]) => wordsOf(key, value, 0))));
}

/** All combinations of the values of several keys. */
function crossed(lists: readonly (readonly [key: string, values: unknown])[]): Values[] {
  let combinations: Values[] = [];
  for (const [key, value] of lists) {
    const values = Array.isArray(value) ? value : textOf(value) === undefined ? [] : [value];
    if (values.length === 0) continue;
    const before = combinations.length === 0 ? [new Map<string, unknown>()] : combinations;
    combinations = before
      .flatMap((one) => values.slice(0, MAX_COMBINATIONS).map((own) => new Map([...one, [key, own]])))
      .slice(0, MAX_COMBINATIONS);
  }
  return combinations;
}

/** GitHub's matrix: what is included goes with the combinations that it fits, or is one of its own. */
function withIncluded({ include, exclude: _, ...lists }: Table): Values[] {
  const combinations = crossed(Object.entries(lists));
  const alone: Values[] = [];
  for (const item of listOf(include)) {
    const own = Object.entries(tableOf(item));
    const fitting = combinations.filter((one) =>
      own.every(([key, value]) => !Object.hasOwn(lists, key) || one.get(key) === value),
    );
    if (fitting.length === 0) alone.push(new Map(own));
    else for (const one of fitting) for (const [key, value] of own) (one as Map<string, unknown>).set(key, value);
  }
  return [...combinations, ...alone];
}

function wordsOf(key: string, value: unknown, depth: number): [string, Word[]][] {
  const text = typeof value === 'boolean' ? String(value) : textOf(value);
  if (text !== undefined) return [key, `matrix.${key}`].map((name) => [name, [wordOf(text)]]);
  if (depth > 2) return [];
  return Object.entries(tableOf(value)).flatMap(([inner, own]) => wordsOf(`${key}.${inner}`, own, depth + 1));
}
