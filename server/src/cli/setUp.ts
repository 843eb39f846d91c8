import { readFile } from 'node:fs/promises';
import { decodeText } from '../node/decodeText.ts';
import { explainFileError } from '../node/fileErrors.ts';
import type { Settings } from '../protocol.ts';
import type { Catalogue } from '../service/actions/catalogue.ts';
import { readCatalogueFile } from '../service/actions/catalogueFile.ts';
import { findInvalidPattern } from '../service/actions/entry.ts';
import { Analyzer, type RefineSettings } from '../service/analysis.ts';
import type { Principal } from '../service/findings/principal.ts';
import { findPrincipals, loadFindings } from './findings.ts';
import type { Reporter } from './reporter.ts';

/** The options of every command that looks at policies. */
export interface AnalysisOptions {
  readonly findings: readonly string[];
  /** Whether nobody named the findings files, and globs found them: then one of no known shape is none of ours. */
  readonly isFound?: boolean;
  readonly principal: readonly string[];
  readonly keep: readonly string[];
  readonly exact: boolean;
  readonly catalogue?: string;
  /** What to call the catalogue in messages, where the configuration file names it. */
  readonly catalogueName?: string;
  /** In days. */
  readonly unusedAccessAge: number;
  /** How many threads work; absent where the work decides. */
  readonly jobs?: number;
  /** What the configuration file says of whose findings apply, and its folder. */
  readonly mapping?: PrincipalsOfFiles;
  readonly usedConfig: UsedConfig;
}

/** Whose findings apply to which files of a folder. */
export interface PrincipalsOfFiles {
  /** As an absolute path. */
  readonly folder: string;
  readonly principals: Settings['principals'];
  /** The configuration file that says it, as the user would name it. */
  readonly file: string;
}

/** The configuration file that a run goes by. */
export interface UsedConfig {
  /** As an absolute path; absent where none was found. */
  readonly path?: string;
  /** Whether the user named it: then no other counts. */
  readonly isNamed: boolean;
}

/** What policies are looked at with. */
export interface Setup {
  readonly analyzer: Analyzer;
  /** The principals that the user named for every policy. */
  readonly principals: readonly Principal[];
  readonly mapping: PrincipalsOfFiles | undefined;
  readonly usedConfig: UsedConfig;
  /** Whether findings that name nobody apply wherever they lie: those that the user named. Of those that globs found, the editor's rule holds. */
  readonly anywhere: boolean;
}

/**
 * Reads all that the options name. `undefined`, and the reasons are reported, when something is not usable: going on without
 * what the user named would look at policies by something they did not ask for.
 */
export async function setUp(
  options: AnalysisOptions,
  builtIn: Catalogue,
  reporter: Reporter,
): Promise<Setup | undefined> {
  const { unusedAccessAge, isFound, mapping, usedConfig } = options;
  const means = await readMeans(options, builtIn, reporter);
  const catalogue = means?.catalogue ?? builtIn;
  const index = await loadFindings(options.findings, catalogue, reporter, { unusedAccessAge, isFound });
  const principals = findPrincipals(options.principal, index, reporter);
  if (!means || !principals || index.files.length === 0) return undefined;
  const analyzer = new Analyzer(catalogue, index, means.settings);
  return { analyzer, principals, mapping, usedConfig, anywhere: !isFound };
}

/** What policies are refined with beside findings. */
export interface Means {
  readonly catalogue: Catalogue;
  readonly settings: RefineSettings;
}

/** The same for who gets findings from elsewhere. `undefined`, and the reasons are reported, when something is not usable. */
export async function readMeans(
  options: AnalysisOptions,
  builtIn: Catalogue,
  reporter: Reporter,
): Promise<Means | undefined> {
  const { keep, exact, catalogue: file } = options;
  const catalogue = file === undefined ? builtIn : await loadCatalogue(file, options, reporter);
  const invalid = findInvalidPattern(keep);
  if (invalid !== undefined) reporter.error(`--keep ${invalid}: it is no action such as 's3:GetObject' or 's3:*'`);
  if (!catalogue || invalid !== undefined) return undefined;
  return { catalogue, settings: { generalization: exact ? 'exact' : 'prefix', keep } };
}

async function loadCatalogue(
  file: string,
  { catalogueName = `--catalogue ${file}` }: AnalysisOptions,
  reporter: Reporter,
): Promise<Catalogue | undefined> {
  try {
    return readCatalogueFile(decodeText(await readFile(file)));
  } catch (error) {
    reporter.error(`${catalogueName}: ${explainFileError(error)}`);
    return undefined;
  }
}
