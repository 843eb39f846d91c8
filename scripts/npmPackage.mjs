import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { withoutLocalLinks } from './packageReadme.mjs';

const FOLDER = 'out/npm';

/** Everything that the two commands are made of; a new file is left out of the package until it is named here. */
const FILES = [
  'dist/cli.js',
  'dist/server.js',
  'dist/languageServerProtocol.js',
  'dist/yaml.js',
  'dist/hcl.js',
  'dist/web-tree-sitter.wasm.br',
  'dist/tree-sitter-terraform.wasm.br',
  'dist/actions.br',
  'dist/actionDetails.br',
  'schemas/config.schema.json',
  'schemas/findings.schema.json',
  'docs/editors.md',
  'CHANGELOG.md',
  'LICENSE',
];

/**
 * Packs the command line and the language server, as they stand in `dist/`, for npm: `NAME-VERSION.tgz` in a folder of its own,
 * whose path it gives. The project's own package.json is that of the extension, so the package gets one of its own.
 */
export function packNpm(out = FOLDER) {
  const { name, version, description, license, keywords, engines, bin } = JSON.parse(
    readFileSync('package.json', 'utf8'),
  );
  const folder = path.join(out, 'package');
  rmSync(out, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const file of FILES) cpSync(file, path.join(folder, file));
  const manifest = { name, version, description, license, keywords, type: 'commonjs', bin };
  const published = { ...manifest, engines: { node: engines.node }, files: FILES };
  writeFileSync(path.join(folder, 'package.json'), `${JSON.stringify(published, null, 2)}\n`);
  writeFileSync(path.join(folder, 'README.md'), withoutLocalLinks(readFileSync('README.md', 'utf8')));
  const options = { cwd: folder, encoding: 'utf8', shell: process.platform === 'win32' };
  const [{ filename }] = JSON.parse(execFileSync('npm', ['pack', '--json', '--pack-destination', '..'], options));
  return path.join(out, filename);
}
