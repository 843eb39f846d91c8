import { writeFileSync } from 'node:fs';
import * as vscode from 'vscode';
import manifest from '../../../package.json' with { type: 'json' };

/** What one window of VS Code took, in milliseconds, to load and activate our extension and an empty one. */
interface Activation {
  readonly ours: number;
  readonly peer: number;
}

/**
 * Entry point for VS Code: activates both extensions, after another empty one has warmed up what they share. Gives `null` where ours
 * is active already: VS Code may open a JSON file of its own, such as its settings.
 */
export async function run(): Promise<void> {
  const { BENCH_PEER_FIRST, VSCODE_TEST_RESULT = '' } = process.env;
  await activate('bench.warm-up');
  writeFileSync(VSCODE_TEST_RESULT, JSON.stringify(await activateBoth(!BENCH_PEER_FIRST)));
}

const OURS = `${manifest.publisher}.${manifest.name}`;
const PEER = 'bench.empty';

/** `null` where VS Code was faster: what is active already takes no time. */
async function activateBoth(oursFirst: boolean): Promise<Activation | null> {
  const peerBefore = oursFirst ? undefined : await activate(PEER);
  if (isActive(OURS)) return null;
  const ours = await activate(OURS);
  return { ours, peer: peerBefore ?? (await activate(PEER)) };
}

function isActive(id: string): boolean {
  return vscode.extensions.getExtension(id)?.isActive === true;
}

/** How long it takes to load and activate an extension, in milliseconds. */
async function activate(id: string): Promise<number> {
  const extension = vscode.extensions.getExtension(id);
  if (!extension) throw new Error(`There is no extension ${id}`);
  const started = performance.now();
  await extension.activate();
  return performance.now() - started;
}
