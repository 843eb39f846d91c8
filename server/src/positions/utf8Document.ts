import { type Position, type Range, uinteger } from 'vscode-languageserver';
import { TextDocument, type TextDocumentContentChangeEvent } from 'vscode-languageserver-textdocument';
import { Utf8Offsets } from './utf8Offsets.ts';

/** A document whose positions count bytes of UTF-8. Its offsets count UTF-16 units, as those of every text here do. */
export class Utf8Document implements TextDocument {
  readonly #document: TextDocument;
  #offsets: Utf8Offsets;

  constructor(uri: string, languageId: string, version: number, text: string) {
    this.#document = TextDocument.create(uri, languageId, version, text);
    this.#offsets = new Utf8Offsets(text);
  }

  get uri(): string {
    return this.#document.uri;
  }

  get languageId(): string {
    return this.#document.languageId;
  }

  get version(): number {
    return this.#document.version;
  }

  get lineCount(): number {
    return this.#document.lineCount;
  }

  getText(range?: Range): string {
    return this.#document.getText(range && this.#inUtf16(range));
  }

  getLineRange(line: number): Range {
    const { start, end } = this.#document.getLineRange(line);
    return { start, end: this.positionAt(this.#document.offsetAt(end)) };
  }

  getEOLCharacters(line: number): string {
    return this.#document.getEOLCharacters(line);
  }

  positionAt(offset: number): Position {
    const { line, character } = this.#document.positionAt(offset);
    const start = this.#document.offsetAt({ line, character: 0 });
    return { line, character: this.#offsets.bytesBefore(start + character) - this.#offsets.bytesBefore(start) };
  }

  offsetAt({ line, character }: Position): number {
    const start = this.#document.offsetAt({ line, character: 0 });
    const end = this.#document.offsetAt({ line, character: uinteger.MAX_VALUE });
    return this.#offsets.offsetOf(this.#offsets.bytesBefore(start) + character, start, end);
  }

  /** Makes changes one after another: each counts on the text that the one before it left. */
  update(changes: readonly TextDocumentContentChangeEvent[], version: number): this {
    for (const change of changes) {
      const isPart = 'range' in change && change.range;
      const inUtf16 = isPart ? { text: change.text, range: this.#inUtf16(change.range) } : { text: change.text };
      TextDocument.update(this.#document, [inUtf16], version);
      this.#offsets = new Utf8Offsets(this.#document.getText());
    }
    TextDocument.update(this.#document, [], version);
    return this;
  }

  #inUtf16({ start, end }: Range): Range {
    const convert = (position: Position) => this.#document.positionAt(this.offsetAt(position));
    return { start: convert(start), end: convert(end) };
  }
}
