/** Bytes are counted once for each stretch of so many UTF-16 units. */
const STRETCH = 1024;

/** How far things lie in a text when it is written in UTF-8. Nothing is counted beyond the furthest place that was asked for. */
export class Utf8Offsets {
  readonly #text: string;
  /** The bytes before each stretch. */
  readonly #before: number[] = [0];

  constructor(text: string) {
    this.#text = text;
  }

  /** How many bytes the text has before an offset, which counts UTF-16 units as offsets of strings do. */
  bytesBefore(offset: number): number {
    const at = Math.max(0, Math.min(offset, this.#text.length));
    const stretch = Math.floor(at / STRETCH);
    for (let known = this.#before.length; known <= stretch; known++)
      this.#before.push(this.#beforeStretch(known - 1) + this.#count((known - 1) * STRETCH, known * STRETCH));
    return this.#beforeStretch(stretch) + this.#count(stretch * STRETCH, at);
  }

  /** The offset between two others that has so many bytes before it; inside a character, that of the character. */
  offsetOf(bytes: number, from: number, until: number): number {
    let low = from;
    let high = until;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.bytesBefore(middle) <= bytes) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #beforeStretch(stretch: number): number {
    return this.#before[stretch] as number;
  }

  #count(from: number, until: number): number {
    let bytes = 0;
    for (let at = from; at < until; at++) bytes += this.#bytesOf(at);
    return bytes;
  }

  /** The bytes of a UTF-16 unit. Of a pair of surrogates the first one has them all; one alone is written as U+FFFD. */
  #bytesOf(at: number): number {
    const unit = this.#text.charCodeAt(at);
    if (unit < 0x80) return 1;
    if (unit < 0x800) return 2;
    if (isHigh(unit) && isLow(this.#text.charCodeAt(at + 1))) return 4;
    return isLow(unit) && isHigh(this.#text.charCodeAt(at - 1)) ? 0 : 3;
  }
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}
