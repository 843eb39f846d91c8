import type { Principal } from '../findings/principal.ts';
import { testFolderOf } from './environments.ts';
import { keyOf } from './mappingKeys.ts';
import type { Settlement } from './match.ts';
import { folderOf, relativeTo } from './paths.ts';

/** What settles whose a policy is: lines for `iam-policy-refiner.json`, or options. */
export interface SettlingInput {
  readonly kind: 'likely' | 'ambiguous' | 'none';
  /** Where keys lead on from, and the root of the repository. */
  readonly keyBase: string;
  readonly root: string;
  readonly path: string;
  /** What names the policy inside its file; absent where the file's own key does. */
  readonly document?: string;
  /** Those that could be meant. */
  readonly principals: readonly Principal[];
  readonly rivals: readonly string[];
}

/** The lines that settle whose a policy is, the best first. */
export function settlements(input: SettlingInput): readonly Settlement[] {
  const { kind, rivals, root, keyBase, path, principals } = input;
  const lines: Settlement[] = [];
  const folders = [...new Set(rivals.map((rival) => testFolderOf(rival, root)))];
  const folder = folders.length === 1 ? folders[0] : undefined;
  if (kind === 'likely' && folder !== undefined && testFolderOf(path, root) === undefined)
    lines.push(excludeLine(`${folder}/**`));
  if (principals.length > 0 || kind === 'none') lines.push(principalsLine(input));
  if (kind === 'ambiguous' && rivals.length > 0) {
    const glob = folderOf(relativeTo(keyBase, path));
    if (glob !== '') lines.push(accountsLine(`${glob}/**`, principals[0]?.account));
  }
  if (kind === 'likely')
    lines.push(
      { setting: 'match', line: '"match": "likely"', value: 'likely' },
      { setting: 'option', line: '--likely' },
    );
  return lines;
}

/** What to write where nobody can say whose name it is. */
const PLACEHOLDER = 'NAME-OF-THE-ROLE';

function principalsLine({ keyBase, path, document, principals, kind }: SettlingInput): Settlement {
  const key = keyOf(relativeTo(keyBase, path), document);
  // Several names, or one in several accounts: each of them must leave it unused.
  const names =
    kind === 'none' && principals.length === 0
      ? [PLACEHOLDER]
      : principals.slice(0, kind === 'ambiguous' ? 1 : undefined).map(nameOf);
  const value = names.length === 1 ? (names[0] as string) : names;
  return {
    setting: 'principals',
    line: `"principals": {${JSON.stringify(key)}: ${JSON.stringify(value)}}`,
    key,
    value,
  };

  function nameOf({ label, name, arn }: Principal): string {
    const isAlone = principals.filter((other) => other.name.toLowerCase() === name.toLowerCase()).length === 1;
    return arn === undefined || isAlone ? name : label;
  }
}

function accountsLine(key: string, account = '111122223333'): Settlement {
  return {
    setting: 'accounts',
    line: `"accounts": {${JSON.stringify(key)}: ${JSON.stringify(account)}}`,
    key,
    value: account,
  };
}

function excludeLine(glob: string): Settlement {
  return { setting: 'exclude', line: `"exclude": [${JSON.stringify(glob)}]`, key: glob, value: [glob] };
}
