/**
 * What we use of the language client, in a bundle of its own: it is ten times as large as all the rest, and is loaded when a policy is
 * there, not in every workspace with a JSON file in it.
 */
export { LanguageClient, State, TransportKind, WorkDoneProgress } from 'vscode-languageclient/node';
