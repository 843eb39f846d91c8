import { existsSync } from 'node:fs';
import { build } from 'esbuild';
import { atRoot, programAt } from './paths.ts';

/** The server that users get. */
export const ourServer = atRoot('dist/server.js');

/** A server that does nothing, bundled as ours is: minified if ours is. Gives the bundle's path. */
export async function bundleBareServer(): Promise<string> {
  const outfile = atRoot('out/bench/bareServer.js');
  await build({
    entryPoints: [programAt('bareServer.mjs')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    mainFields: ['module', 'main'],
    minify: !existsSync(`${ourServer}.map`),
    legalComments: 'none',
    logLevel: 'error',
  });
  return outfile;
}
