import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { WorkspaceFolder } from 'vscode-languageserver-types';
import { mappingsFor } from '../mapping.ts';
import type { Settings } from '../protocol.ts';
import type { Analyzer, FileAnalysis } from '../service/analysis.ts';
import type { DebugFolder } from '../service/debug/debugInformation.ts';
import type { MatchOptions, Namesakes, PolicyPlace } from '../service/findings/rules/outcome.ts';
import type { SiblingFacts } from '../service/policy/model.ts';
import type { Syntaxes } from '../service/policy/syntaxes.ts';
import { type Analyzers, STILL_READING, type Waiting } from './analyzers.ts';
import type { FindingsStore } from './findingsStore.ts';
import { areSameNamesakes, type NamesakeFinder } from './namesakes.ts';
import { keyOf, pathInside, pathOf } from './paths.ts';
import { type CheckedSettings, changedSettings, type SettingsStore } from './settings.ts';
import { areSame, type Siblings } from './siblings.ts';

/** An open document's settings and analysis. */
export interface AnalyzedDocument {
  readonly settings: Settings;
  readonly analyzer: Analyzer;
  readonly analysis: FileAnalysis;
  /** The URI of the workspace folder that holds the document. */
  readonly folder: string | undefined;
  /** Whether the findings are still being read: then nothing is refined, and nothing is known of what is unused. */
  readonly isPreliminary: boolean;
}

/**
 * Joins open documents with settings, findings and catalogue. All it keeps is a cache:
 * an analysis is that of one version of a document and its siblings against one analyzer, and a new one is made when any of
 * them changes.
 */
export class Workspace {
  readonly #syntaxes: Syntaxes;
  readonly #settings: SettingsStore;
  readonly #findings: FindingsStore;
  readonly #analyzers: Analyzers;
  readonly #siblings: Siblings;
  readonly #namesakes: NamesakeFinder;
  readonly #analyses = new Map<string, CachedAnalysis>();
  folders: readonly WorkspaceFolder[] = [];
  /** Called when an open document is looked at. */
  onAnalyze: () => void = () => {};
  /** Whether, where no folder is open, the findings in a file's own folder apply to it. */
  hasLooseFiles = false;

  constructor(
    syntaxes: Syntaxes,
    settings: SettingsStore,
    findings: FindingsStore,
    analyzers: Analyzers,
    siblings: Siblings,
    namesakes: NamesakeFinder,
  ) {
    this.#syntaxes = syntaxes;
    this.#settings = settings;
    this.#findings = findings;
    this.#analyzers = analyzers;
    this.#siblings = siblings;
    this.#namesakes = namesakes;
  }

  /**
   * The analysis of an open document; `undefined` when its language holds no policies or the user turned us off for it.
   * @param waits what to do when findings take long to read: `briefly` gives an analysis that says so, and refines nothing:
   * findings of which some are missing could call unused what the missing ones call used
   */
  async analyze(document: TextDocument, waits: Waiting = 'always'): Promise<AnalyzedDocument | undefined> {
    this.onAnalyze();
    const syntax = await this.#syntaxes.ofLanguage(document.languageId, pathOf(document.uri), document.getText());
    const settings = await this.#settings.get(document.uri);
    if (!syntax || !settings.enable) return undefined;
    const folder = this.folderOf(document.uri);
    const scope = this.#scopeOf(document.uri, settings);
    const analyzer = await this.#analyzers.get(scope.folder, scope.settings, waits);
    const siblings = await this.#siblings.of(document.uri, syntax);
    const namesakes = (await this.#namesakesIn(folder, analyzer))(document.uri);
    const joined = { settings, analyzer, folder, isPreliminary: analyzer.settings === STILL_READING };
    const known = this.#analyses.get(document.uri);
    const { version } = document;
    const isSame = known && areSame(known.siblings, siblings) && areSameNamesakes(known.namesakes, namesakes);
    if (isSame && known.version === version && known.analyzer === analyzer)
      return { ...joined, analysis: known.analysis };
    const { place, options } = placeOf(document.uri, scope.folder, settings, namesakes);
    const analysis = analyzer.analyze(document.getText(), syntax, place, options, siblings);
    this.#analyses.set(document.uri, { version, analyzer, siblings, namesakes, analysis });
    return { ...joined, analysis };
  }

  /** What the files of a workspace folder are analysed with that are not open; `undefined` when the user turned us off for it. */
  async folderContext(folder: string): Promise<FolderContext | undefined> {
    const settings = await this.#settings.get(folder);
    if (!settings.enable) return undefined;
    const analyzer = await this.#analyzers.get(folder, settings, 'always');
    const namesakesOf = await this.#namesakesIn(folder, analyzer);
    return { analyzer, placeOf: (uri) => placeOf(uri, folder, settings, namesakesOf(uri)) };
  }

  /** Whether a document is a findings file: one that the globs of its folder find. */
  async isFindingsFile(document: TextDocument): Promise<{ readonly settings: Settings } | undefined> {
    const settings = await this.#settings.get(document.uri);
    const { folder, settings: scoped } = this.#scopeOf(document.uri, settings);
    if (!settings.enable || folder === undefined) return undefined;
    return (await this.#findings.includes(document.uri, folder, scoped.findings)) ? { settings } : undefined;
  }

  /** The workspace's folders with the settings that are not the default, and all findings that are read there. */
  inspectFolders(): Promise<DebugFolder[]> {
    return Promise.all(
      this.folders.map(async ({ uri }) => {
        const settings = await this.#settings.get(uri);
        const index = await this.#findings.index(uri, settings.findings, settings.unusedAccessAge);
        return { path: pathOf(uri), settings: changedSettings(settings), index };
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

  /** The folder in which a file's findings are looked for, and the settings that hold there. */
  #scopeOf(uri: string, settings: CheckedSettings): { folder: string | undefined; settings: CheckedSettings } {
    if (this.folders.length > 0 || !this.hasLooseFiles) return { folder: this.folderOf(uri), settings };
    // The folder may be somebody's home, so nothing below it is walked through.
    const findings = settings.findings
      .map((glob) => glob.replace(/^(?:\.?\/|\*\*\/)+/, ''))
      .filter((glob) => !glob.includes('**'));
    return { folder: uri.slice(0, uri.lastIndexOf('/')), settings: { ...settings, findings } };
  }

  async #namesakesIn(folder: string | undefined, { index }: Analyzer): Promise<(uri: string) => Namesakes> {
    return folder === undefined ? () => new Map() : this.#namesakes.of(folder, index);
  }

  /** Drops what is known of a closed document. */
  close(uri: string): void {
    this.#analyses.delete(uri);
    this.#settings.forget(uri);
  }
}

interface CachedAnalysis {
  readonly version: number;
  readonly analyzer: Analyzer;
  readonly siblings: readonly SiblingFacts[];
  readonly namesakes: Namesakes;
  readonly analysis: FileAnalysis;
}

/** What the files of a workspace folder are analysed with. */
export interface FolderContext {
  readonly analyzer: Analyzer;
  placeOf(uri: string): PlacedFile;
}

/** Where a policy file lies, and what the user's settings say of it. */
interface PlacedFile {
  readonly place: PolicyPlace;
  readonly options: MatchOptions;
}

function placeOf(uri: string, folder: string | undefined, { principals }: Settings, namesakes: Namesakes): PlacedFile {
  const path = pathOf(uri);
  if (folder === undefined) return { place: { path }, options: {} };
  return {
    place: { path, root: pathOf(folder) },
    options: { mappings: mappingsFor(principals, pathInside(folder, uri)), namesakes },
  };
}
