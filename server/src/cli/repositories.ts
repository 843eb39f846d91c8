import path from 'node:path';
import { mappingsFor } from '../mapping.ts';
import { loadEvidence } from '../node/evidence.ts';
import { nodeFiles } from '../node/files.ts';
import { spelling } from '../node/spelling.ts';
import { syntaxes } from '../node/syntaxes.ts';
import { factsOfText } from '../repository/factsOf.ts';
import { isRoot } from '../repository/findRoot.ts';
import { type ExtraFile, RepositoryFiles, type RepositorySettings } from '../repository/repositoryFiles.ts';
import type { PolicyAnswer } from '../service/analysis.ts';
import type { Question } from '../service/whose/question.ts';
import type { Repository } from '../service/whose/repository.ts';
import { syntaxOf } from './fileAnalyzer.ts';
import { type Input, readInput, toSlashes } from './inputs.ts';
import { decodePolicy } from './policyText.ts';
import type { Setup } from './setUp.ts';

/** What a repository says of the policies of a file, by their pointers. It can be handed to another thread. */
export interface InputAnswers {
  readonly root: string;
  readonly policies: readonly (readonly [pointer: string, answer: PolicyAnswer])[];
}

/** The repositories around the files that PATHs stand for. */
export class Repositories {
  readonly #setup: Setup;
  readonly #isAlone: boolean;
  readonly #byFolder: ReadonlyMap<string, Repository>;

  /**
   * Reads what all files of the repositories say.
   * @param inputs all files of the run
   * @param isAlone whether there is but one PATH
   */
  static async open(setup: Setup, inputs: readonly Input[], isAlone: boolean): Promise<Repositories> {
    return new Repositories(setup, isAlone, await new RepositoryReader(setup).read(inputs));
  }

  private constructor(setup: Setup, isAlone: boolean, byFolder: ReadonlyMap<string, Repository>) {
    this.#setup = setup;
    this.#isAlone = isAlone;
    this.#byFolder = byFolder;
  }

  /** Whether an input is to be looked at: all that is named is, and of what is only found, the repository's own files are. */
  includes(input: Input): boolean {
    return input.named || this.#repositoryOf(input).has(pathIn(input));
  }

  /** What is known of the policies of an input. */
  answersFor(input: Input): InputAnswers {
    const repository = this.#repositoryOf(input);
    const file = pathIn(input);
    const question = this.#questionOf(input, repository);
    const policies = repository.policies.factsOf(file).flatMap(({ pointer }) => {
      const standing = repository.standingOf(file, pointer);
      return standing ? [[pointer, { standing, match: repository.matchOf(file, pointer, question) }] as const] : [];
    });
    return { root: repository.root, policies };
  }

  /** Every candidate for a policy of an input, a line each; `undefined` where there is no such policy. */
  explain(input: Input, name: string): readonly string[] | undefined {
    const repository = this.#repositoryOf(input);
    const file = pathIn(input);
    const fact = repository.policies.factsOf(file).find((policy) => policy.pointer === name || policy.name === name);
    return fact && repository.explain(file, fact.pointer, this.#questionOf(input, repository));
  }

  #repositoryOf(input: Input): Repository {
    return this.#byFolder.get(folderOf(input)) as Repository;
  }

  /** What the policies of an input are called. */
  policiesOf(input: Input): readonly string[] {
    const { policies } = this.#repositoryOf(input);
    return policies.factsOf(pathIn(input)).map(({ name, pointer }) => name ?? pointer);
  }

  #questionOf({ named }: Input, { root }: Repository): Question {
    const { analyzer, principals, mapping, anywhere, isStrict } = this.#setup;
    const base = mapping && toSlashes(mapping.folder);
    return {
      index: analyzer.index,
      principals,
      isNamed: named,
      isAlone: named && this.#isAlone,
      anywhere,
      isStrict,
      keyBase: base ?? root,
      mappingsOf: (file) => {
        const relative = base === undefined ? undefined : toSlashes(path.relative(base, file));
        if (!mapping || relative === undefined || relative.startsWith('../') || path.isAbsolute(relative)) return [];
        return mappingsFor(mapping.principals, relative, { principals: mapping.file });
      },
    };
  }
}

/** Reads the repositories of a run. */
class RepositoryReader {
  readonly #setup: Setup;
  readonly #files = new RepositoryFiles({ files: nodeFiles, syntaxes, loadEvidence }, spelling);

  constructor(setup: Setup) {
    this.#setup = setup;
  }

  /** The repository of each folder. */
  async read(inputs: readonly Input[]): Promise<ReadonlyMap<string, Repository>> {
    // Folders in no repository make one together: the user named them for one run.
    const folders = new Map<string | undefined, Set<string>>();
    for (const folder of new Set(inputs.map(folderOf))) {
      const root = await this.#rootOf(folder);
      folders.set(root, (folders.get(root) ?? new Set()).add(folder));
    }
    const byFolder = new Map<string, Repository>();
    for (const [root, own] of folders) {
      const members = inputs.filter((input) => own.has(folderOf(input)));
      const repository = await this.#make(root, [...own], members);
      for (const folder of own) byFolder.set(folder, repository);
    }
    return byFolder;
  }

  async #make(root: string | undefined, folders: readonly string[], members: readonly Input[]): Promise<Repository> {
    const roots = root === undefined ? folders : [root];
    const outer = roots.filter((folder) => !roots.some((other) => other !== folder && folder.startsWith(`${other}/`)));
    const extra = await Promise.all(members.map((input) => this.#extraOf(input)));
    const uris = outer.map((folder) => spelling.uriOf(folder).replace(/\/$/, ''));
    const typed = root === undefined && outer.length === 1 ? members[0]?.typed : undefined;
    // What lies below the folder of a file that is named may be all of somebody's disk.
    const isShallow = root === undefined && members.every(({ named }) => named);
    return this.#files.of(uris, { ...this.#settings(), isShallow }, extra.flat(), typed);
  }

  #settings(): RepositorySettings {
    const { exclude, accounts, mapping } = this.#setup;
    return { base: toSlashes(mapping?.folder ?? process.cwd()), exclude, accounts };
  }

  /** What the user names, or what comes from standard input, is looked at whatever it is called. */
  async #extraOf(input: Input): Promise<ExtraFile[]> {
    if (!input.named) return [];
    try {
      const { text } = decodePolicy(readInput(input));
      const uri = spelling.uriOf(input.file === '-' ? `${folderOf(input)}/-` : input.path);
      return [{ uri, facts: factsOfText(text, await syntaxOf(input, text)) }];
    } catch {
      // That it cannot be read is said when it is looked at.
      return [];
    }
  }

  /** The root of the repository that a folder lies in; `undefined` where it lies in none. */
  async #rootOf(folder: string): Promise<string | undefined> {
    const uri = await this.#files.rootOf(spelling.uriOf(folder));
    return (await isRoot(nodeFiles, uri)) ? spelling.pathOf(uri) : undefined;
  }
}

/** The PATH's folder; of standard input, the working folder. */
function folderOf({ file, root }: Input): string {
  return file === '-' ? toSlashes(process.cwd()) : root.replace(/(?<=.)\/$/, '');
}

/** The path by which a repository knows an input. */
function pathIn(input: Input): string {
  return input.file === '-' ? `${folderOf(input)}/-` : input.path;
}
