import { type ComputedText, HOLE, literalOf } from '../computedText.ts';
import type { DeploymentFact, IncludeFact } from '../facts.ts';
import {
  afterStart,
  type Command,
  computedWord,
  literalWord,
  type Part,
  startOfWord,
  type Word,
} from './shell/words.ts';

/**
 * A place in the repository, as a script names it: a path, and from where it leads on. `own` is the folder of the script's file; `above`
 * that, or any above it; `root` the repository's; `anywhere` any folder at all.
 */
export interface Place {
  readonly from: 'own' | 'above' | 'root' | 'anywhere';
  readonly path: ComputedText;
}

/** Variables that hold the root of the repository. */
const ROOTS =
  /^(?:GITHUB_WORKSPACE|github\.workspace|CI_PROJECT_DIR|CODEBUILD_SRC_DIR|BITBUCKET_CLONE_DIR|WORKSPACE|CIRCLE_WORKING_DIRECTORY|Build\.SourcesDirectory|System\.DefaultWorkingDirectory)$/;

/** Where a word leads to from a folder; `undefined` where that lies outside of the repository, or is no path. */
export function placeOf(word: Word, folder: Place): Place | undefined {
  const [first, ...rest] = word.filter((part) => part !== '');
  if (first === undefined) return undefined;
  if (typeof first === 'string') {
    const start = startOfWord(word);
    // Of the whole file system and of other places only what a variable names may be ours.
    if (/^[/~\\]|^[A-Za-z]:[\\/]|^\w+:\/\//.test(start)) return undefined;
    return { from: folder.from, path: join(folder.path, computedPath(word)) };
  }
  // What is put in before more of a name is no folder.
  if (!startOfWord(rest).startsWith('/'))
    return rest.length === 0
      ? folderMeantBy(first, folder)
      : { from: folder.from, path: join(folder.path, computedPath(word)) };
  const base = folderMeantBy(first, folder);
  return { from: base.from, path: join(base.path, computedPath(withoutSlash(rest))) };
}

/** Where commands go on once they have changed their folder. */
export function folderAfter(word: Word | undefined, folder: Place): Place {
  if (word === undefined || literalWord(word) === '-') return ANYWHERE;
  return placeOf(word, folder) ?? ANYWHERE;
}

const ANYWHERE: Place = { from: 'anywhere', path: [] };

function folderMeantBy(part: Exclude<Part, string>, folder: Place): Place {
  if ('variable' in part) {
    if (part.variable === 'PWD') return folder;
    return ROOTS.test(part.variable) ? { from: 'root', path: [] } : ANYWHERE;
  }
  return folderNamedBy(part.commands, folder, 0) ?? ANYWHERE;
}

/** The folder that commands write out: `cd "$(dirname "$0")" && pwd`. */
function folderNamedBy(commands: readonly Command[], start: Place, level: number): Place | undefined {
  let folder: Place | undefined;
  for (const { words } of level > 4 ? [] : commands) {
    const [program, ...operands] = words;
    const target = operands.find((word) => !startOfWord(word).startsWith('-'));
    switch (literalWord(program)) {
      case 'dirname':
        return { from: 'own', path: [] };
      case 'git':
        return literalWord(operands[0]) === 'rev-parse' ? { from: 'root', path: [] } : undefined;
      case 'cd':
      case 'realpath':
      case 'readlink':
        folder = target && folderOfWord(target, folder ?? start, level + 1);
        break;
      case 'pwd':
        return folder ?? start;
      default:
        return folder;
    }
  }
  return folder;
}

function folderOfWord(word: Word, folder: Place, level: number): Place | undefined {
  const [first, ...rest] = word.filter((part) => part !== '');
  if (typeof first !== 'object' || 'variable' in first) return placeOf(word, folder);
  const base = folderNamedBy(first.commands, folder, level);
  return base && { from: base.from, path: join(base.path, computedPath(withoutSlash(rest))) };
}

function withoutSlash(word: Word): Word {
  return startOfWord(word).startsWith('/') ? afterStart(word, 1) : word;
}

/** In a path, what a shell finds by `*` is put in as well. */
function computedPath(word: Word): ComputedText {
  return computedWord(word).flatMap((part) => {
    if (typeof part !== 'string' || !/[*?]/.test(part)) return [part];
    return part
      .split(/[*?]+/)
      .flatMap((stretch, index) => [...(index > 0 ? [HOLE] : []), ...(stretch ? [stretch] : [])]);
  });
}

function join(folder: ComputedText, path: ComputedText): ComputedText {
  const written = path.map((part) => (typeof part === 'string' ? part.replaceAll('\\', '/') : part));
  return folder.length === 0 ? written : [...folder, '/', ...written];
}

/** A path as facts have it: steps that lead nowhere left out where all of it is known. */
export function tidyPath(path: ComputedText): ComputedText {
  const literal = literalOf(path);
  if (literal !== undefined) return [tidy(literal)];
  const text: (string | typeof HOLE)[] = [];
  for (const part of path)
    if (typeof part === 'string' && typeof text.at(-1) === 'string') text.push(`${text.pop() as string}${part}`);
    else if (part !== HOLE || text.at(-1) !== HOLE) text.push(part);
  return text.map((part, index) => (typeof part === 'string' && index === 0 ? part.replace(/^(?:\.\/+)+/, '') : part));
}

/** A path without the steps that lead nowhere: `a/./b/../c` is `a/c`. */
function tidy(path: string): string {
  const steps: string[] = [];
  for (const step of path.split('/')) {
    if (step === '' || step === '.') continue;
    if (step === '..' && steps.length > 0 && steps.at(-1) !== '..') steps.pop();
    else steps.push(step);
  }
  return steps.join('/');
}

/** How often a file's path leads up to the root of the repository, as far as the names of folders tell, which only those of workflows do. */
export function stepsToRoot(path: string): string {
  const [, inside] = /(?:^|\/)\.(?:github|circleci|gitea|forgejo)\/(.*)$/.exec(path) ?? [];
  return inside === undefined ? '' : '../'.repeat(inside.split('/').length);
}

/** Where an include leads to; `undefined` where so little of it is known that it may be any file. */
export function includeOf({ from, path }: Place): Pick<IncludeFact, 'path' | 'isFromRoot' | 'isFromAbove'> | undefined {
  const tidied = tidyPath(path);
  if (!isTelling(tidied)) return undefined;
  if (from === 'own') return { path: tidied };
  if (from === 'above') return { path: tidied, isFromAbove: true };
  if (from === 'root') return { path: tidied, isFromRoot: true };
  // Of a folder that is computed nobody can say where it lies.
  return { path: [HOLE, ...(tidied[0] === HOLE ? tidied.slice(1) : ['/', ...tidied])], isFromRoot: true };
}

/** Whether enough of a path is known to look for it: something of a name, beside its ending. */
export function isTelling(path: ComputedText): boolean {
  const text = path.map((part) => (typeof part === 'string' ? part : '/')).join('');
  return /\w/.test(text.replace(/(^|\/)(?:\.\w+)+|(?:\.\w+)+$/g, '$1'));
}

/** What is deployed, where all of its path is known; else all of the repository. */
export function targetOf(place: Place | undefined, toRoot: string): Pick<DeploymentFact, 'of' | 'isFromAbove'> {
  const [written, ...others] = place ? tidyPath(place.path) : [];
  if (!place || place.from === 'anywhere' || others.length > 0 || typeof written !== 'string') return { of: '/' };
  if (place.from === 'root' && toRoot !== '') return { of: tidy(`${toRoot}${written}`) };
  return place.from === 'own' ? { of: written } : { of: written, isFromAbove: true };
}
