import { PRINCIPALS_REQUEST, type PrincipalsParams, type PrincipalsResult } from '../protocol.ts';
import { runInSlices } from '../runInSlices.ts';
import { principalChoices } from '../service/principals/choices.ts';
import { settingName } from '../service/settingOrigins.ts';
import type { Match } from '../service/whose/match.ts';
import { pathInside } from '../workspace/paths.ts';
import { principalKeys } from '../workspace/principalKeys.ts';
import type { HandlerContext } from './context.ts';
import { policyToSettle } from './policyToSettle.ts';
import { runSafe } from './runSafe.ts';

/** Serves the request behind "IAM: Choose Principal…": who could be chosen for a policy, and where the choice can be written. */
export function registerPrincipals({ connection, documents, workspace }: HandlerContext): void {
  connection.onRequest(PRINCIPALS_REQUEST, (params: PrincipalsParams, token) => {
    const work = async (): Promise<PrincipalsResult> => {
      const document = documents.get(params.textDocument.uri);
      const analyzed = document && (await workspace.analyze(document));
      if (!document || !analyzed) return refuse('Open an IAM policy first');
      const { analysis, analyzer, settings } = analyzed;
      const meant = policyToSettle(params, document, analyzed);
      if ('refusal' in meant) return refuse(meant.refusal);
      const { policy } = meant;
      const principals = await runInSlices(
        principalChoices(analyzer, policy, analysis.place, analyzed.repository.accountsOfFile(analysis.place.path)),
      );
      if (settings.blocked !== undefined) return refuse(`There is nobody to choose: ${settings.blocked}`);
      if (principals.length === 0 || !isOpen(policy.match))
        return refuse(`There is nobody to choose: ${policy.match.basis}`);
      const keys = principalKeys(
        settings.principals,
        pathInside(settings.bases.principals, document.uri),
        analysis,
        policy,
      );
      return keys.length > 0
        ? { principals, keys }
        : refuse(`This file cannot be named in ${settingName('principals', settings.origins)}: rename it`);
    };
    const failed = refuse('The principals could not be found; the output channel "IAM Policy Refiner" says why');
    return runSafe(work, failed, `Principals for ${params.textDocument.uri}`, token, connection.console);
  });
}

/** Whether the user has a say: whom the code names stays, with findings or without. */
function isOpen({ kind, settle = [] }: Match): boolean {
  return kind !== 'none' || settle.some(({ setting }) => setting === 'principals');
}

function refuse(refusal: string): PrincipalsResult {
  return { principals: [], keys: [], refusal };
}
