import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';

/** How long anything in the editor may take before it counts as never, in milliseconds. */
const PATIENCE = 15_000;

/** The absolute path of a file of the test workspace. */
export function fileOf(name: string): string {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (!folder) throw new Error('The test workspace is not open');
  return path.join(folder.uri.fsPath, name);
}

/** Opens a file of the test workspace in an editor. */
export async function show(name: string): Promise<vscode.TextEditor> {
  const document = await vscode.workspace.openTextDocument(fileOf(name));
  return vscode.window.showTextDocument(document);
}

/** Our diagnostics of a document. */
export function marksOf(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'iam-policy-refiner');
}

/** The code of a diagnostic, without its link. */
export function codeOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}

/** The extension under test. */
export function ourExtension(): vscode.Extension<unknown> {
  const found = vscode.extensions.all.find(({ packageJSON }) => packageJSON.name === 'iam-policy-refiner');
  if (!found) throw new Error('The extension is not there');
  return found;
}

/** Waits until our diagnostics of a document pass the test, and gives them. */
export async function untilMarks(
  uri: vscode.Uri,
  test: (marks: readonly vscode.Diagnostic[]) => boolean,
): Promise<vscode.Diagnostic[]> {
  const find = () => {
    const marks = marksOf(uri);
    return test(marks) ? marks : undefined;
  };
  return until(find, vscode.languages.onDidChangeDiagnostics, () => {
    const seen = marksOf(uri).map((mark) => `${codeOf(mark)}: ${mark.message}`);
    return `The expected diagnostics never came; there are:\n${seen.join('\n')}`;
  });
}

/**
 * What `find` finds now, or once the event has happened often enough.
 * @param describe says what was there instead, when it never came
 */
export function until<T>(find: () => T | undefined, event: vscode.Event<unknown>, describe: () => string): Promise<T> {
  return new Promise((resolve, reject) => {
    const check = () => {
      const found = find();
      if (found === undefined) return;
      subscription.dispose();
      clearTimeout(timer);
      resolve(found);
    };
    const subscription = event(check);
    const timer = setTimeout(() => {
      subscription.dispose();
      reject(new Error(describe()));
    }, PATIENCE);
    check();
  });
}

/**
 * The code actions at the first occurrence of `text`. A fresh window cancels requests while its language features
 * still register, so it is asked again until there is one.
 */
export async function actionsAt(
  document: vscode.TextDocument,
  text: string,
  kind?: vscode.CodeActionKind,
): Promise<vscode.CodeAction[]> {
  const start = document.positionAt(document.getText().indexOf(text));
  const range = new vscode.Range(start, start.translate(0, text.length));
  for (const deadline = Date.now() + PATIENCE; Date.now() < deadline; ) {
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      range,
      kind?.value,
    );
    const ours = actions.filter(({ edit }) => edit !== undefined);
    if (ours.length > 0) return ours;
  }
  throw new Error(`No code action came for '${text}'`);
}

/** The code lenses of a document as soon as their titles pass the test; asked for until they do. */
export async function lensesOf(
  uri: vscode.Uri,
  test: (titles: readonly string[]) => boolean,
): Promise<readonly vscode.Command[]> {
  let titles: readonly string[] = [];
  for (const deadline = Date.now() + PATIENCE; Date.now() < deadline; ) {
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', uri, 100);
    const commands = lenses.flatMap(({ command }) => command ?? []);
    titles = commands.map(({ title }) => title);
    if (test(titles)) return commands;
  }
  throw new Error(`The expected lenses never came; there are: ${titles.join(' | ')}`);
}

/** Puts the cursor at the first occurrence of `text`. */
export function putCursor(editor: vscode.TextEditor, text: string): void {
  const position = editor.document.positionAt(editor.document.getText().indexOf(text) + 1);
  editor.selection = new vscode.Selection(position, position);
}

/** Changes a file of the test workspace on disk for as long as `use` takes. */
export async function withFile(name: string, text: string, use: () => Promise<void>): Promise<void> {
  const before = readFileSync(fileOf(name));
  writeFileSync(fileOf(name), text);
  try {
    await use();
  } finally {
    writeFileSync(fileOf(name), before);
  }
}

/** Writes a new file into the test workspace, opens it, and deletes it after `use`. */
export async function withNewFile(
  name: string,
  text: string,
  use: (editor: vscode.TextEditor) => Promise<void>,
): Promise<void> {
  writeFileSync(fileOf(name), text);
  try {
    await use(await show(name));
  } finally {
    await closeAll();
    rmSync(fileOf(name), { force: true });
  }
}

/** Waits until no editor has the title of this one. */
export async function untilClosed({ label }: vscode.Tab): Promise<void> {
  const { tabGroups } = vscode.window;
  const find = () => (tabGroups.all.every(({ tabs }) => tabs.every((tab) => tab.label !== label)) ? true : undefined);
  await until(find, tabGroups.onDidChangeTabs, () => `The editor '${label}' stayed open`);
}

/** Closes all editors, and throws away what was changed in them. */
export async function closeAll(): Promise<void> {
  for (const document of vscode.workspace.textDocuments.filter(({ uri }) => vscode.workspace.getWorkspaceFolder(uri))) {
    // The editor that comes to the front is not always the one that is reverted, and `isDirty` comes later than the text.
    const isChanged = () =>
      existsSync(document.uri.fsPath) && readFileSync(document.uri.fsPath, 'utf8') !== document.getText();
    for (const deadline = Date.now() + PATIENCE; (document.isDirty || isChanged()) && Date.now() < deadline; ) {
      await vscode.window.showTextDocument(document);
      await revert();
    }
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/** Throws away what a test changed in the active editor. */
export async function revert(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.files.revert');
}

/** Closes the active editor, and throws away what is in it. */
export async function close(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
}

/** Waits until the output channel that is shown has a text that matches. */
export async function untilOutput(pattern: RegExp): Promise<void> {
  const shown = () => vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === 'output');
  await new Promise<void>((resolve, reject) => {
    const check = () => {
      if (!shown().some((document) => pattern.test(document.getText()))) return;
      for (const subscription of subscriptions) subscription.dispose();
      clearTimeout(timer);
      resolve();
    };
    const subscriptions = [
      vscode.workspace.onDidOpenTextDocument(check),
      vscode.workspace.onDidChangeTextDocument(check),
    ];
    const timer = setTimeout(() => {
      for (const subscription of subscriptions) subscription.dispose();
      reject(
        new Error(
          `The output never matched ${pattern}; there is:\n${shown()
            .map((it) => it.getText())
            .join('\n')}`,
        ),
      );
    }, PATIENCE);
    check();
  });
}
