import { readFile } from 'node:fs/promises';
import { decodeText } from '../node/decodeText.ts';
import { explainFileError } from '../node/fileErrors.ts';
import type { Settings } from '../protocol.ts';
import type { Catalogue } from '../service/actions/catalogue.ts';
import { readCatalogueFile } from '../service/actions/catalogueFile.ts';
import { findInvalidPattern } from '../service/actions/entry.ts';
import { Analyzer } from '../service/analysis.ts';
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
  /** In days. */
  readonly unusedAccessAge: number;
  /** How many threads work; absent where the work decides. */
  readonly jobs?: number;
  /** What the configuration file says of whose findings apply, and its folder. */
  readonly mapping?: PrincipalsOfFiles;
}

/** Whose findings apply to which files of a folder. */
export interface PrincipalsOfFiles {
  /** As an absolute path. */
  readonly folder: string;
  readonly principals: Settings['principals'];
}

/** What policies are looked at with. */
export interface Setup {
  readonly analyzer: Analyzer;
  /** The principals that the user named for every policy. */
  readonly principals: readonly Principal[];
  readonly mapping: PrincipalsOfFiles | undefined;
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
  const { keep, unusedAccessAge, isFound, mapping } = options;
  const catalogue = options.catalogue === undefined ? builtIn : await loadCatalogue(options.catalogue, reporter);
  const invalid = findInvalidPattern(keep);
  if (invalid !== undefined) reporter.error(`--keep ${invalid}: it is no action such as 's3:GetObject' or 's3:*'`);
  const index = await loadFindings(options.findings, catalogue ?? builtIn, reporter, { unusedAccessAge, isFound });
  const principals = findPrincipals(options.principal, index, reporter);
  if (!catalogue || !principals || invalid !== undefined || index.files.length === 0) return undefined;
  const generalization = options.exact ? 'exact' : 'prefix';
  return { analyzer: new Analyzer(catalogue, index, { generalization, keep }), principals, mapping };
}

async function loadCatalogue(file: string, reporter: Reporter): Promise<Catalogue | undefined> {
  try {
    return readCatalogueFile(decodeText(await readFile(file)));
  } catch (error) {
    reporter.error(`--catalogue ${file}: ${explainFileError(error)}`);
    return undefined;
  }
}
