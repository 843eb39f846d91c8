import type { TextSink } from '../jobs/recording.ts';
import type { CheckFormat, CheckSummary } from './format.ts';

/** Writes what a format says of the files one after the other, and then the sum. */
export class FormatWriter implements TextSink {
  readonly #format: CheckFormat;
  readonly #out: TextSink;
  #isFirst = true;

  constructor(format: CheckFormat, out: TextSink) {
    this.#format = format;
    this.#out = out;
  }

  /** @param text what the format says of a file */
  write(text: string): void {
    const { list } = this.#format;
    if (list !== undefined) this.#out.write(this.#isFirst ? `${list}\n` : ',\n');
    this.#isFirst = false;
    this.#out.write(text);
  }

  end(summary: CheckSummary): void {
    if (this.#isFirst) this.#out.write(this.#format.list ?? '');
    for (const text of this.#format.end(summary)) this.#out.write(text);
  }
}
