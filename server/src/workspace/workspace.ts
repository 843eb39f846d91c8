import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { WorkspaceFolder } from 'vscode-languageserver-types';
import { mappingsFor } from '../mapping.ts';
import type { OpenDocuments } from '../repository/fileCache.ts';
import type { RepositoryFiles } from '../repository/repositoryFiles.ts';
import type { Analyzer, FileAnalysis, FileAnswers, FilePlace } from '../service/analysis.ts';
import type { DebugFolder } from '../service/debug/debugInformation.ts';
import type { Syntaxes } from '../service/policy/syntaxes.ts';
import { answersOf } from '../service/whose/answersOf.ts';
import type { Question } from '../service/whose/question.ts';
import type { Repository } from '../service/whose/repository.ts';
import { type Analyzers, STILL_READING, type Waiting } from './analyzers.ts';
import type { Configs } from './configs.ts';
import type { FindingsStore } from './findingsStore.ts';
import { keyOf, pathOf } from './paths.ts';
import type { SettingsStore } from './settings.ts';
import { changedSettings, joinSettings, type SettingsInForce } from './settingsInForce.ts';

/** An open document's settings and analysis. */
export interface AnalyzedDocument {
  readonly settings: SettingsInForce;
  readonly analyzer: Analyzer;
  readonly analysis: FileAnalysis;
  /** The repository that its file belongs to. */
  readonly repository: Repository;
  /** The URI of the workspace folder that holds the document. */
  readonly folder: string | undefined;
  /** Whether the findings are still being read: then nothing is refined, and nothing is known of what is unused. */
  readonly isPreliminary: boolean;
}

/**
 * Joins open documents with settings, findings and catalogue. All it keeps is a cache:
 * an analysis is that of one text of a document and its siblings against one analyzer, and a new one is made when any of
 * them changes.
 */
export class Workspace {
  readonly #syntaxes: Syntaxes;
  readonly #documents: OpenDocuments;
  readonly #settings: SettingsStore;
  readonly #configs: Configs;
  readonly #findings: FindingsStore;
  readonly #analyzers: Analyzers;
  readonly #repositories: RepositoryFiles;
  /** By the document itself: another one may come to have its URI, and the same version. */
  readonly #analyses = new WeakMap<TextDocument, CachedAnalysis>();
  folders: readonly WorkspaceFolder[] = [];
  /** Called when an open document is looked at. */
  onAnalyze: () => void = () => {};
  /** Whether, where no folder is open, the findings in a file's own folder apply to it. */
  hasLooseFiles = false;

  constructor(
    syntaxes: Syntaxes,
    documents: OpenDocuments,
    settings: SettingsStore,
    configs: Configs,
    findings: FindingsStore,
    analyzers: Analyzers,
    repositories: RepositoryFiles,
  ) {
    this.#syntaxes = syntaxes;
    this.#documents = documents;
    this.#settings = settings;
    this.#configs = configs;
    this.#findings = findings;
    this.#analyzers = analyzers;
    this.#repositories = repositories;
  }

