import type { TextDocument } from 'vscode-languageserver-textdocument';
import {
  type NotGrantedStatus,
  POLICY_STATUS_REQUEST,
  type PolicyStatus,
  type PolicyStatusParams,
} from '../protocol.ts';
import type { FindingsMatch } from '../service/findings/rules/outcome.ts';
import { describeNotGranted } from '../service/reverse/wording.ts';
import { appliedReports, choosePolicy } from '../service/status.ts';
import { count } from '../service/text.ts';
import { type FolderView, MAX_VIEWED_FILES } from '../workspace/reverseViews.ts';
import type { HandlerContext } from './context.ts';
import { notifyChanged } from './notifyChanged.ts';
import { refreshWhenRead } from './refreshWhenRead.ts';
import { runSafe } from './runSafe.ts';

/** Serves the request behind the status: whose the policy at the cursor is, why, by which findings, and what they report beside. */
export function registerPolicyStatus(context: HandlerContext): void {
  const { connection, client } = context;
  const tellWhenRead = refreshWhenRead(context, () => notifyChanged(connection, client));
  connection.onRequest(POLICY_STATUS_REQUEST, (params: PolicyStatusParams, token) =>
    runSafe(
      () => statusOf(params, context, tellWhenRead),
      null,
      `The status of ${params.textDocument.uri}`,
      token,
      connection.console,
    ),
  );
}

async function statusOf(
  { textDocument: { uri }, position, pointer }: PolicyStatusParams,
  { documents, workspace, findings, reverseViews }: HandlerContext,
  tellWhenRead: (document: TextDocument) => void,
): Promise<PolicyStatus | null> {
  const document = documents.get(uri);
  const analyzed = document && (await workspace.analyze(document, 'briefly'));
  const policy =
    analyzed && choosePolicy(analyzed.analysis, { pointer, offset: position && document.offsetAt(position) });
  if (!policy) return null;
  if (analyzed.isPreliminary) tellWhenRead(document);
  const { match, refined } = policy;
  const { folder, settings } = analyzed;
  const { catalogue } = analyzed.analysis;
  const principals = match.kind === 'matched' ? match.principals : [];
  const view =
    folder !== undefined && principals.length > 0
      ? reverseViews.get(folder, principals, uri, settings.config?.uri)
      : undefined;
  return {
    target: { uri, pointer: policy.document.pointer },
    kind: kindOf(match),
    principals: principals.map(({ name }) => name),
    accounts: [...new Set(principals.flatMap(({ account }) => account ?? []))],
    why: match.why,
    ...(refined && { totals: refined.refinement.totals }),
    findings: appliedReports(policy, Date.now()).flatMap(({ file, place, ...dates }) => {
      const location = findings.locate({ file, place }, analyzed.analyzer.index);
      return location ? [{ ...location, ...dates }] : [];
    }),
    catalogue: { date: catalogue.date, actions: catalogue.size },
    ...(view && { notGranted: describeView(view) }),
    ...(settings.config && { config: { uri: settings.config.uri, name: settings.config.name } }),
  };
}

function kindOf(match: FindingsMatch): PolicyStatus['kind'] {
  if (match.kind === 'matched') return 'matched';
  return match.blocked ? 'blocked' : 'unmatched';
}

function describeView({ notGranted, tooManyFiles }: FolderView): NotGrantedStatus[] {
  if (tooManyFiles) {
    const files = count(MAX_VIEWED_FILES, 'file');
    const message = `More than ${files} here may hold policies: 'iam-policy-refiner check' on the command line tells what none of them grants`;
    return [{ message, actions: [] }];
  }
  return notGranted.map((view) => ({
    message: describeNotGranted(view),
    actions: [...view.actions, ...view.services.map((service) => `${service}:*`)],
  }));
}
