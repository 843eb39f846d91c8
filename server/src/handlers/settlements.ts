import { SETTLEMENTS_REQUEST, type SettlementsParams, type SettlementsResult } from '../protocol.ts';
import { settlementChoices } from '../service/whose/settlementChoices.ts';
import type { HandlerContext } from './context.ts';
import { policyToSettle } from './policyToSettle.ts';
import { runSafe } from './runSafe.ts';

/** Serves the request behind "IAM: Confirm Role or User": what settles whose a policy is. */
export function registerSettlements({ connection, documents, workspace }: HandlerContext): void {
  connection.onRequest<SettlementsResult, never>(SETTLEMENTS_REQUEST, (params: SettlementsParams, token) => {
    const work = async (): Promise<SettlementsResult> => {
      const document = documents.get(params.textDocument.uri);
      const analyzed = document && (await workspace.analyze(document));
      if (!document || !analyzed) return refuse('Open an IAM policy first');
      const meant = policyToSettle(params, document, analyzed);
      if ('refusal' in meant) return refuse(meant.refusal);
      const { match } = meant.policy;
      if (match.isBlocked) return refuse(`Nothing can be confirmed, because ${match.basis}`);
      return { kind: match.kind, why: match.basis, settlements: settlementChoices(match) };
    };
    const failed = refuse('Whose it is could not be found out; the output channel "IAM Policy Refiner" says why');
    return runSafe(work, failed, `Settlements for ${params.textDocument.uri}`, token, connection.console);
  });
}

function refuse(refusal: string): SettlementsResult {
  return { kind: 'none', why: refusal, settlements: [], refusal };
}
