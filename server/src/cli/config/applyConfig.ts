import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Command } from 'commander';
import { decodeText } from '../../node/decodeText.ts';
import { explainFileError } from '../../node/fileErrors.ts';
import { nodeFiles } from '../../node/files.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../protocol.ts';
import type { Reporter } from '../reporter.ts';
import type { AnalysisOptions } from '../setUp.ts';
import { findConfig } from './findConfig.ts';
import { type Config, readConfig } from './readConfig.ts';

/** Options as they were given, where findings may be left to the configuration file. */
export type GivenOptions<O extends AnalysisOptions> = Omit<O, 'findings' | 'mapping'> & {
  readonly findings?: readonly string[];
  readonly config?: string;
};

/**
 * The options of a command, with what the configuration file says where the command line says nothing. `undefined`, and the
 * reasons are reported, when the file is not usable.
 */
export async function applyConfig<O extends AnalysisOptions>(
  given: GivenOptions<O> & { readonly severity?: Settings['severity'] },
  command: Command,
  reporter: Reporter,
): Promise<O | undefined> {
  const file = given.config ?? findConfig();
  if (file === undefined) {
    if (given.findings) return given as unknown as O;
    command.error("error: required option '-f, --findings <file...>' not specified");
  }
  const config = await load(file, reporter);
  if (!config) return undefined;
  const folder = path.resolve(path.dirname(file));
  const isGiven = (option: string) => command.getOptionValueSource(option) === 'cli';
  const { keep, generalization, unusedAccessAge, severity, catalogue, principals = {} } = config;
  const findings = given.findings ?? (await findFindings(config, folder));
  if (!given.findings && findings.length === 0) {
    reporter.error(`${file}: its "findings" match no file; name them with --findings`);
    return undefined;
  }
  return {
    ...given,
    findings,
    ...(!given.findings && { isFound: true }),
    mapping: { folder, principals },
    ...(keep && !isGiven('keep') && { keep }),
    ...(generalization && !isGiven('exact') && { exact: generalization === 'exact' }),
    ...(unusedAccessAge !== undefined && !isGiven('unusedAccessAge') && { unusedAccessAge }),
    ...(severity && !isGiven('severity') && { severity }),
    ...(catalogue && !isGiven('catalogue') && { catalogue: nameOf(path.resolve(folder, catalogue)) }),
  } as unknown as O;
}

async function load(file: string, reporter: Reporter): Promise<Config | undefined> {
  try {
    return readConfig(decodeText(await readFile(file)));
  } catch (error) {
    for (const line of explainFileError(error).split('\n')) reporter.error(`${file}: ${line}`);
    return undefined;
  }
}

async function findFindings({ findings = DEFAULT_SETTINGS.findings }: Config, folder: string): Promise<string[]> {
  const uris = await nodeFiles.find(pathToFileURL(folder).href, findings);
  return uris.map((uri) => nameOf(fileURLToPath(uri)));
}

/** A file as the user would name it. */
function nameOf(file: string): string {
  const relative = path.relative('', file);
  return relative.split(path.sep)[0] === '..' || path.isAbsolute(relative) ? file : relative;
}
