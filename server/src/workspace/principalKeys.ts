import { folderKeyOf, keyOf, mappingsFor } from '../mapping.ts';
import type { Settings } from '../protocol.ts';
import type { FileAnalysis } from '../service/analysis.ts';
import { mappingOf } from '../service/findings/rules/byUser.ts';
import type { PolicyDocument } from '../service/policy/model.ts';

/**
 * The keys under which the setting `principals` can name a policy, the closest first: the policy alone, where its file holds
 * several or the file's key would leave it alone; its file; the folder that holds the file. Only those under which a choice
 * would take effect beside what the settings say already, once those that are closer are gone.
 *
 * @param path the file's path, relative to the workspace folder
 */
export function principalKeys(
  principals: Settings['principals'],
  path: string,
  { policies }: FileAnalysis,
  document: PolicyDocument,
): string[] {
  const file = keyOf(path);
  const folder = path.slice(0, Math.max(path.lastIndexOf('/'), 0));
  const isAlone = policies.filter((policy) => policy.document.kind === 'identity').length === 1;
  const isOpenToFiles = mappingOf(document, mappingsFor({ [file]: ANYBODY }, path)) !== undefined;
  const candidates = [
    ...(isAlone && isOpenToFiles ? [] : [keyOf(path, document.address ?? document.pointer)]),
    file,
    ...(folder === '' ? [] : [folderKeyOf(folder)]),
  ];
  const keys = candidates.filter((key, index) => {
    const closer = candidates.slice(0, index);
    const others = Object.entries(principals).filter(([other]) => !closer.includes(other));
    const chosen = { ...Object.fromEntries(others), [key]: ANYBODY };
    return mappingOf(document, mappingsFor(chosen, path))?.key === key;
  });
  if (keys.length > 0) return keys;
  // Some key of the user's goes before all of them: then that is the place for the choice.
  const current = mappingOf(document, mappingsFor(principals, path));
  return current ? [current.key] : [];
}

/** What is chosen does not matter for what goes before it. */
const ANYBODY = 'AnyRole';
