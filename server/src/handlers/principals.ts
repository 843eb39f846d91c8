import { PRINCIPALS_REQUEST, type PrincipalsParams, type PrincipalsResult } from '../protocol.ts';
import { runInSlices } from '../runInSlices.ts';
import { principalChoices } from '../service/principals/choices.ts';
import { settingName } from '../service/settingOrigins.ts';
import { findTarget } from '../service/target.ts';
import { pathInside } from '../workspace/paths.ts';
import { principalKeys } from '../workspace/principalKeys.ts';
import type { HandlerContext } from './context.ts';
import { runSafe } from './runSafe.ts';

/** Serves the request behind "IAM: Choose Principal…": who could be chosen for a policy, and where the choice can be written. */
export function registerPrincipals({ connection, documents, workspace }: HandlerContext): void {
  connection.onRequest(PRINCIPALS_REQUEST, (params: PrincipalsParams, token) => {
    const work = async (): Promise<PrincipalsResult> => {
      const document = documents.get(params.textDocument.uri);
      const analyzed = document && (await workspace.analyze(document));
      if (!document || !analyzed) return refuse('Open an IAM policy first');
      const { analysis, analyzer, folder, settings } = analyzed;
      const offset = params.position && document.offsetAt(params.position);
      const [only, ...others] = analysis.policies;
      const policy =
        findTarget(analysis, { pointer: params.pointer, offset })?.policy ??
        (params.pointer === undefined && others.length === 0 ? only : undefined);
      if (!policy)
        return refuse(
          others.length > 0 ? 'Put the cursor into one of the policies of this file' : 'There is no IAM policy here',
        );
      if (policy.document.kind !== 'identity')
        return refuse('Unused-access findings speak of identity policies only, and this is none');
      if (folder === undefined)
        return refuse('Open the folder that holds this file: findings are looked for in workspace folders');
      const principals = await runInSlices(principalChoices(analyzer, policy, analysis.place));
      if (settings.blocked !== undefined) return refuse(`There is nobody to choose: ${settings.blocked}`);
      if (principals.length === 0) return refuse(`There is nobody to choose: ${policy.match.why}`);
      const keys = principalKeys(
        settings.principals,
        pathInside(settings.bases.principals, document.uri),
        analysis,
        policy.document,
      );
      return keys.length > 0
        ? { principals, keys }
        : refuse(`This file cannot be named in ${settingName('principals', settings.origins)}: rename it`);
    };
    const failed = refuse('The principals could not be found; the output channel "IAM Policy Refiner" says why');
    return runSafe(work, failed, `Principals for ${params.textDocument.uri}`, token, connection.console);
  });
}

function refuse(refusal: string): PrincipalsResult {
  return { principals: [], keys: [], refusal };
}
