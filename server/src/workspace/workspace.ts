import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { WorkspaceFolder } from 'vscode-languageserver-types';
import { mappingsFor } from '../mapping.ts';
import type { Analyzer, FileAnalysis } from '../service/analysis.ts';
import type { DebugFolder } from '../service/debug/debugInformation.ts';
import type { MatchOptions, Namesakes, PolicyPlace } from '../service/findings/rules/outcome.ts';
import type { SiblingFacts } from '../service/policy/model.ts';
import type { Syntaxes } from '../service/policy/syntaxes.ts';
import { type Analyzers, STILL_READING, type Waiting } from './analyzers.ts';
import type { Configs } from './configs.ts';
import type { FindingsStore } from './findingsStore.ts';
import { areSameNamesakes, type NamesakeFinder } from './namesakes.ts';
import { keyOf, pathInside, pathOf } from './paths.ts';
import type { OpenDocuments } from './policyFiles.ts';
import type { SettingsStore } from './settings.ts';
import { changedSettings, joinSettings, type SettingsInForce } from './settingsInForce.ts';
import { areSame, type Siblings } from './siblings.ts';

/** An open document's settings and analysis. */
export interface AnalyzedDocument {
  readonly settings: SettingsInForce;
  readonly analyzer: Analyzer;
  readonly analysis: FileAnalysis;
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
  readonly #siblings: Siblings;
  readonly #namesakes: NamesakeFinder;
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
    siblings: Siblings,
    namesakes: NamesakeFinder,
  ) {
    this.#syntaxes = syntaxes;
    this.#documents = documents;
    this.#settings = settings;
    this.#configs = configs;
    this.#findings = findings;
    this.#analyzers = analyzers;
    this.#siblings = siblings;
    this.#namesakes = namesakes;
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
    const siblings = await this.#siblings.of(document.uri, syntax);
    const folder = this.folderOf(document.uri);
    const namesakes = await this.#namesakesOf(document.uri, folder, analyzer);
    if (!this.#isOpen(document)) return undefined;
    // The text said which syntax it is of, so another one is looked at from the start.
    if (document.getText() !== text) return this.analyze(document, waits);
    const joined = { settings, analyzer, folder, isPreliminary: analyzer.settings === STILL_READING };
    const known = this.#analyses.get(document);
    const isSame = known && areSame(known.siblings, siblings) && areSameNamesakes(known.namesakes, namesakes);
    if (isSame && known.analysis.text === text && known.analyzer === analyzer)
      return { ...joined, analysis: known.analysis };
    const { place, options } = placeOf(document.uri, base, settings, namesakes);
    const analysis = analyzer.analyze(text, syntax, place, options, siblings);
    this.#analyses.set(document, { analyzer, siblings, namesakes, analysis });
    return { ...joined, analysis };
  }

  /** What a file of a workspace folder is analysed with that is not open; `undefined` when the user turned us off for the folder. */
  async fileContext(uri: string, folder: string): Promise<FileContext | undefined> {
    const settings = await this.settingsOf(uri, folder, folder);
    if (!settings.enable) return undefined;
    const analyzer = await this.#analyzers.get(folder, settings, 'always');
    const namesakes = await this.#namesakesOf(uri, folder, analyzer);
    return { analyzer, ...placeOf(uri, folder, settings, namesakes) };
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

  /** Beyond the workspace's folders nothing is looked through. */
  async #namesakesOf(uri: string, folder: string | undefined, { index }: Analyzer): Promise<Namesakes> {
    return folder === undefined ? new Map() : (await this.#namesakes.of(folder, index))(uri);
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
  readonly siblings: readonly SiblingFacts[];
  readonly namesakes: Namesakes;
  readonly analysis: FileAnalysis;
}

/** What a file is analysed with. */
export interface FileContext extends PlacedFile {
  readonly analyzer: Analyzer;
}

/** Where a policy file lies, and what the settings say of it. */
interface PlacedFile {
  readonly place: PolicyPlace;
  readonly options: MatchOptions;
}

function placeOf(
  uri: string,
  folder: string | undefined,
  { principals, bases, origins, config }: SettingsInForce,
  namesakes: Namesakes,
): PlacedFile {
  const path = pathOf(uri);
  if (folder === undefined) return { place: { path }, options: {} };
  return {
    // The names of folders count where the command line counts them.
    place: { path, root: pathOf(config?.folder ?? folder) },
    options: { mappings: mappingsFor(principals, pathInside(bases.principals, uri), origins), namesakes },
  };
}
