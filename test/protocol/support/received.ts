import {
  CodeLensRefreshRequest,
  ConfigurationRequest,
  DiagnosticRefreshRequest,
  LogMessageNotification,
  type LogMessageParams,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  type PublishDiagnosticsParams,
  type Registration,
  RegistrationRequest,
  type WorkspaceFolder,
  WorkspaceFoldersRequest,
} from 'vscode-languageserver/node';
import { CHANGED_NOTIFICATION } from '../../../server/src/protocol.ts';
import { Inbox } from './inbox.ts';

/** How a client answers what the server asks of it. */
export interface Answers {
  /** The settings below `iamPolicyRefiner` that hold for a resource; may throw. */
  settings(scopeUri: string): unknown;
  workspaceFolders(): WorkspaceFolder[];
  /** The method of the requests that are answered with an error. */
  readonly refuse?: string | undefined;
}

/** What the server sends of its own accord, by kind; its requests are answered. */
export class Received {
  readonly registrations = new Inbox<Registration>('client/registerCapability');
  readonly refreshes = new Inbox<true>('workspace/diagnostic/refresh');
  readonly lensRefreshes = new Inbox<true>('workspace/codeLens/refresh');
  readonly published = new Inbox<PublishDiagnosticsParams>('textDocument/publishDiagnostics');
  readonly changes = new Inbox<true>(CHANGED_NOTIFICATION);
  readonly logs = new Inbox<LogMessageParams>('window/logMessage');
  /** The methods of the requests that the server sent. */
  readonly asked = new Inbox<string>('a request of the server');

  constructor(connection: ProtocolConnection, answers: Answers) {
    const ask = (method: string) => {
      this.asked.push(method);
      if (method === answers.refuse) throw new Error('The client refuses');
    };
    connection.onNotification(CHANGED_NOTIFICATION, () => this.changes.push(true));
    connection.onNotification(LogMessageNotification.type, (log) => this.logs.push(log));
    connection.onNotification(PublishDiagnosticsNotification.type, (report) => this.published.push(report));
    connection.onRequest(ConfigurationRequest.type, ({ items }) => {
      ask(ConfigurationRequest.method);
      return items.map(({ scopeUri = '' }) => answers.settings(scopeUri));
    });
    connection.onRequest(RegistrationRequest.type, ({ registrations }) => {
      ask(RegistrationRequest.method);
      for (const registration of registrations) this.registrations.push(registration);
    });
    connection.onRequest(DiagnosticRefreshRequest.type, () => {
      ask(DiagnosticRefreshRequest.method);
      this.refreshes.push(true);
    });
    connection.onRequest(CodeLensRefreshRequest.type, () => {
      ask(CodeLensRefreshRequest.method);
      this.lensRefreshes.push(true);
    });
    connection.onRequest(WorkspaceFoldersRequest.type, () => {
      ask(WorkspaceFoldersRequest.method);
      return answers.workspaceFolders();
    });
  }
}
