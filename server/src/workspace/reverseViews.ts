import { Slices } from '../runInSlices.ts';
import type { Principal } from '../service/findings/principal.ts';
import { type NotGranted, ReverseView } from '../service/reverse/reverseView.ts';
import { mapLimited } from './mapLimited.ts';
import type { PolicyFiles } from './policyFiles.ts';
import type { Workspace } from './workspace.ts';

/** So many files are looked at for a status; for more there is the command line. */
export const MAX_VIEWED_FILES = 5000;

/** So many files are read at a time. */
const MAX_OPEN = 8;

/** What is reported of some principals and granted by no policy of a workspace folder. */
export interface FolderView {
  readonly notGranted: readonly NotGranted[];
  /** Whether there are too many files to look at: then nothing is known. */
  readonly tooManyFiles: boolean;
}

/** A view, and of which state of the workspace it is. */
interface CachedView {
  view?: FolderView;
  generation: number;
  isRunning: boolean;
}

/**
 * The reverse views of the workspace's folders. They need all policies there, so they are made while nobody waits, and asked
 * for again when they are done; until then the last one stands.
 */
export class ReverseViews {
  readonly #workspace: Workspace;
  readonly #policyFiles: PolicyFiles;
  readonly #onDone: (error?: unknown) => void;
  readonly #views = new Map<string, CachedView>();
  #generation = 0;

  /** @param onDone called when a view is there that was asked for before, or could not be made */
  constructor(workspace: Workspace, policyFiles: PolicyFiles, onDone: (error?: unknown) => void) {
    this.#workspace = workspace;
    this.#policyFiles = policyFiles;
    this.#onDone = onDone;
  }

  /**
   * What is known now of some principals; `undefined` at first.
   * @param uri a file of the folder whose policy is theirs
   * @param config the configuration file that holds for it, which says by which findings
   */
  get(
    folder: string,
    principals: readonly Principal[],
    uri: string,
    config: string | undefined,
  ): FolderView | undefined {
    const key = JSON.stringify([folder, config, ...principals.map(({ label }) => label)]);
    let cached = this.#views.get(key);
    if (!cached) {
      cached = { generation: -1, isRunning: false };
      this.#views.set(key, cached);
    }
    if (cached.generation < this.#generation && !cached.isRunning) void this.#renew(cached, folder, principals, uri);
    return cached.view;
  }

  /** Says that policies, findings or settings changed: what is known is to be looked up anew when next asked for. */
  changed(): void {
    this.#generation++;
  }

  /** Forgets all views, for those of folders that are gone. */
  clear(): void {
    this.#views.clear();
    this.changed();
  }

  async #renew(cached: CachedView, folder: string, principals: readonly Principal[], uri: string): Promise<void> {
    cached.isRunning = true;
    cached.generation = this.#generation;
    try {
      const context = await this.#workspace.fileContext(uri, folder);
      const uris = context ? await this.#policyFiles.list(folder) : [];
      const tooManyFiles = uris.length > MAX_VIEWED_FILES;
      if (!context || tooManyFiles) cached.view = { notGranted: [], tooManyFiles };
      else {
        const view = new ReverseView(context.analyzer, principals);
        const slices = new Slices();
        await mapLimited(uris, MAX_OPEN, async (file) => {
          const own = await this.#workspace.fileContext(file, folder);
          if (own) view.add(await this.#policyFiles.match(file, own));
          if (slices.isOver) await slices.pause();
        });
        cached.view = { notGranted: [...view.notGranted()], tooManyFiles };
      }
      this.#onDone();
    } catch (error) {
      this.#onDone(error);
    } finally {
      cached.isRunning = false;
    }
  }
}
