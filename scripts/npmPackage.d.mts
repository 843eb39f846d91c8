/**
 * Packs the command line and the language server for npm.
 * @param out a folder of its own, which is emptied first
 * @returns the path of the package
 */
export function packNpm(out?: string): string;
