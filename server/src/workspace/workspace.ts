import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { WorkspaceFolder } from 'vscode-languageserver-types';
import type { Settings } from '../protocol.ts';
import type { Runtime } from '../runtime.ts';
import type { Catalogue } from '../service/actions/catalogue.ts';
import { readCatalogueFile } from '../service/actions/catalogueFile.ts';
import { findInvalidPattern } from '../service/actions/entry.ts';
import { Analyzer, type FileAnalysis, POLICY_LANGUAGES, type RefineSettings } from '../service/analysis.ts';
import type { DebugFolder } from '../service/debug/debugInformation.ts';
import { FindingsIndex } from '../service/findings/findingsIndex.ts';
import { type FindingsStore, messageOf, pathOf } from './findingsStore.ts';
import { mappingsFor } from './mapping.ts';
import { type CheckedSettings, changedSettings, type SettingsStore } from './settings.ts';

/** An open document's settings and analysis. */
export interface AnalyzedDocument {
  readonly settings: Settings;
  readonly analysis: FileAnalysis;
}

/**
 * Joins open documents with settings, findings and catalogue. All it keeps is a cache:
 * an analysis is that of one version of a document against one analyzer, and a new one is made when either changes.
 */
export class Workspace {
  readonly #runtime: Runtime;
  readonly #settings: SettingsStore;
  readonly #findings: FindingsStore;
  #folders: readonly WorkspaceFolder[] = [];
  readonly #analyzers = new Map<string, { readonly index: FindingsIndex; readonly analyzer: Promise<Analyzer> }>();
  readonly #analyses = new Map<
    string,
    { readonly version: number; readonly analyzer: Analyzer; readonly analysis: FileAnalysis }
  >();

  constructor(runtime: Runtime, settings: SettingsStore, findings: FindingsStore) {
    this.#runtime = runtime;
    this.#settings = settings;
    this.#findings = findings;
  }

  set folders(folders: readonly WorkspaceFolder[]) {
    this.#folders = folders;
  }

  /**
   * The analysis of an open document; `undefined` when its language holds no policies or the user turned us off for it.
   * @param waits what to do when findings take long to read: `briefly` gives an analysis that says so, and refines nothing:
   * findings of which some are missing could call unused what the missing ones call used
   */
  async analyze(document: TextDocument, waits: 'always' | 'briefly' = 'always'): Promise<AnalyzedDocument | undefined> {
    const syntax = POLICY_LANGUAGES.get(document.languageId);
    const settings = await this.#settings.get(document.uri);
    if (!syntax || !settings.enable) return undefined;
    const folder = this.#folderOf(document.uri);
    const analyzer = await this.#analyzerFor(folder, settings, waits);
    const known = this.#analyses.get(document.uri);
    if (known && known.version === document.version && known.analyzer === analyzer)
      return { settings, analysis: known.analysis };
    const place = { path: pathOf(document.uri), ...(folder !== undefined && { root: pathOf(folder) }) };
    const mappings = folder === undefined ? [] : mappingsFor(settings.principals, pathIn(folder, document.uri));
    const analysis = analyzer.analyze(document.getText(), syntax, place, { mappings });
    this.#analyses.set(document.uri, { version: document.version, analyzer, analysis });
    return { settings, analysis };
  }

