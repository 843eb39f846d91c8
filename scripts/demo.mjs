/**
 * Shows in the terminal what refining does: builds the command line, then refines the example policy without writing it.
 * The diff goes to standard output, the totals and the proof to standard error.
 */
import { execFileSync, spawnSync } from 'node:child_process';

execFileSync(process.execPath, ['--import', 'tsx', 'scripts/catalogue.ts'], { stdio: ['ignore', 'ignore', 'inherit'] });
execFileSync(process.execPath, ['esbuild.mjs'], { stdio: ['ignore', 'ignore', 'inherit'] });

const command = [
  'refine',
  'examples/article/MyRole.json',
  '--findings',
  'examples/article/MyRole.findings.json',
  '--diff',
];
console.log(`$ iam-policy-refiner ${command.join(' ')}\n`);
const { status } = spawnSync(process.execPath, ['dist/cli.js', ...command], { stdio: 'inherit' });
process.exitCode = status ?? 1;
