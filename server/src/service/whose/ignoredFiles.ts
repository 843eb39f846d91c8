import ignore, { type Ignore } from 'ignore';
import { folderOf, relativeTo } from './paths.ts';

/** No file of patterns that people write is longer, in UTF-16 units; nor is any of their lines. */
const MAX_LENGTH = 100_000;
const MAX_LINE = 500;

/** What git reads beside the `.gitignore` files of the folders, led on from the repository's root. */
const EXCLUDE = '.git/info/exclude';

/** Tells which files of a repository git ignores. */
export class IgnoredFiles {
  readonly #root: string;
  /** By folder, led on from the root. */
  readonly #rules = new Map<string, Ignore>();
  readonly #exclude: Ignore | undefined;
  readonly #folders = new Map<string, boolean>();

  /**
   * @param files the paths and texts of the `.gitignore` files, and of `.git/info/exclude`, where there are any
   * @param root the folder of the repository
   */
  constructor(files: Iterable<readonly [path: string, text: string]>, root: string) {
    this.#root = root;
    for (const [path, text] of files) {
      const own = relativeTo(root, path);
      if (own === EXCLUDE) this.#exclude = rulesOf(text);
      else this.#rules.set(folderOf(own), rulesOf(text));
    }
  }

  /** Whether git ignores a file, if nobody has added it all the same. */
  has(path: string): boolean {
    const own = relativeTo(this.#root, path);
    if (own === path) return false;
    return this.#isInIgnoredFolder(folderOf(own)) || this.#isIgnored(own, false);
  }

  /** What lies in an ignored folder is ignored, whatever rules say of it. */
  #isInIgnoredFolder(folder: string): boolean {
    if (folder === '') return false;
    let known = this.#folders.get(folder);
    if (known === undefined) {
      known = this.#isInIgnoredFolder(folderOf(folder)) || this.#isIgnored(folder, true);
      this.#folders.set(folder, known);
    }
    return known;
  }

  /** What the rules say of a path by itself: those of the nearest folder that say anything. */
  #isIgnored(path: string, isFolder: boolean): boolean {
    for (let folder = folderOf(path); ; folder = folderOf(folder)) {
      const rules = this.#rules.get(folder);
      const said = rules && saidOf(rules, folder === '' ? path : path.slice(folder.length + 1), isFolder);
      if (said !== undefined) return said;
      if (folder === '') return (this.#exclude && saidOf(this.#exclude, path, isFolder)) ?? false;
    }
  }
}

function saidOf(rules: Ignore, path: string, isFolder: boolean): boolean | undefined {
  const { ignored, unignored } = rules.test(isFolder ? `${path}/` : path);
  if (!ignored) return unignored ? false : undefined;
  // A folder above that other rules brought back is none that these ignore.
  const folder = folderOf(path);
  return folder !== '' && rules.test(`${folder}/`).ignored ? undefined : true;
}

/** On Linux, git tells upper case from lower; and where it does not, a file that is taken for one of the repository does no harm. */
function rulesOf(text: string): Ignore {
  const rules = ignore({ ignorecase: false });
  if (text.length > MAX_LENGTH) return rules;
  return rules.add(text.split('\n').filter(isCheap).join('\n'));
}

/** Whether a line makes no regular expression that takes long on hostile paths. */
function isCheap(line: string): boolean {
  return line.length <= MAX_LINE && line.split('**').length <= 3 && line.split(/[*?[]/).length <= 9;
}
