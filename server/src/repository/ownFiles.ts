import picomatch from 'picomatch';
import { mapLimited } from '../mapLimited.ts';
import type { FileAccess } from '../runtime.ts';
import { POLICY_GLOBS } from '../service/policy/syntaxes.ts';
import { isPassedOver } from '../service/policy/terraform/files.ts';
import { EVIDENCE_GLOBS } from '../service/whose/evidence/files.ts';
import { isGenerated } from '../service/whose/generated.ts';
import { IgnoredFiles } from '../service/whose/ignoredFiles.ts';
import type { FileCache } from './fileCache.ts';

/** So many files are read at a time. */
export const MAX_OPEN = 8;

/** The files that may tell whose policies are. */
export const TELLING_GLOBS: readonly string[] = [...POLICY_GLOBS, ...EVIDENCE_GLOBS];

/** What git reads to know which files to ignore. */
export const GIT_RULES = '**/.gitignore';

/** How paths and URIs lead to each other. */
export interface Spelling {
  pathOf(uri: string): string;
  /** A URI in one spelling, to compare it. */
  keyOf(uri: string): string;
}

/** Which files are a repository's own. */
export interface OwnFiles {
  /** Those that were found, by their URIs. */
  readonly uris: readonly string[];
  /** Whether a file below the root is, or would be if it were there; its name need not be one of those that are looked for. */
  has(uri: string): boolean;
}

/**
 * Finds a repository's own files that may tell something: those that git does not ignore; of these, what tools made is found for what it tells.
 * @param root the URI of its folder
 * @param isShallow whether nothing below that folder's own files is looked at
 * @param rules the texts of the files that git reads
 */
export async function findOwnFiles(
  root: string,
  isShallow: boolean,
  files: FileAccess,
  { pathOf, keyOf }: Spelling,
  rules: FileCache<string>,
): Promise<OwnFiles> {
  const globs = [...TELLING_GLOBS, GIT_RULES];
  const found = await files
    .findAll(root, isShallow ? globs.map((glob) => glob.replace('**/', '')) : globs)
    .catch(() => []);
  const texts = await mapLimited(
    [...found.filter(isRuleOfGit), `${root}/.git/info/exclude`].map(keyOf),
    MAX_OPEN,
    async (uri) => [pathOf(uri), await rules.onDisk(uri)] as const,
  );
  const path = pathOf(root).replace(/\/$/, '');
  const ignored = new IgnoredFiles(texts, path);
  const has = (uri: string) => {
    const own = pathOf(uri);
    if (!own.startsWith(`${path}/`) || isPassedOver(own)) return false;
    const steps = own.slice(path.length + 1).split('/');
    if (isShallow ? steps.length > 1 : steps.some(isNobodys)) return false;
    return !ignored.has(own) || isGenerated(own, path);
  };
  return { uris: found.map(keyOf).filter((uri) => !isRuleOfGit(uri) && has(uri)), has };
}

/** Whether a file is one that git reads to know which files to ignore. */
export function isRuleOfGit(uri: string): boolean {
  return uri.endsWith('/.gitignore') || uri.endsWith('/.git/info/exclude');
}

/** Whether a file's name is that of one that may tell something. */
export const isTellingName: (path: string) => boolean = picomatch([...TELLING_GLOBS], { dot: true, nocase: true });

/** Folders in which the search for files does not look either. */
function isNobodys(step: string): boolean {
  return step === 'node_modules' || step === '.git';
}
