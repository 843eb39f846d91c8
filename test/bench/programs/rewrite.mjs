/**
 * Parses a folder of policies, a findings file and a catalogue, and writes the listed policies as they were, through
 * temporary files that take their place: FOLDER LIST FINDINGS CATALOGUE.
 */
import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const [folder, list, findings, catalogue] = process.argv.slice(2);

const parse = (file) => JSON.parse(readFileSync(file, 'utf8'));

const changed = new Set(parse(list));
const parsed = [parse(findings), parse(catalogue)];
for (const name of readdirSync(folder)) {
  const file = path.join(folder, name);
  const policy = parse(file);
  parsed.push(policy);
  if (!changed.has(name)) continue;
  writeFileSync(`${file}.tmp`, JSON.stringify(policy, null, 4));
  renameSync(`${file}.tmp`, file);
}
