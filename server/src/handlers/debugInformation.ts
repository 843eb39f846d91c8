import { DEBUG_INFORMATION_REQUEST, type DebugInformation, type DebugInformationParams } from '../protocol.ts';
import { describeDebugInformation } from '../service/debug/debugInformation.ts';
import { pathOf } from '../workspace/paths.ts';
import type { HandlerContext } from './context.ts';
import { runSafe } from './runSafe.ts';

/** Serves the request behind "IAM: Show Debug Information". */
export function registerDebugInformation({ connection, documents, workspace, runtime }: HandlerContext): void {
  connection.onRequest(DEBUG_INFORMATION_REQUEST, (params: DebugInformationParams, token) => {
    const failed = { markdown: '- The server could not tell; the output channel "IAM Policy Refiner" says why\n' };
    const work = async (): Promise<DebugInformation> => {
      const folders = await workspace.inspectFolders();
      const uri = params.textDocument?.uri;
      const document = uri === undefined ? undefined : documents.get(uri);
      const analyzed = document && (await workspace.analyze(document));
      return {
        markdown: describeDebugInformation({
          platform: runtime.platform,
          catalogue: analyzed?.analysis.catalogue ?? runtime.catalogue,
          folders,
          ...(uri !== undefined && {
            active: { path: pathOf(uri), analysis: analyzed?.analysis, config: analyzed?.settings.config?.name },
          }),
        }),
      };
    };
    return runSafe(work, failed, 'Debug information', token, connection.console);
  });
}
