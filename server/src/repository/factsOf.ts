import type { Runtime } from '../runtime.ts';
import type { PolicySyntax } from '../service/policy/model.ts';
import { isTerraformFile } from '../service/policy/terraform/files.ts';
import { evidenceKind } from '../service/whose/evidence/files.ts';
import { type FileFacts, NO_FACTS } from '../service/whose/facts.ts';

/** What reads facts: the syntaxes of policies, and the readers of what tells of deployments, which are loaded when they are needed. */
export type FactReaders = Pick<Runtime, 'syntaxes' | 'loadEvidence'>;

/** What a file says of who holds policies, read by its name and text; `undefined` for a text that cannot be read. Never rejects. */
export async function factsOf(
  path: string,
  text: string | undefined,
  { syntaxes, loadEvidence }: FactReaders,
): Promise<FileFacts> {
  if (text === undefined) return unreadFacts(path, 'it cannot be read');
  try {
    const evidence = evidenceKind(path) && (await loadEvidence())(path, text);
    if (evidence) return evidence;
    const syntax = await syntaxes.ofFile(path, text);
    return syntax?.facts?.(text) ?? NO_FACTS;
  } catch {
    return unreadFacts(path, 'it could not be looked at');
  }
}

/** What a text says that was read already. */
export function factsOfText(text: string, syntax: PolicySyntax): FileFacts {
  return syntax.facts?.(text) ?? NO_FACTS;
}

/** A file that cannot be read may say anything of the others in its scope. */
function unreadFacts(path: string, unread: string): FileFacts {
  return { ...NO_FACTS, scope: isTerraformFile(path) ? 'folder' : 'file', unread };
}
