import * as vscode from 'vscode';
import { placeFacts } from './factLines.ts';

/**
 * Shows facts beside a document wherever an editor shows it. As decorations: diff editors show no code lenses unless the user
 * asks for them.
 */
export class FactDisplay implements vscode.Disposable {
  readonly #uri: string;
  readonly #source: string;
  readonly #style = vscode.window.createTextEditorDecorationType({
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
  #facts: readonly string[] = [];
  readonly #subscriptions: vscode.Disposable[];

  /** @param source the document that the text was made of */
  constructor(uri: vscode.Uri, source: vscode.Uri) {
    this.#source = source.toString();
    this.#uri = uri.toString();
    this.#subscriptions = [
      this.#style,
      vscode.window.onDidChangeVisibleTextEditors(() => this.#draw()),
      vscode.workspace.onDidChangeTextDocument(({ document }) => {
        if (document.uri.toString() === this.#uri) this.#draw();
      }),
    ];
  }

  show(facts: readonly string[]): void {
    this.#facts = facts;
    this.#draw();
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #draw(): void {
    for (const editor of vscode.window.visibleTextEditors) {
      if (editor.document.uri.toString() === this.#uri) editor.setDecorations(this.#style, this.#decorate(editor));
    }
  }

  #decorate({ document, options }: vscode.TextEditor): vscode.DecorationOptions[] {
    const source = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === this.#source);
    const before = source ? linesOf(source) : [];
    // In a narrow window what stands to the right is cut off: then this tells all.
    const hoverMessage = new vscode.MarkdownString().appendText(this.#facts.join('\n'));
    const tabSize = typeof options.tabSize === 'number' ? options.tabSize : 4;
    return placeFacts(this.#facts, linesOf(document), before, tabSize).map(({ line, gap, text }) => ({
      range: new vscode.Range(document.lineAt(line).range.end, document.lineAt(line).range.end),
      hoverMessage,
      renderOptions: {
        after: {
          contentText: text,
          color: new vscode.ThemeColor('editorCodeLens.foreground'),
          margin: `0 0 0 ${gap}ch`,
        },
      },
    }));
  }
}

function linesOf(document: vscode.TextDocument): string[] {
  return document.getText().split(/\r\n|\r|\n/);
}
