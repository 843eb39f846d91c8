import { messageOf } from '../messageOf.ts';
import type { Runtime } from '../runtime.ts';
import type { Catalogue } from '../service/actions/catalogue.ts';
import { readCatalogueFile } from '../service/actions/catalogueFile.ts';
import { findInvalidPattern } from '../service/actions/entry.ts';
import { Analyzer, type RefineSettings } from '../service/analysis.ts';
import { FindingsIndex } from '../service/findings/findingsIndex.ts';
import { type SettingOrigins, settingName } from '../service/settingOrigins.ts';
import type { FindingsStore } from './findingsStore.ts';
import { keyOf } from './paths.ts';
import type { SettingsInForce } from './settingsInForce.ts';

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
  async get(folder: string | undefined, settings: SettingsInForce, waits: Waiting): Promise<Analyzer> {
    const index = folder === undefined ? NO_FINDINGS : await this.#indexOf(settings, waits);
    if (!index) return new Analyzer(this.#runtime.catalogue, NO_FINDINGS, STILL_READING);
    const key = JSON.stringify([folder, settings]);
    const known = this.#known.get(key);
    if (known?.index === index) return known.analyzer;
    const analyzer = this.#create(folder, settings, index);
    this.#known.set(key, { index, analyzer });
    return analyzer;
  }

  #indexOf({ bases, findings, unusedAccessAge }: SettingsInForce, waits: Waiting) {
    return waits === 'always'
      ? this.#findings.index(bases.findings, findings, unusedAccessAge)
      : this.#findings.indexUnlessLong(bases.findings, findings, unusedAccessAge);
  }

  async #create(folder: string | undefined, settings: SettingsInForce, index: FindingsIndex): Promise<Analyzer> {
    const { generalization, keep, catalogue, blocked: wrong, origins } = settings;
    if (wrong !== undefined)
      return new Analyzer(this.#runtime.catalogue, index, { generalization, keep, blocked: wrong, origins });
    const invalid = findInvalidPattern(keep);
    if (invalid !== undefined) {
      const blocked = `'${invalid}' of ${settingName('keep', origins)} is no action such as 's3:GetObject' or 's3:*'`;
      return new Analyzer(this.#runtime.catalogue, index, { generalization, keep: [], blocked });
    }
    try {
      const chosen = catalogue === '' ? this.#runtime.catalogue : await this.#readCatalogue(folder, settings);
      return new Analyzer(chosen, index, { generalization, keep, origins });
    } catch (error) {
      // Going on with another catalogue than the user chose could remove what is in use: say so and refine nothing.
      const blocked = `the catalogue file '${catalogue}' of ${catalogueOwner(origins)} cannot be used: ${messageOf(error)}`;
      return new Analyzer(this.#runtime.catalogue, index, { generalization, keep, blocked });
    }
  }

  async #readCatalogue(folder: string | undefined, { catalogue, bases }: SettingsInForce): Promise<Catalogue> {
    if (folder === undefined) throw new Error('no workspace folder is open that it could be relative to');
    const relative = catalogue.split(/[\\/]/).map(encodeURIComponent).join('/');
    const uri = new URL(relative, asBase(bases.catalogue)).toString();
    // Workspaces may be untrusted, so a setting must not make us read what lies outside. A configuration file above the workspace
    // folder is none of the workspace's.
    const isInside = [folder, bases.catalogue].some((base) => keyOf(uri).startsWith(asBase(keyOf(base))));
    if (!isInside) throw new Error('it must lie inside the workspace folder');
    return readCatalogueFile(await this.#runtime.files.readText(uri));
  }
}

function asBase(folder: string): string {
  return `${folder.replace(/\/$/, '')}/`;
}

function catalogueOwner({ catalogue: file }: SettingOrigins): string {
  return file === undefined ? 'your settings' : `'${file}'`;
}

const NO_FINDINGS = new FindingsIndex([]);

/** The settings of an analyzer that stands in while findings are read. */
export const STILL_READING = {
  generalization: 'prefix',
  keep: [],
  blocked: 'the findings are still being read',
} as const satisfies RefineSettings;
