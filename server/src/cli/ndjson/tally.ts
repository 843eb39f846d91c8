import { count, groupDigits } from '../../service/text.ts';
import type { Reporter } from '../reporter.ts';
import type { Answer } from './answer.ts';

/** So many lines that went wrong are named; each has its own row, and a log is no place for a million. */
const MAX_NAMED = 20;

/** Counts what came of the lines, and says it on standard error. */
export class Tally {
  readonly #reporter: Reporter;
  readonly #counts = { refined: 0, unchanged: 0, unmatched: 0, failed: 0 };
  #errors = 0;

  constructor(reporter: Reporter) {
    this.#reporter = reporter;
  }

  /** @param line counted from 1 */
  add(line: number, { outcome, error }: Answer): void {
    this.#counts[outcome]++;
    if (error !== undefined && ++this.#errors <= MAX_NAMED) this.#reporter.error(`line ${line}: ${error}`);
  }

  /** Says what came of all lines. */
  report(): void {
    const { refined, unchanged, unmatched, failed } = this.#counts;
    const more = this.#errors - MAX_NAMED;
    if (more > 0) this.#reporter.error(`${count(more, 'further line')} went wrong; their rows say why`);
    const parts = [
      `${groupDigits(refined)} refined`,
      `${groupDigits(unchanged)} left as they are`,
      ...(unmatched > 0 ? [`${groupDigits(unmatched)} to which no findings apply`] : []),
      ...(failed > 0 ? [`${groupDigits(failed)} not usable`] : []),
    ];
    this.#reporter.summary(`${count(refined + unchanged + unmatched + failed, 'line')}: ${parts.join(', ')}`);
  }
}
