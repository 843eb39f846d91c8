import { findProgram, run } from './programs.mjs';

/**
 * Installs Debian packages with apt-get, through sudo where the user is not root.
 * `purpose` says in an error what they are for: "The build of …".
 * Throws where there is no apt-get, no permission, or no such package, and names what to install by hand.
 */
export function installDebianPackages(packages, purpose) {
  const wayOut = `${purpose} needs ${packages.join(', ')}. Install what is missing with the system's package manager`;
  const aptGet = findProgram('apt-get');
  if (!aptGet) throw new Error(`${wayOut}: there is no apt-get here to do it.`);

  const isRoot = process.getuid?.() === 0;
  const sudo = isRoot ? undefined : findProgram('sudo');
  if (!isRoot && !sudo) throw new Error(`${wayOut}: this user is not root, and there is no sudo.`);

  console.log(`Installing ${packages.join(', ')} with apt-get…`);
  // sudo drops the environment, so `env` sets the variable behind it.
  const command = [...(sudo ? [sudo] : []), 'env', 'DEBIAN_FRONTEND=noninteractive', aptGet, '-q', '-y'];
  const aptGetWith = (...args) => run(command[0], [...command.slice(1), ...args]);
  try {
    aptGetWith('update'); // A fresh container has no package lists, or stale ones.
    aptGetWith('install', '--no-install-recommends', ...packages);
  } catch (error) {
    throw new Error(`${wayOut}.`, { cause: error });
  }
}
