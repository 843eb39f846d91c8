import { installDebianPackages } from '../vscode/host/debian.mjs';
import { findProgram } from '../vscode/host/programs.mjs';

/**
 * Gives the path of a Neovim: the environment variable NVIM_EXECUTABLE, one on PATH, or Debian's, installed now.
 * Throws where there is none and it cannot be installed.
 */
export function obtainNeovim() {
  if (process.env.NVIM_EXECUTABLE) return process.env.NVIM_EXECUTABLE;
  if (!findProgram('nvim'))
    installDebianPackages(['neovim'], 'The test of Neovim (set NVIM_EXECUTABLE to one you have)');
  const found = findProgram('nvim');
  if (!found) throw new Error('There is no Neovim after its installation. Set NVIM_EXECUTABLE to the path of one.');
  return found;
}
