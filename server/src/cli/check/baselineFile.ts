import type { ProblemIdentity } from './problemIdentity.ts';

/** An accepted problem, and how often its file has it. */
export interface KnownProblem extends ProblemIdentity {
  readonly count: number;
}

/** The accepted problems by their files, relative to the baseline's folder and divided by `/`. */
export type BaselineFile = ReadonlyMap<string, readonly KnownProblem[]>;

/**
 * Reads the text of a baseline.
 * @throws Error when it is none
 */
export function readBaseline(text: string): BaselineFile {
  let value: { problems?: unknown } | null;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error('it is not valid JSON');
  }
  const problems = value?.problems;
  if (!isObject(problems)) throw new Error('it is no baseline');
  return new Map(
    Object.entries(problems).map(([file, list]) => {
      if (!Array.isArray(list)) throw new Error(`it is no baseline: '${file}' must have a list`);
      return [file, list.map((item) => readProblem(file, item))];
    }),
  );
}

/** The text of a baseline: sorted, a problem a line, so that its own history can be read. */
export function showBaseline(baseline: BaselineFile): string {
  const files = [...baseline].filter(([, problems]) => problems.length > 0).sort(byText(([file]) => file));
  const blocks = files.map(([file, problems]) => {
    const lines = problems
      .toSorted(byText(({ policy, text, code }) => [policy, text, code].join('\0')))
      .map(showProblem);
    return `    ${JSON.stringify(file)}: [\n${lines.map((line) => `      ${line}`).join(',\n')}\n    ]`;
  });
  return `{\n  "problems": {${blocks.length > 0 ? `\n${blocks.join(',\n')}\n  ` : ''}}\n}\n`;
}

function readProblem(file: string, item: unknown): KnownProblem {
  const { code, text = '', policy = '', count = 1 } = (isObject(item) ? item : {}) as Partial<KnownProblem>;
  const isSound =
    typeof code === 'string' && typeof text === 'string' && typeof policy === 'string' && Number.isInteger(count);
  if (!isSound) throw new Error(`it is no baseline: a problem of '${file}' has no "code", or odd values`);
  return { code, text, policy, count };
}

function showProblem({ code, text, policy, count }: KnownProblem): string {
  return JSON.stringify({ code, ...(text && { text }), ...(policy && { policy }), ...(count > 1 && { count }) });
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function byText<T>(text: (item: T) => string): (a: T, b: T) => number {
  return (a, b) => (text(a) < text(b) ? -1 : text(a) > text(b) ? 1 : 0);
}
