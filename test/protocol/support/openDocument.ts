import assert from 'node:assert/strict';
import {
  type CancellationToken,
  type CodeAction,
  CodeActionRequest,
  type CodeLens,
  CodeLensRequest,
  type Diagnostic,
  type DocumentDiagnosticReport,
  DocumentDiagnosticRequest,
  type Hover,
  HoverRequest,
  MarkupContent,
  type Position,
  type Range,
} from 'vscode-languageserver/node';
import {
  POLICY_STATUS_REQUEST,
  type PolicyStatus,
  PREVIEW_REQUEST,
  PRINCIPALS_REQUEST,
  type PreviewResult,
  type PrincipalsResult,
  REFINE_POLICY_REQUEST,
  type RefinePolicyResult,
} from '../../../server/src/protocol.ts';
import { SyncedDocument } from './syncedDocument.ts';
import { rangeOf } from './text.ts';

/** A diagnostic as clients know it that do not read Markdown in messages. */
type TextDiagnostic = Diagnostic & { readonly message: string };

/** A document that is open in the editor, with the requests that an editor makes about it. */
export class OpenDocument extends SyncedDocument {
  /** Pulls the diagnostics. */
  async diagnostics(token?: CancellationToken): Promise<TextDiagnostic[]> {
    const report = (await this.#ask(DocumentDiagnosticRequest.method, {}, token)) as DocumentDiagnosticReport;
    assert.equal(report.kind, 'full');
    return report.items.map(withTextMessage);
  }

  /** The code actions at the first `at` in the text, or at a range. */
  async codeActions(at: string | Range, options: CodeActionOptions = {}): Promise<CodeAction[]> {
    const { only, diagnostics = [], token } = options;
    const range = typeof at === 'string' ? rangeOf(this.text, at) : at;
    const context = { diagnostics, ...(only && { only }) };
    return (await this.#ask(CodeActionRequest.method, { range, context }, token)) as CodeAction[];
  }

  /** The Markdown of the hover over the first `at` in the text. */
  async hover(at: string, token?: CancellationToken): Promise<string | undefined> {
    const position = rangeOf(this.text, at).start;
    const hover = (await this.#ask(HoverRequest.method, { position }, token)) as Hover | null;
    if (hover === null) return undefined;
    assert(MarkupContent.is(hover.contents));
    return hover.contents.value;
  }

  /** Refines the policy around the first `at` in the text, or at a position; without it, all. */
  async refine(at?: string | Position, token?: CancellationToken): Promise<RefinePolicyResult> {
    const position = typeof at === 'string' ? rangeOf(this.text, at).start : at;
    return (await this.#ask(REFINE_POLICY_REQUEST, position ? { position } : {}, token)) as RefinePolicyResult;
  }

  /** The status of the policy around the first `at` in the text; without it, of the first policy. */
  async status(at?: string): Promise<PolicyStatus | null> {
    const position = at === undefined ? {} : { position: rangeOf(this.text, at).start };
    return (await this.#ask(POLICY_STATUS_REQUEST, position, undefined)) as PolicyStatus | null;
  }

  /** Previews what a pointer names, or the policy around the first `at` in the text; without either, all. */
  async askPreview({ at, pointer }: { at?: string; pointer?: string } = {}): Promise<PreviewResult> {
    const position = at === undefined ? undefined : rangeOf(this.text, at).start;
    return (await this.#ask(PREVIEW_REQUEST, { position, pointer }, undefined)) as PreviewResult;
  }

  /** Refines what a pointer names. */
  async refineTarget(pointer: string): Promise<RefinePolicyResult> {
    return (await this.#ask(REFINE_POLICY_REQUEST, { pointer }, undefined)) as RefinePolicyResult;
  }

  /** The lenses, in the order of the answer. */
  async codeLenses(token?: CancellationToken): Promise<CodeLens[]> {
    return (await this.#ask(CodeLensRequest.method, {}, token)) as CodeLens[];
  }

  /** The principals that can be chosen for the policy around the first `at` in the text, or the one that a pointer names. */
  async principals(target: { at?: string; pointer?: string } = {}): Promise<PrincipalsResult> {
    const { at, pointer } = target;
    const position = at === undefined ? undefined : rangeOf(this.text, at).start;
    return (await this.#ask(PRINCIPALS_REQUEST, { position, pointer }, undefined)) as PrincipalsResult;
  }

  #ask(method: string, params: object, token: CancellationToken | undefined): Promise<unknown> {
    return this.server.request(method, { textDocument: { uri: this.uri }, ...params }, token);
  }
}

interface CodeActionOptions {
  readonly only?: readonly string[];
  readonly diagnostics?: readonly Diagnostic[];
  readonly token?: CancellationToken;
}

/** The same diagnostic; finds that its message is no Markdown, for which no client of ours asks. */
function withTextMessage(diagnostic: Diagnostic): TextDiagnostic {
  const { message } = diagnostic;
  assert(typeof message === 'string');
  return { ...diagnostic, message };
}
