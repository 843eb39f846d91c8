import type { PolicyDocument, PolicySyntax, Statement } from '../../server/src/service/policy/model.ts';

/**
 * What is read of a text, a line each:
 *
 *     /Resources/Role/Properties/Policies/0/PolicyDocument
 *       Allow Action s3:Get* s3:Put*
 *       Deny NotAction iam:* (principal) (opaque)
 */
export function outlineIn(syntax: PolicySyntax, text: string): string {
  return syntax
    .read(text)
    .documents.flatMap((document) => [document.pointer || '(the file)', ...document.statements.map(describeStatement)])
    .join('\n');
}

/** The only policy of a text. */
export function onlyPolicyIn(syntax: PolicySyntax, text: string): PolicyDocument {
  const { documents } = syntax.read(text);
  const [document] = documents;
  if (!document || documents.length > 1) throw new Error(`${documents.length} policies in ${text}`);
  return document;
}

function describeStatement({ effect, element, entries, hasPrincipal, hasOpaqueEntries, mustStay }: Statement): string {
  const notes = [
    ...(hasPrincipal ? ['(principal)'] : []),
    ...(hasOpaqueEntries ? ['(opaque)'] : []),
    ...(mustStay ? ['(must stay)'] : []),
  ];
  return `  ${[effect, element, ...entries.map(({ value }) => value), ...notes].join(' ')}`;
}
