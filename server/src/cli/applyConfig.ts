import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Command } from 'commander';
import { ConfigFinder } from '../config/findConfig.ts';
import { type Config, readConfig } from '../config/readConfig.ts';
import { decodeText } from '../node/decodeText.ts';
import { explainFileError } from '../node/fileErrors.ts';
import { nodeFiles } from '../node/files.ts';
import { DEFAULT_SETTINGS, type Settings } from '../protocol.ts';
import type { Reporter } from './reporter.ts';
import type { AnalysisOptions } from './setUp.ts';

/** Options as they were given, where findings may be left to the configuration file. */
export type GivenOptions<O extends AnalysisOptions> = Omit<O, 'findings' | 'mapping' | 'usedConfig'> & {
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
  const file = given.config ?? (await findConfig());
  const isNamed = given.config !== undefined;
  if (file === undefined) {
    if (given.findings) return { ...given, usedConfig: { isNamed } } as unknown as O;
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
    mapping: { folder, principals, file },
    usedConfig: { path: path.resolve(file), isNamed },
    ...(keep && !isGiven('keep') && { keep }),
    ...(generalization && !isGiven('exact') && { exact: generalization === 'exact' }),
    ...(unusedAccessAge !== undefined && !isGiven('unusedAccessAge') && { unusedAccessAge }),
    ...(severity && !isGiven('severity') && { severity }),
    ...(catalogue &&
      !isGiven('catalogue') && {
        catalogue: nameOf(path.resolve(folder, catalogue)),
        catalogueName: `${file}: "catalogue" '${catalogue}'`,
      }),
  } as unknown as O;
}

/** The file that holds for the working folder; relative where it lies in it. */
async function findConfig(): Promise<string | undefined> {
  const uri = await new ConfigFinder(nodeFiles).of(pathToFileURL(process.cwd()).href.replace(/\/$/, ''));
  return uri === undefined ? undefined : nameOf(fileURLToPath(uri));
}

async function load(file: string, reporter: Reporter): Promise<Config | undefined> {
  try {
    const { config, problems } = readConfig(decodeText(await readFile(file)));
    for (const { message, isNotice } of problems) {
      if (isNotice) reporter.note(`${file}: ${message}`);
      else reporter.error(`${file}: ${message}`);
    }
    return problems.every(({ isNotice }) => isNotice) ? config : undefined;
  } catch (error) {
    reporter.error(`${file}: ${explainFileError(error)}`);
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
