import { realpathSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ConfigFinder } from '../config/findConfig.ts';
import { nodeFiles } from '../node/files.ts';
import type { Input } from './inputs.ts';
import type { Messages } from './reporter.ts';
import type { UsedConfig } from './setUp.ts';

/**
 * Finds files for which another configuration file holds than the one that a run goes by: the nearest to them. The
 * editor goes by that one, and it may keep what this run would call unused.
 */
export class NearerConfigs {
  readonly #used: UsedConfig;
  readonly #reporter: Messages;
  readonly #finder = new ConfigFinder(nodeFiles);
  readonly #reported = new Set<string>();

  constructor(used: UsedConfig, reporter: Messages) {
    this.#used = used;
    this.#reporter = reporter;
  }

  /** Whether a file is to be left alone. Each of the configuration files is reported once. */
  async holdsFor({ file, path: own }: Input): Promise<boolean> {
    if (file === '-' || this.#used.isNamed) return false;
    const uri = await this.#finder.ofFile(pathToFileURL(own).href);
    if (uri === undefined) return false;
    const found = fileURLToPath(uri);
    if (isSame(found, this.#used.path)) return false;
    if (!this.#reported.has(found)) {
      const name = path.relative('', found);
      const way = `run this in '${path.dirname(name)}' for them, or name one file for all with --config`;
      this.#reporter.error(`${name}: it holds for the files of its folder, which are left alone: ${way}`);
    }
    this.#reported.add(found);
    return true;
  }
}

/** Whether two paths lead to the same file, be it through symbolic links. */
function isSame(file: string, other: string | undefined): boolean {
  return other !== undefined && (file === other || realPath(file) === realPath(other));
}

function realPath(file: string): string {
  try {
    return realpathSync.native(file);
  } catch {
    return file;
  }
}
