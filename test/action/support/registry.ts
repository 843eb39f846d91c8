import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import packageJson from '../../../package.json' with { type: 'json' };
import { run } from './run.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/**
 * Starts a package registry on this machine, which has our command line as it is built, and nothing else. Gives the environment in
 * which npm asks it.
 */
export async function startRegistry(): Promise<{ env: NodeJS.ProcessEnv; stop: () => void }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'iam-policy-refiner-registry-'));
  const tarball = await pack(folder);
  const { name, version, bin } = packageJson;
  const server = createServer(({ url }, response) => {
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const dist = {
      tarball: `${address}/${name}.tgz`,
      integrity: `sha512-${createHash('sha512').update(tarball).digest('base64')}`,
    };
    const about = { name, 'dist-tags': { latest: version }, versions: { [version]: { name, version, bin, dist } } };
    if (url === `/${name}`) response.setHeader('content-type', 'application/json').end(JSON.stringify(about));
    else if (url === `/${name}.tgz`) response.end(tarball);
    else response.writeHead(404).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const stop = () => {
    server.close();
    server.closeAllConnections();
    rmSync(folder, { recursive: true });
  };
  const { port } = server.address() as AddressInfo;
  const env = {
    npm_config_registry: `http://127.0.0.1:${port}/`,
    npm_config_cache: path.join(folder, 'cache'),
    npm_config_fetch_retries: '0',
  };
  return { env, stop };
}

/** The package, made by npm. */
async function pack(folder: string): Promise<Buffer> {
  const { name, version, bin } = packageJson;
  const source = path.join(folder, 'package');
  mkdirSync(source);
  cpSync(path.join(ROOT, 'dist'), path.join(source, 'dist'), {
    recursive: true,
    filter: (file) => !/\.map$/.test(file),
  });
  writeFileSync(path.join(source, 'package.json'), JSON.stringify({ name, version, bin }));
  const { status, log } = await run('npm', ['pack', '--pack-destination', folder], source);
  if (status !== 0) throw new Error(log);
  return readFileSync(path.join(folder, `${name}-${version}.tgz`));
}
