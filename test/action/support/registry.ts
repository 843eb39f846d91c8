import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import packageJson from '../../../package.json' with { type: 'json' };
import { packNpm } from '../../../scripts/npmPackage.mjs';

/**
 * Starts a package registry on this machine, which has our npm package, and nothing else. Gives the environment in
 * which npm asks it.
 */
export async function startRegistry(): Promise<{ env: NodeJS.ProcessEnv; stop: () => void }> {
  const folder = mkdtempSync(path.join(tmpdir(), 'iam-policy-refiner-registry-'));
  const tarball = readFileSync(packNpm(path.join(folder, 'npm')));
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
