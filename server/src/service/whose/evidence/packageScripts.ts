import type { SomeFacts } from './collector.ts';
import { parseJson, tableOf } from './data.ts';
import { shownName } from './names.ts';
import { readScripts } from './script.ts';

/** The scripts of a package.json, which run in its folder. */
export function readPackageScripts(path: string, text: string): SomeFacts[] {
  const commands = Object.values(tableOf(tableOf(parseJson(text)).scripts)).filter((one) => typeof one === 'string');
  const scripts = commands.map((command) => ({ text: command, folder: { from: 'own' as const, path: [] } }));
  return readScripts(scripts, { file: shownName(path), toRoot: '' });
}