  /** Whether a document is a findings file: one that the globs of its folder find. */
  async isFindingsFile(document: TextDocument): Promise<{ readonly settings: Settings } | undefined> {
    const settings = await this.#settings.get(document.uri);
    const folder = this.#folderOf(document.uri);
    if (!settings.enable || folder === undefined) return undefined;
    return (await this.#findings.includes(document.uri, folder, settings.findings)) ? { settings } : undefined;
  }

  /** The workspace's folders with the settings that are not the default, and all findings that are read there. */
  inspectFolders(): Promise<DebugFolder[]> {
    return Promise.all(
      this.#folders.map(async ({ uri }) => {
        const settings = await this.#settings.get(uri);
        const index = await this.#findings.index(uri, settings.findings, settings.unusedAccessAge);
        return { path: pathOf(uri), settings: changedSettings(settings), index };
      }),
    );
  }

  /** The URI of the innermost workspace folder that holds a document. */
  #folderOf(uri: string): string | undefined {
    return this.#folders
      .map((folder) => folder.uri)
      .filter((folder) => uri.startsWith(`${folder.replace(/\/$/, '')}/`))
      .sort((a, b) => b.length - a.length)[0];
  }

  /** Drops what was made of settings, findings and catalogue; the next analysis makes it anew. */
  forgetAnalyzers(): void {
    this.#analyzers.clear();
  }

  /** Drops what is known of a closed document. */
  close(uri: string): void {
    this.#analyses.delete(uri);
    this.#settings.forget(uri);
  }

  async #analyzerFor(
    folder: string | undefined,
    settings: CheckedSettings,
    waits: 'always' | 'briefly',
  ): Promise<Analyzer> {
    const index = folder === undefined ? NO_FINDINGS : await this.#indexOf(folder, settings, waits);
    if (!index) return new Analyzer(this.#runtime.catalogue, NO_FINDINGS, STILL_READING);
    const key = JSON.stringify([folder, settings]);
    const known = this.#analyzers.get(key);
    if (known?.index === index) return known.analyzer;
    const analyzer = this.#createAnalyzer(folder, settings, index);
    this.#analyzers.set(key, { index, analyzer });
    return analyzer;
  }

  #indexOf(folder: string, { findings, unusedAccessAge }: Settings, waits: 'always' | 'briefly') {
    return waits === 'always'
      ? this.#findings.index(folder, findings, unusedAccessAge)
      : this.#findings.indexUnlessLong(folder, findings, unusedAccessAge);
  }

  async #createAnalyzer(
    folder: string | undefined,
    settings: CheckedSettings,
    index: FindingsIndex,
  ): Promise<Analyzer> {
    const { generalization, keep, catalogue, blocked: wrong } = settings;
    if (wrong !== undefined)
      return new Analyzer(this.#runtime.catalogue, index, { generalization, keep, blocked: wrong });
    const invalid = findInvalidPattern(keep);
    if (invalid !== undefined) {
      const blocked = `'${invalid}' of your setting "iamPolicyRefiner.keep" is no action such as 's3:GetObject' or 's3:*'`;
      return new Analyzer(this.#runtime.catalogue, index, { generalization, keep: [], blocked });
    }
    try {
      const chosen = catalogue === '' ? this.#runtime.catalogue : await this.#readCatalogue(folder, catalogue);
      return new Analyzer(chosen, index, { generalization, keep });
    } catch (error) {
      // Going on with another catalogue than the user chose could remove what is in use: say so and refine nothing.
      const blocked = `the catalogue file '${catalogue}' of your settings cannot be used: ${messageOf(error)}`;
      return new Analyzer(this.#runtime.catalogue, index, { generalization, keep, blocked });
    }
  }

  async #readCatalogue(folder: string | undefined, path: string): Promise<Catalogue> {
    if (folder === undefined) throw new Error('no workspace folder is open that it could be relative to');
    const base = `${folder.replace(/\/$/, '')}/`;
    const uri = new URL(path.split(/[\\/]/).map(encodeURIComponent).join('/'), base).toString();
    // Workspaces may be untrusted, so a setting must not make us read what lies outside.
    if (!uri.startsWith(base)) throw new Error('it must lie inside the workspace folder');
    return readCatalogueFile(await this.#runtime.files.readText(uri));
  }
}

/** The path of a document inside its workspace folder. */
function pathIn(folder: string, uri: string): string {
  return pathOf(uri).slice(pathOf(folder).replace(/\/$/, '').length + 1);
}

const NO_FINDINGS = new FindingsIndex([]);

const STILL_READING = {
  generalization: 'prefix',
  keep: [],
  blocked: 'the findings are still being read',
} as const satisfies RefineSettings;
