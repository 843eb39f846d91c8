/** Reads and parses a folder of policies, a findings file and a catalogue, and does nothing with them: FOLDER FINDINGS CATALOGUE. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const [folder, findings, catalogue] = process.argv.slice(2);

const parse = (file) => JSON.parse(readFileSync(file, 'utf8'));

const parsed = readdirSync(folder).map((name) => parse(path.join(folder, name)));
parsed.push(parse(findings), parse(catalogue));
