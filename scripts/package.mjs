/**
 * Packs the extension into `iam-policy-refiner-VERSION.vsix`, and fails when the package grows beyond its limit; packs the
 * command line and the language server for npm.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createVSIX } from '@vscode/vsce';
import { packNpm } from './npmPackage.mjs';
import { withoutLocalLinks } from './packageReadme.mjs';

/** What a user downloads must stay small. */
const LIMIT_BYTES = 700_000;

const { name, version } = JSON.parse(readFileSync('package.json', 'utf8'));
const packagePath = `${name}-${version}.vsix`;

execFileSync(process.execPath, ['--import', 'tsx', 'scripts/catalogue.ts'], { stdio: 'inherit' });
execFileSync(process.execPath, ['esbuild.mjs', '--production'], { stdio: 'inherit' });
mkdirSync('out/package', { recursive: true });
writeFileSync('out/package/README.md', withoutLocalLinks(readFileSync('README.md', 'utf8')));
await createVSIX({
  packagePath,
  dependencies: false,
  allowMissingRepository: true,
  readmePath: 'out/package/README.md',
});

const { size } = statSync(packagePath);
console.log(`${packagePath}: ${(size / 1000).toFixed(0)} KB of ${LIMIT_BYTES / 1000} KB`);
if (size > LIMIT_BYTES) {
  console.error(
    `The package is larger than ${LIMIT_BYTES / 1000} KB: see what .vscodeignore lets in and what the bundles hold`,
  );
  process.exitCode = 1;
}

const npmPackage = packNpm();
console.log(`${npmPackage}: ${(statSync(npmPackage).size / 1000).toFixed(0)} KB`);
