import type { ClientCapabilities, InitializeParams } from 'vscode-languageserver/node';

/** `modern` can all that LSP 3.17 offers and the server uses; `plain` nothing of it, as many small editors. */
export type Profile = 'modern' | 'plain';

const MODERN: ClientCapabilities = {
  textDocument: {
    diagnostic: { dynamicRegistration: true, relatedDocumentSupport: false },
    publishDiagnostics: { relatedInformation: true, tagSupport: { valueSet: [1, 2] }, dataSupport: true },
    codeAction: { isPreferredSupport: true, dataSupport: true },
    codeLens: {},
    hover: { contentFormat: ['markdown', 'plaintext'] },
  },
  workspace: {
    codeLens: { refreshSupport: true },
    configuration: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true },
    diagnostics: { refreshSupport: true },
    workspaceEdit: { documentChanges: true },
    workspaceFolders: true,
  },
};

/** Says, as our own client does, that it has the commands of `protocol.ts`. */
export const WITH_COMMANDS = {
  initialize: (params: InitializeParams): InitializeParams => ({
    ...params,
    initializationOptions: { ...params.initializationOptions, commands: true },
  }),
};

/** The parameters with which a client of this profile opens a folder. */
export function initializeParams(profile: Profile, folderUri: string, settings: unknown): InitializeParams {
  const common = { processId: process.pid, clientInfo: { name: `${profile} test client` }, rootUri: folderUri };
  return profile === 'modern'
    ? { ...common, capabilities: MODERN, workspaceFolders: [{ uri: folderUri, name: 'workspace' }] }
    : { ...common, capabilities: {}, workspaceFolders: null, initializationOptions: settings };
}
