import { rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { projectRoot } from './paths.mjs';

/**
 * Bundles the entry points and every `*.test.ts` of test/vscode/suite into `outFolder`, which is emptied first, each
 * into a CommonJS file at the same relative path. Rejects with esbuild's messages.
 */
export async function bundleSuite(outFolder) {
  rmSync(outFolder, { recursive: true, force: true }); // No result and no test of an earlier run may survive.
  const suite = path.join(projectRoot, 'test/vscode/suite');
  await build({
    absWorkingDir: suite,
    entryPoints: ['./index.ts', './installed.ts', './multiRoot.ts', './plain.ts', './sameText.ts', './**/*.test.ts'],
    outbase: suite,
    outdir: outFolder,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    mainFields: ['module', 'main'], // jsonc-parser's "main" is UMD: bundled, it fails at start.
    external: ['vscode', 'mocha'], // The extension host provides the first; all files must share one of the second.
    sourcemap: 'linked',
    logLevel: 'warning',
  });
}
