import * as vscode from 'vscode';
import {
  POLICY_STATUS_REQUEST,
  type PolicyStatus,
  type PolicyStatusParams,
  SECTION,
} from '../../../server/src/protocol.ts';
import { isPolicy, POLICY_LANGUAGES } from '../detect.ts';
import type { ServerControl } from '../serverControl.ts';
import { type StatusLine, statusLines } from './items.ts';
import { SHOW_NOT_GRANTED, showNotGranted } from './notGranted.ts';

/** How long the cursor and the keyboard must rest before the status is asked for again. */
const REST_MS = 300;

/** What the language status shows of the policy at the cursor. */
export interface PolicyStatusView extends vscode.Disposable {
  /** The lines that are shown; none where the active editor shows no policy. */
  readonly lines: readonly StatusLine[];
  readonly onDidChange: vscode.Event<void>;
}

/** Shows in the language status what is known of the policy at the cursor, and keeps it true. */
export function showPolicyStatus(server: ServerControl): PolicyStatusView {
  const status = new PolicyStatusItems(server);
  status.subscriptions.push(
    vscode.commands.registerCommand(SHOW_NOT_GRANTED, showNotGranted),
    vscode.window.onDidChangeActiveTextEditor(() => status.update(0)),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => {
      if (textEditor === vscode.window.activeTextEditor) status.update(REST_MS);
    }),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (document === vscode.window.activeTextEditor?.document) status.update(REST_MS);
    }),
    server.onDidChange(() => status.update(0)),
  );
  return status;
}

class PolicyStatusItems implements PolicyStatusView {
  lines: readonly StatusLine[] = [];
  readonly subscriptions: vscode.Disposable[] = [];
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #server: ServerControl;
  readonly #items = new Map<string, vscode.LanguageStatusItem>();
  #timer: NodeJS.Timeout | undefined;
  #request: vscode.CancellationTokenSource | undefined;
  #shownFor: string | undefined;

  constructor(server: ServerControl) {
    this.#server = server;
    this.update(0);
  }

  /** Asks again after a while in which nothing else asks. */
  update(delay: number): void {
    clearTimeout(this.#timer);
    const editor = vscode.window.activeTextEditor;
    // The output channel and other panes become active, too; what is shown of the policy beside them stays true.
    if (editor?.document.uri.scheme !== 'file') return;
    const uri = editor.document.uri.toString();
    // What is true of one file must not stand beside another while the server is asked.
    if (uri !== this.#shownFor) {
      this.#request?.cancel();
      this.#show([]);
    }
    this.#shownFor = uri;
    if (!isPolicy(editor.document)) this.#show([]);
    else this.#timer = setTimeout(() => void this.#ask(editor), delay);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#request?.cancel();
    this.#show([]);
    vscode.Disposable.from(...this.subscriptions, this.#changed).dispose();
  }

  async #ask(editor: vscode.TextEditor): Promise<void> {
    this.#request?.cancel();
    const request = new vscode.CancellationTokenSource();
    this.#request = request;
    try {
      const client = await this.#server.start();
      const params: PolicyStatusParams = {
        textDocument: client.code2ProtocolConverter.asTextDocumentIdentifier(editor.document),
        position: client.code2ProtocolConverter.asPosition(editor.selection.active),
      };
      const status = await client.sendRequest<PolicyStatus | null>(POLICY_STATUS_REQUEST, params, request.token);
      if (!request.token.isCancellationRequested) this.#show(status ? statusLines(status) : []);
    } catch {
      // A newer request took its place, or the server is gone, of which the client tells by itself.
      if (this.#request === request) this.#show([]);
    } finally {
      request.dispose();
    }
  }

  /** Shows these lines and no others. Those that stay are changed in place, so that nothing flickers. */
  #show(lines: readonly StatusLine[]): void {
    this.lines = lines;
    const shown = new Set(lines.map(({ id }) => id));
    for (const [id, item] of this.#items) {
      if (shown.has(id)) continue;
      item.dispose();
      this.#items.delete(id);
    }
    for (const { id, name, text, detail, command, severity } of lines) {
      const item = this.#items.get(id) ?? vscode.languages.createLanguageStatusItem(sortableId(id), SELECTOR);
      this.#items.set(id, item);
      item.name = `IAM Policy Refiner: ${name}`;
      item.text = text;
      item.detail = detail ?? '';
      item.command = command;
      item.severity = severity ?? vscode.LanguageStatusSeverity.Information;
    }
    this.#changed.fire();
  }
}

/** The editor sorts the lines by what tells them apart. */
function sortableId(id: string): string {
  return `${SECTION}.${ORDER.findIndex((start) => id.startsWith(start))}.${id}`;
}

const ORDER = ['principal', 'why', 'unused', 'findings', 'notGranted', 'config', 'catalogue'];

const SELECTOR = POLICY_LANGUAGES.map((language) => ({ scheme: 'file', language }));
