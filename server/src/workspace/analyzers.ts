import { messageOf } from '../messageOf.ts';
import type { Settings } from '../protocol.ts';
import type { Runtime } from '../runtime.ts';
import type { Catalogue } from '../service/actions/catalogue.ts';
import { readCatalogueFile } from '../service/actions/catalogueFile.ts';
import { findInvalidPattern } from '../service/actions/entry.ts';
import { Analyzer, type RefineSettings } from '../service/analysis.ts';
import { FindingsIndex } from '../service/findings/findingsIndex.ts';
import type { FindingsStore } from './findingsStore.ts';
import type { CheckedSettings } from './settings.ts';

/** What to do when findings take long to read: wait for them, or go on with an analyzer that says so and refines nothing. */
export type Waiting = 'always' | 'briefly';

/** What the files of the workspace's folders are analysed with: the same object as long as findings and settings are the same. */
export class Analyzers {
  readonly #runtime: Runtime;
  readonly #findings: FindingsStore;
  readonly #known = new Map<string, { readonly index: FindingsIndex; readonly analyzer: Promise<Analyzer> }>();

  constructor(runtime: Runtime, findings: FindingsStore) {
    this.#runtime = runtime;
    this.#findings = findings;
  }

  /** Drops what was made of settings, findings and catalogue; the next one is made anew. */
  forget(): void {
    this.#known.clear();
  }

  /** @param folder the URI of the workspace folder; `undefined` for a file outside all of them, to which no findings apply */
  async get(folder: string | undefined, settings: CheckedSettings, waits: Waiting): Promise<Analyzer> {
    const index = folder === undefined ? NO_FINDINGS : await this.#indexOf(folder, settings, waits);
    if (!index) return new Analyzer(this.#runtime.catalogue, NO_FINDINGS, STILL_READING);
    const key = JSON.stringify([folder, settings]);
    const known = this.#known.get(key);
    if (known?.index === index) return known.analyzer;
    const analyzer = this.#create(folder, settings, index);
    this.#known.set(key, { index, analyzer });
    return analyzer;
  }

  #indexOf(folder: string, { findings, unusedAccessAge }: Settings, waits: Waiting) {
    return waits === 'always'
      ? this.#findings.index(folder, findings, unusedAccessAge)
      : this.#findings.indexUnlessLong(folder, findings, unusedAccessAge);
  }

  async #create(folder: string | undefined, settings: CheckedSettings, index: FindingsIndex): Promise<Analyzer> {
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

const NO_FINDINGS = new FindingsIndex([]);

/** The settings of an analyzer that stands in while findings are read. */
export const STILL_READING = {
  generalization: 'prefix',
  keep: [],
  blocked: 'the findings are still being read',
} as const satisfies RefineSettings;
