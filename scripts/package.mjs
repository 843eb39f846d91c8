/** Packs the extension into `iam-policy-refiner-VERSION.vsix`, and fails when the package grows beyond its limit. */
import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { createVSIX } from '@vscode/vsce';

/** What a user downloads must stay small. */
const LIMIT_BYTES = 500_000;

const { name, version } = JSON.parse(readFileSync('package.json', 'utf8'));
const packagePath = `${name}-${version}.vsix`;

execFileSync(process.execPath, ['--import', 'tsx', 'scripts/catalogue.ts'], { stdio: 'inherit' });
execFileSync(process.execPath, ['esbuild.mjs', '--production'], { stdio: 'inherit' });
// Without a public repository there is nothing that relative links of the README could be rewritten to.
await createVSIX({ packagePath, dependencies: false, allowMissingRepository: true, rewriteRelativeLinks: false });

const { size } = statSync(packagePath);
console.log(`${packagePath}: ${(size / 1000).toFixed(0)} KB of ${LIMIT_BYTES / 1000} KB`);
if (size > LIMIT_BYTES) {
  console.error(
    `The package is larger than ${LIMIT_BYTES / 1000} KB: see what .vscodeignore lets in and what the bundles hold`,
  );
  process.exitCode = 1;
}