  /**
   * The analysis of an open document as it is now; `undefined` when its language holds no policies, the user turned us off for it, or
   * it was closed meanwhile, be it that another document has its URI by then.
   * @param waits what to do when findings take long to read: `briefly` gives an analysis that says so, and refines nothing:
   * findings of which some are missing could call unused what the missing ones call used
   */
  async analyze(document: TextDocument, waits: Waiting = 'always'): Promise<AnalyzedDocument | undefined> {
    this.onAnalyze();
    const text = document.getText();
    const syntax = await this.#syntaxes.ofLanguage(document.languageId, pathOf(document.uri), text);
    // The client is not asked about a document that is gone: what it answered would be remembered for the next one.
    if (!this.#isOpen(document)) return undefined;
    const base = this.#baseOf(document.uri);
    const settings = await this.settingsOf(document.uri, base);
    if (!syntax || !settings.enable) return undefined;
    const analyzer = await this.#analyzers.get(base, this.#narrow(settings), waits);
    const folder = this.folderOf(document.uri);
    const repository = await this.#repositoryOf(document.uri, base, settings);
    if (!this.#isOpen(document)) return undefined;
    // The text said which syntax it is of, so another one is looked at from the start.
    if (document.getText() !== text) return this.analyze(document, waits);
    const joined = { settings, analyzer, repository, folder, isPreliminary: analyzer.settings === STILL_READING };
    const known = this.#analyses.get(document);
    if (known?.analysis.text === text && known.analyzer === analyzer && known.repository === repository)
      return { ...joined, analysis: known.analysis };
    const { place, answers } = contextOf(document.uri, repository, settings, analyzer);
    const analysis = analyzer.analyze(text, syntax, syntax.read(text), place, answers);
    this.#analyses.set(document, { analyzer, repository, analysis });
    return { ...joined, analysis };
  }

  /** What a file of a workspace folder is analysed with that is not open; `undefined` when the user turned us off for the folder. */
  async fileContext(uri: string, folder: string): Promise<FileContext | undefined> {
    const settings = await this.settingsOf(uri, folder, folder);
    if (!settings.enable) return undefined;
    const analyzer = await this.#analyzers.get(folder, settings, 'always');
    const repository = await this.#repositoryOf(uri, folder, settings);
    return { analyzer, ...contextOf(uri, repository, settings, analyzer) };
  }

  /**
   * The settings that hold for a file.
   * @param folder the folder whose findings may apply to it; without one no configuration file holds
   * @param scope whose settings to ask the client for: those of files that are not open are their folder's
   */
  async settingsOf(uri: string, folder = this.#baseOf(uri), scope = uri): Promise<SettingsInForce> {
    const config = folder === undefined ? undefined : this.#configs.of(uri);
    return joinSettings(await this.#settings.get(scope), await config, folder ?? '');
  }

  /** Whether a document is a findings file: one that the globs of its folder find. */
  async isFindingsFile(document: TextDocument): Promise<{ readonly settings: SettingsInForce } | undefined> {
    const base = this.#baseOf(document.uri);
    const settings = await this.settingsOf(document.uri, base);
    if (!settings.enable || base === undefined) return undefined;
    const { bases, findings } = this.#narrow(settings);
    return (await this.#findings.includes(document.uri, bases.findings, findings)) ? { settings } : undefined;
  }

  /** The workspace's folders with the settings that are not the default, and all findings that are read there. */
  inspectFolders(): Promise<DebugFolder[]> {
    return Promise.all(
      this.folders.map(async ({ uri }) => {
        const settings = await this.settingsOf(`${uri.replace(/\/$/, '')}/`, uri, uri);
        const { bases, findings, unusedAccessAge, config } = settings;
        const index = await this.#findings.index(bases.findings, findings, unusedAccessAge);
        return {
          path: pathOf(uri),
          settings: changedSettings(settings),
          index,
          ...(config && { config: config.name }),
        };
      }),
    );
  }

  /** The URI of the innermost workspace folder that holds a document, as the client spells it. */
  folderOf(uri: string): string | undefined {
    const key = keyOf(uri);
    return this.folders
      .map((folder) => folder.uri)
      .filter((folder) => key.startsWith(`${keyOf(folder).replace(/\/$/, '')}/`))
      .sort((a, b) => b.length - a.length)[0];
  }

  /** The folder whose findings may apply to a file: its workspace folder; where none is open, perhaps its own. */
  #baseOf(uri: string): string | undefined {
    return this.folders.length > 0 || !this.hasLooseFiles ? this.folderOf(uri) : uri.slice(0, uri.lastIndexOf('/'));
  }

  /** Where no folder is open a file's own may be somebody's home, so nothing below it is walked through; below a configuration file it may. */
  #narrow(settings: SettingsInForce): SettingsInForce {
    if (this.folders.length > 0 || settings.config) return settings;
    const findings = settings.findings
      .map((glob) => glob.replace(/^(?:\.?\/|\*\*\/)+/, ''))
      .filter((glob) => !glob.includes('**'));
    return { ...settings, findings };
  }

  /** The repository around a file's workspace folder; without a folder, of the files beside it. */
  async #repositoryOf(
    uri: string,
    base: string | undefined,
    { bases, exclude, accounts }: SettingsInForce,
  ): Promise<Repository> {
    const isShallow = this.folders.length === 0;
    const folder = base === undefined || isShallow ? keyOf(uri).slice(0, keyOf(uri).lastIndexOf('/')) : base;
    const root = isShallow ? folder : await this.#repositories.rootOf(folder);
    return this.#repositories.of([root], { base: pathOf(bases.exclude), exclude, accounts, isShallow });
  }

  #isOpen(document: TextDocument): boolean {
    return this.#documents.get(document.uri) === document;
  }

  /** Drops what is known of a closed document. */
  close(uri: string): void {
    this.#settings.forget(uri);
  }
}

interface CachedAnalysis {
  readonly analyzer: Analyzer;
  readonly repository: Repository;
  readonly analysis: FileAnalysis;
}

/** What a file is analysed with. */
export interface FileContext extends AnsweredFile {
  readonly analyzer: Analyzer;
}

/** Where a policy file lies, and what the repository says of its policies. */
interface AnsweredFile {
  readonly place: FilePlace;
  readonly answers: FileAnswers;
}

function contextOf(
  uri: string,
  repository: Repository,
  { principals, bases, origins, strict }: SettingsInForce,
  { index }: Analyzer,
): AnsweredFile {
  const path = pathOf(uri);
  const base = pathOf(bases.principals);
  const question: Question = {
    index,
    mappingsOf: (file) => mappingsFor(principals, inside(base, file), origins),
    keyBase: base,
    isStrict: strict,
  };
  return { place: { path, root: repository.root }, answers: answersOf(repository, path, question) };
}

function inside(folder: string, path: string): string {
  const start = `${folder.replace(/\/$/, '')}/`;
  return path.startsWith(start) ? path.slice(start.length) : path;
}
