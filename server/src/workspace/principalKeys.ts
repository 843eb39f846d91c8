import { mappingsFor } from '../mapping.ts';
import type { Settings } from '../protocol.ts';
import type { FileAnalysis, PolicyAnalysis } from '../service/analysis.ts';
import { folderKeyOf, keyOf } from '../service/whose/mappingKeys.ts';

/**
 * The keys under which the setting `principals` can name a policy, the closest first: the policy alone, where code tells of its holders or its
 * file holds several; its file; the folder that holds the file. Only those under which a choice would take effect beside what the
 * settings say already, once those that are closer are gone.
 *
 * @param path the file's path, relative to the workspace folder
 */
export function principalKeys(
  principals: Settings['principals'],
  path: string,
  { policies }: FileAnalysis,
  policy: PolicyAnalysis,
): string[] {
  const { document, standing } = policy;
  const file = keyOf(path);
  const folder = path.slice(0, Math.max(path.lastIndexOf('/'), 0));
  const isAlone = policies.filter((other) => other.standing.kind === 'identity').length === 1;
  // What holds a policy by code is no matter of its file.
  const isOpenToFiles = standing.holders.length === 0 && document.address === undefined;
  const candidates = [
    ...(isAlone && isOpenToFiles ? [] : [keyOf(path, document.address ?? document.pointer)]),
    ...(isOpenToFiles ? [file, ...(folder === '' ? [] : [folderKeyOf(folder)])] : []),
  ];
  const keys = candidates.filter((key, index) => {
    const closer = candidates.slice(0, index);
    const others = Object.entries(principals).filter(([other]) => !closer.includes(other));
    const chosen = { ...Object.fromEntries(others), [key]: ANYBODY };
    return keyInForce(chosen, path, policy) === key;
  });
  if (keys.length > 0) return keys;
  // Some key of the user's goes before all of them: then that is the place for the choice.
  const current = keyInForce(principals, path, policy);
  return current === undefined ? [] : [current];
}

/** The key that counts for a policy: one for it alone goes before one for its file. */
function keyInForce(
  principals: Settings['principals'],
  path: string,
  { document }: PolicyAnalysis,
): string | undefined {
  const mappings = mappingsFor(principals, path);
  const own = mappings.find(
    ({ document: name }) => name !== undefined && [document.address, document.pointer].includes(name),
  );
  return (own ?? mappings.find(({ document: name }) => name === undefined))?.key;
}

/** What is chosen does not matter for what goes before it. */
const ANYBODY = 'AnyRole';
