import { toTime } from './dates.ts';
import type { Finding } from './finding.ts';

/**
 * The newest answers about each finding: one, or several pages of the same time. An older answer has no say, whatever its
 * status. Findings without an id stand for themselves.
 *
 * Where a date of any answer cannot be read, or is missing while others have it, nobody knows which is the newest: then all of
 * them have a say.
 */
export function newestPerId(findings: readonly Finding[]): Finding[][] {
  const groups = new Map<unknown, Finding[]>();
  for (const finding of findings) {
    const key = finding.id ?? finding;
    const known = groups.get(key);
    if (known) known.push(finding);
    else groups.set(key, [finding]);
  }
  return [...groups.values()].flatMap((answers) => {
    if (answers.length === 1) return [answers];
    return isInDoubt(answers) ? undated(answers) : [newestOf(answers)];
  });
}

function newestOf(answers: readonly Finding[]): Finding[] {
  let newest: Finding[] = [];
  for (const answer of answers) {
    const order = newest[0] ? compareAge(answer, newest[0]) : 1;
    if (order > 0) newest = [answer];
    else if (order === 0) newest.push(answer);
  }
  return newest;
}

/**
 * Answers that only share a date, or a file and no date, are pages of one; the others must agree. One that is not ACTIVE speaks
 * for all of them.
 */
function undated(answers: readonly Finding[]): Finding[][] {
  if (!answers.every(({ active }) => active)) return [[...answers]];
  const pages = new Map<string, Finding[]>();
  for (const answer of answers) {
    const { updatedAt, analyzedAt, file } = answer;
    const key = JSON.stringify((updatedAt ?? analyzedAt) ? [updatedAt, analyzedAt] : [file]);
    pages.set(key, [...(pages.get(key) ?? []), answer]);
  }
  return [...pages.values()];
}

/** Whether a date stands in the way of telling which answer is the newest; of the same file, answers without any are pages. */
function isInDoubt(answers: readonly Finding[]): boolean {
  const [first] = answers as readonly [Finding];
  return answers.some(
    ({ updatedAt, analyzedAt, file }) =>
      [updatedAt, analyzedAt].some((date) => date !== undefined && toTime(date) === undefined) ||
      (updatedAt === undefined) !== (first.updatedAt === undefined) ||
      (analyzedAt === undefined) !== (first.analyzedAt === undefined) ||
      ((updatedAt ?? analyzedAt) === undefined && file !== first.file),
  );
}

/** The later update is the newer answer, then the later analysis. All of them have the same dates, or none. */
function compareAge(a: Finding, b: Finding): number {
  return timeOf(a.updatedAt) - timeOf(b.updatedAt) || timeOf(a.analyzedAt) - timeOf(b.analyzedAt);
}

function timeOf(date: string | undefined): number {
  return toTime(date) ?? 0;
}
