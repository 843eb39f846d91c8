import type { Position } from 'vscode-languageserver';
import { LinePositions } from '../service/json/linePositions.ts';
import { Utf8Offsets } from './utf8Offsets.ts';

/** `LinePositions` that count bytes of UTF-8. */
export class Utf8LinePositions {
  readonly #length: number;
  readonly #lines: LinePositions;
  readonly #offsets: Utf8Offsets;

  constructor(text: string) {
    this.#length = text.length;
    this.#lines = new LinePositions(text);
    this.#offsets = new Utf8Offsets(text);
  }

  positionAt(offset: number): Position {
    const at = Math.min(offset, this.#length);
    const { line, character } = this.#lines.positionAt(at);
    return { line, character: this.#offsets.bytesBefore(at) - this.#offsets.bytesBefore(at - character) };
  }
}
