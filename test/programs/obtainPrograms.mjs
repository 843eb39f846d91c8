import { installDebianPackages } from '../vscode/host/debian.mjs';
import { findProgram } from '../vscode/host/programs.mjs';

/** Other people's programs that tests run, by their names, with Debian's packages of them. */
const PACKAGES = { nvim: 'neovim', jq: 'jq', parallel: 'parallel' };

/**
 * Gives the path of one of these programs: the one on PATH, or Debian's, installed now; of Neovim the environment variable
 * NVIM_EXECUTABLE goes first. Throws where there is none and it cannot be installed.
 */
export function obtainProgram(name) {
  if (name === 'nvim' && process.env.NVIM_EXECUTABLE) return process.env.NVIM_EXECUTABLE;
  if (!findProgram(name)) installDebianPackages([PACKAGES[name]], `A test that runs '${name}'`);
  const found = findProgram(name);
  if (!found) throw new Error(`There is no '${name}' on PATH after its installation.`);
  return found;
}

/** Installs all that are missing at once: tests run side by side, and apt-get does not. */
export function obtainAllPrograms() {
  const missing = Object.keys(PACKAGES).filter((name) => {
    return !findProgram(name) && !(name === 'nvim' && process.env.NVIM_EXECUTABLE);
  });
  if (missing.length > 0)
    installDebianPackages(
      missing.map((name) => PACKAGES[name]),
      `Tests that run ${missing.join(', ')}`,
    );
}
