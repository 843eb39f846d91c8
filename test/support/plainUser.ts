/** Root's rights to read and write whatever a file's mode says. */
const RIGHTS = '-dac_override,-dac_read_search';

/**
 * The command that runs a program as somebody for whom a file's mode counts. For root it does not, so that on Linux root gives
 * up the rights (`setpriv` of util-linux, which every Debian has). Where that fails the program does not start.
 */
export function asPlainUser(program: string, args: readonly string[]): readonly [program: string, args: string[]] {
  if (process.getuid?.() !== 0) return [program, [...args]];
  return ['setpriv', [`--bounding-set=${RIGHTS}`, `--inh-caps=${RIGHTS}`, '--', program, ...args]];
}
