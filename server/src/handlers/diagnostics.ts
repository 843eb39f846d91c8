import {
  type Diagnostic,
  DiagnosticSeverity,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { configDiagnostics } from '../config/configDiagnostics.ts';
import { stackOf } from '../messageOf.ts';
import { DEFAULT_SETTINGS, type Settings } from '../protocol.ts';
import { runInSlices } from '../runInSlices.ts';
import type { Catalogue } from '../service/actions/catalogue.ts';
import { findingsDiagnostics } from '../service/diagnostics/findingsDiagnostics.ts';
import { policyDiagnostics } from '../service/diagnostics/policyDiagnostics.ts';
import { readFindingsInSteps } from '../service/findings/read.ts';
import { isConfig } from '../workspace/configs.ts';
import { pathOf } from '../workspace/paths.ts';
import type { HandlerContext, Refresh } from './context.ts';
import { runSafe } from './runSafe.ts';
import { tell } from './tell.ts';

/** How long after the last keystroke diagnostics are pushed to a client that does not pull them. */
const PUSH_DELAY_MS = 300;

const SEVERITIES = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
} as const;

/** Serves diagnostics: pulled (LSP 3.17, textDocument/diagnostic) where the client can, else pushed after a pause. */
export function registerDiagnostics(context: HandlerContext): Refresh {
  return context.client.pullsDiagnostics ? registerPull(context) : registerPush(context);
}

function registerPull(context: HandlerContext): Refresh {
  const { connection, documents, client } = context;
  const report = (items: Diagnostic[]): DocumentDiagnosticReport => ({
    kind: DocumentDiagnosticReportKind.Full,
    items,
  });
  connection.languages.diagnostics.on((params, token) => {
    const { uri } = params.textDocument;
    const work = async () => {
      // A text that changed while it was read is read again, and so is one that took the place of another.
      while (!token.isCancellationRequested) {
        const document = documents.get(uri);
        if (!document) break;
        const isWanted = () => document === documents.get(uri) && !token.isCancellationRequested;
        const items = await computeDiagnostics(document, context, isWanted);
        if (items && isWanted()) return report(items);
      }
      return report([]);
    };
    return runSafe(work, report([]), `Diagnostics of ${uri}`, token, connection.console);
  });
  return () => {
    if (client.refreshesDiagnostics)
      tell(connection.languages.diagnostics.refresh(), 'Refreshing diagnostics', connection.console);
  };
}

function registerPush(context: HandlerContext): Refresh {
  const { connection, documents } = context;
  const pending = new Map<string, NodeJS.Timeout>();
  const push = (document: TextDocument, delay: number) => {
    clearTimeout(pending.get(document.uri));
    const timer = setTimeout(async () => {
      const { uri, version } = document;
      const text = document.getText();
      // A newer text, or none, has its own timer; what was computed for the old one must not be shown on it.
      const isWanted = () =>
        pending.get(uri) === timer && documents.get(uri) === document && document.getText() === text;
      try {
        const diagnostics = await computeDiagnostics(document, context, isWanted);
        if (diagnostics && isWanted()) await connection.sendDiagnostics({ uri, version, diagnostics });
      } catch (error) {
        connection.console.error(`Diagnostics of ${uri} failed: ${stackOf(error)}`);
      }
    }, delay);
    pending.set(document.uri, timer);
  };
  documents.onDidChangeContent(({ document }) => {
    push(document, PUSH_DELAY_MS);
    for (const other of documents.all()) if (isBeside(document, other)) push(other, PUSH_DELAY_MS);
  });
  documents.onDidClose(({ document }) => {
    clearTimeout(pending.get(document.uri));
    pending.delete(document.uri);
    tell(
      connection.sendDiagnostics({ uri: document.uri, diagnostics: [] }),
      'Clearing diagnostics',
      connection.console,
    );
  });
  return () => {
    for (const document of documents.all()) push(document, 0);
  };
}

/** Whether another document may have a say in whose the policies of a document are: nothing but files of one folder do. */
function isBeside(document: TextDocument, other: TextDocument): boolean {
  const folderOf = ({ uri }: TextDocument) => uri.slice(0, uri.lastIndexOf('/'));
  return other !== document && other.languageId === document.languageId && folderOf(other) === folderOf(document);
}

/** The marks of a document as it is now; `undefined` where it changed, or nobody wanted them any more, while it was read. */
async function computeDiagnostics(
  document: TextDocument,
  context: HandlerContext,
  isWanted: () => boolean,
): Promise<Diagnostic[] | undefined> {
  const { workspace, findings } = context;
  if (isConfig(document.uri)) return diagnoseConfig(document, context);
  const findingsFile = await workspace.isFindingsFile(document);
  const analyzed = await workspace.analyze(document);
  const policies = analyzed?.analysis.policies.length ?? 0;
  // A policy may bear a name that the globs of findings files match; what it holds decides.
  if (findingsFile && policies === 0) {
    const catalogue = analyzed?.analysis.catalogue ?? context.runtime.catalogue;
    return diagnoseFindings(document, findingsFile.settings, catalogue, isWanted);
  }
  if (!analyzed) return [];
  const { analysis, analyzer, settings } = analyzed;
  return policyDiagnostics(document, analysis, {
    severity: SEVERITIES[settings.severity],
    locate: (evidence) => findings.locate(evidence, analyzer.index),
  });
}

/** The file that is being mended says itself what is wrong, whatever that does to the settings. */
async function diagnoseConfig(document: TextDocument, { workspace }: HandlerContext): Promise<Diagnostic[]> {
  const { enable } = await workspace.settingsOf(document.uri);
  return enable ? configDiagnostics(document) : [];
}

/**
 * A file that the default globs pick up by its name may be another tool's: of a shape that nobody knows it is left in peace.
 * One that the user named is said to be wrong.
 */
async function diagnoseFindings(
  document: TextDocument,
  settings: Settings,
  catalogue: Catalogue,
  isWanted: () => boolean,
): Promise<Diagnostic[] | undefined> {
  const text = document.getText();
  const steps = readFindingsInSteps(text, pathOf(document.uri), catalogue);
  const file = await runInSlices(steps, () => document.getText() === text && isWanted());
  if (!file) return undefined;
  const named = settings.findings.join() !== DEFAULT_SETTINGS.findings.join();
  const broken = file.problems.some(({ at }) => typeof at === 'number');
  return file.recognised || named || broken
    ? findingsDiagnostics(document, file, catalogue, settings.unusedAccessAge)
    : [];
}
