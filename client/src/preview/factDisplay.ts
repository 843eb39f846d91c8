import * as vscode from 'vscode';
import { placeFacts } from './factLines.ts';

/**
 * Shows facts beside a document wherever an editor shows it. As decorations: diff editors show no code lenses unless the user
 * asks for them.
 */
export class FactDisplay implements vscode.Disposable {
  readonly #uri: string;
  readonly #style = vscode.window.createTextEditorDecorationType({
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedClosed,
  });
  #facts: readonly string[] = [];
  readonly #subscriptions: vscode.Disposable[];

  constructor(uri: vscode.Uri) {
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
    const lines = Array.from(
      { length: Math.min(document.lineCount, this.#facts.length) },
      (_, line) => document.lineAt(line).text,
    );
    const tabSize = typeof options.tabSize === 'number' ? options.tabSize : 4;
    return placeFacts(lines, this.#facts, tabSize).map(({ line, gap, text }) => ({
      range: new vscode.Range(document.lineAt(line).range.end, document.lineAt(line).range.end),
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
