import type { Runtime } from '../runtime.ts';
import type { PolicyFile, PolicySyntax } from '../service/policy/model.ts';
import { isTerraformFile } from '../service/policy/terraform/files.ts';
import { evidenceKind } from '../service/whose/evidence/files.ts';
import { type FileFacts, NO_FACTS } from '../service/whose/facts.ts';
import { mayTell } from '../service/whose/mayTell.ts';

/** What reads facts: the syntaxes of policies, and the readers of what tells of deployments, which are loaded when they are needed. */
export type FactReaders = Pick<Runtime, 'syntaxes' | 'loadEvidence'>;

/** What was read of a file: what it says of who holds policies and, of an open document, its policies, from the same parse. */
export interface ReadFile {
  readonly facts: FileFacts;
  readonly syntax?: PolicySyntax;
  readonly file?: PolicyFile;
}

/** What a file on disk says of who holds policies, read by its name and text; `undefined` for a text that cannot be read. Never rejects. */
export async function factsOf(path: string, text: string | undefined, readers: FactReaders): Promise<FileFacts> {
  if (text === undefined) return unreadFacts(path, 'it cannot be read');
  try {
    if (!mayTell(path, text)) return nothingSaid(path);
    const evidence = await evidenceOf(path, text, readers);
    if (evidence) return evidence;
    const syntax = await readers.syntaxes.ofFile(path, text);
    return syntax ? syntax.facts(text) : NO_FACTS;
  } catch {
    return unreadFacts(path, 'it could not be looked at');
  }
}

/**
 * Reads an open document. Its language tells its syntax and, where that holds no policies, its name does. Never rejects.
 * @param languageId LSP's
 */
export async function readOpen(
  path: string,
  text: string,
  languageId: string,
  readers: FactReaders,
): Promise<ReadFile> {
  try {
    const { syntaxes } = readers;
    const syntax = await (syntaxes.ofLanguage(languageId, path, text) ?? syntaxes.ofFile(path, text));
    const file = syntax?.read(text);
    const facts =
      (await evidenceOf(path, text, readers)) ?? (syntax && file ? factsOfRead(file, text, syntax) : NO_FACTS);
    return { facts, ...(syntax && { syntax }), ...(file && { file }) };
  } catch {
    return { facts: unreadFacts(path, 'it could not be looked at') };
  }
}

/** What a file says whose policies were read already: of the same parse, where there was one. */
export function factsOfRead(file: PolicyFile, text: string, syntax: PolicySyntax): FileFacts {
  return file.facts?.() ?? syntax.facts(text);
}

/** The facts of a file that is not read: it may say anything of the others in its scope. */
export function unreadFacts(path: string, unread: string): FileFacts {
  return { ...nothingSaid(path), unread };
}

function nothingSaid(path: string): FileFacts {
  return isTerraformFile(path) ? NO_FACTS_OF_MODULE : NO_FACTS;
}

const NO_FACTS_OF_MODULE: FileFacts = { ...NO_FACTS, scope: 'folder' };

async function evidenceOf(path: string, text: string, { loadEvidence }: FactReaders): Promise<FileFacts | undefined> {
  return evidenceKind(path) && (await loadEvidence())(path, text);
}
