import * as vscode from 'vscode';
import type { RefinedFile } from '../../../server/src/protocol.ts';
import type { Outcome } from '../outcome.ts';
import { whyNotWritable } from '../readOnly.ts';

/**
 * Refines files in one edit that is undone as one. Files that are no longer what the edits were made for are left out and
 * named, as are those that cannot be written.
 */
export async function applyFiles(files: readonly RefinedFile[]): Promise<Outcome> {
  const opened = await Promise.all(files.map(openFile));
  // From here on nothing is waited for until the edit is under way, so that what is compared is what is edited.
  const edit = new vscode.WorkspaceEdit();
  const leftOut: string[] = [];
  const refined: vscode.TextDocument[] = [];
  for (const { file, document, obstacle } of opened) {
    const why = obstacle ?? (document && isSame(document, file) ? undefined : vscode.l10n.t('changed meanwhile'));
    if (document && why === undefined) {
      edit.set(vscode.Uri.parse(file.uri), file.policies.flatMap(toTextEdits));
      refined.push(document);
    } else leftOut.push(`'${vscode.workspace.asRelativePath(vscode.Uri.parse(file.uri))}' ${why}`);
  }
  const [first] = refined;
  if (!first) return { kind: 'refused', message: vscode.l10n.t('Nothing was applied: {0}', leftOut.join(', ')) };
  if (!(await vscode.workspace.applyEdit(edit, { isRefactoring: true })))
    return { kind: 'refused', message: vscode.l10n.t('The files changed meanwhile and were left as they are') };
  // The diffs are closed now, and only an editor of one of the files can undo the edit of them all.
  await vscode.window.showTextDocument(first, { preview: false });
  const amount = refined.length;
  const done = amount === 1 ? vscode.l10n.t('Refined 1 file') : vscode.l10n.t('Refined {0} files', amount);
  const rest = leftOut.length > 0 ? [vscode.l10n.t('Left as they are: {0}', leftOut.join(', '))] : [];
  return { kind: 'refined', message: [done, ...rest].join('. ') };
}

interface OpenedFile {
  readonly file: RefinedFile;
  readonly document?: vscode.TextDocument;
  readonly obstacle?: string;
}

async function openFile(file: RefinedFile): Promise<OpenedFile> {
  const uri = vscode.Uri.parse(file.uri);
  try {
    const document = await vscode.workspace.openTextDocument(uri);
    const obstacle = await whyNotWritable(uri);
    return { file, document, ...(obstacle !== undefined && { obstacle }) };
  } catch {
    return { file, obstacle: (await whyNotWritable(uri)) ?? vscode.l10n.t('cannot be read') };
  }
}

/** The editor gives all lines of a document the same end, which a file on disk may not. */
function isSame(document: vscode.TextDocument, { text }: RefinedFile): boolean {
  const withoutLineEnds = (lines: string) => lines.replace(/\r\n?/g, '\n');
  return withoutLineEnds(document.getText()) === withoutLineEnds(text);
}

function toTextEdits({ edits }: RefinedFile['policies'][number]): vscode.TextEdit[] {
  return edits.map(({ range: { start, end }, newText }) => {
    const range = new vscode.Range(start.line, start.character, end.line, end.character);
    return vscode.TextEdit.replace(range, newText);
  });
}
