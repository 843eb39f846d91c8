/** Which pages of AWS's Service Authorization Reference describe which service, as the npm package `iam-floyd` has read them off AWS. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../node_modules/iam-floyd/lib/generated/policy-statements', import.meta.url));

/**
 * The names of the pages by service prefix, sorted: `elasticfilesystem` is on `list_efs.html`, so its page is `efs`. No rule makes
 * them of the prefix, and some services have several.
 */
export function readReferencePages(): ReadonlyMap<string, readonly string[]> {
  const pages = new Map<string, string[]>();
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.js'))) {
    const text = readFileSync(path.join(folder, file), 'utf8');
    const [, prefix] = /\.servicePrefix = '([\w-]+)'/.exec(text) ?? [];
    const [, page] = /\/service-authorization\/latest\/reference\/list_([\w-]+)\.html/.exec(text) ?? [];
    if (prefix === undefined || page === undefined) continue;
    pages.set(prefix, [...(pages.get(prefix) ?? []), page].sort());
  }
  return pages;
}
