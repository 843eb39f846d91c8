import type { Span } from '../json/span.ts';
import { LIST, type Outline } from '../policy/outline.ts';

/** What of a text is not to be told, because it is looked at apart. */
export interface Mask {
  /** Statements that go, by where they start and end: what holds nothing but such goes with them. */
  readonly removed: ReadonlyMap<number, number>;
  /** Entries, by where they start and end. One that stands alone is told as the list that it may become. */
  readonly entries: ReadonlyMap<number, number>;
  /** Those of them that stand in lists. */
  readonly listed: ReadonlySet<number>;
}

/** All that a text says but for some of it, as words that are the same for texts that say the same. */
export class MaskedOutline implements Outline {
  /** Two for each thing that is opened and each leaf, its type and what it is called or says, and two that say that one is closed. */
  readonly words: string[] = [];
  /** Where the thing of each two words starts in the text. */
  readonly starts: number[] = [];
  readonly #mask: Mask;
  /** What is open: the number of its words, and whether something that goes was in it. */
  readonly #open: { readonly at: number; hasLost: boolean }[] = [];
  /** How deep in something that goes. */
  #skipped = 0;

  constructor(mask: Mask) {
    this.#mask = mask;
  }

  open(type: string, span: Span, label = ''): void {
    if (this.#skipped > 0 || isIn(this.#mask.removed, span)) {
      this.#skipped++;
      return;
    }
    this.#open.push({ at: this.words.length, hasLost: false });
    this.#tell(type, label, span.start);
  }

  leaf(type: string, span: Span, text: string): void {
    if (this.#skipped > 0) return;
    if (!isIn(this.#mask.entries, span)) this.#tell(type, text, span.start);
    else if (!this.#mask.listed.has(span.start)) {
      this.open(LIST, span);
      this.close();
    }
  }

  close(): void {
    if (this.#skipped > 0) {
      this.#skipped--;
      if (this.#skipped === 0) this.#lose();
      return;
    }
    const closed = this.#open.pop();
    if (!closed) return;
    if (closed.hasLost && this.words.length === closed.at + 2) {
      this.words.length = closed.at;
      this.starts.pop();
      this.#lose();
    } else this.#tell('', CLOSED, this.starts[closed.at / 2] ?? 0);
  }

  #lose(): void {
    const around = this.#open.at(-1);
    if (around) around.hasLost = true;
  }

  #tell(type: string, text: string, start: number): void {
    this.words.push(type, text);
    this.starts.push(start);
  }
}

/** No leaf is written so, and nothing called so: both begin with something else than what no text may hold. */
const CLOSED = '\0)';

function isIn(spans: ReadonlyMap<number, number>, { start, end }: Span): boolean {
  return spans.get(start) === end;
}
