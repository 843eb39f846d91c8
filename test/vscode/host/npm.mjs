import path from 'node:path';
import { run } from './programs.mjs';

/**
 * Runs npm in `folder`, for that folder alone, also when this process is itself a script of another npm.
 * `nodeFolder` is the folder of an unpacked Node.js (bin/, include/): npm then runs on it, and builds addons for it.
 * Throws an error with npm's own output when npm fails.
 */
export function npm(folder, args, { nodeFolder } = {}) {
  const env = independentEnvironment(process.env);
  if (nodeFolder) {
    env.PATH = path.join(nodeFolder, 'bin') + path.delimiter + env.PATH;
    env.npm_config_nodedir = nodeFolder; // The headers are here: node-gyp need not download them from nodejs.org.
  }
  run('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder, env });
}

/** The configuration that says how to reach the registry. It is the machine's, so it is passed on. */
const connection =
  /^npm_config_(registry|cache|userconfig|globalconfig|proxy|https?_proxy|noproxy|ca|cafile|strict_ssl|\/\/.*|@.*)$/i;

/**
 * An npm script sees the settings of its own project as npm_config_*, npm_package_* and INIT_CWD. Its local_prefix
 * would make a nested npm install into that project, and flags such as --ignore-scripts or --omit would apply again.
 */
function independentEnvironment(env) {
  const isForeign = (name) => /^(npm_|INIT_CWD$)/i.test(name) && !connection.test(name);
  return Object.fromEntries(Object.entries(env).filter(([name]) => !isForeign(name)));
}
