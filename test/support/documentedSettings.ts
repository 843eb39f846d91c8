import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const EDITORS = fileURLToPath(new URL('../../docs/editors.md', import.meta.url));

/** The settings that `docs/editors.md` gives for an editor: the only block of code in a language below a heading. */
export function documentedSettings(heading: string, language: 'lua' | 'toml'): string {
  const sections = readFileSync(EDITORS, 'utf8').split(/^(?=#{2,3} )/m);
  const section = sections.find((text) => text.startsWith(`## ${heading}\n`) || text.startsWith(`### ${heading}\n`));
  const [block, ...others] = (section ?? '').matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'gms'));
  assert(block?.[1] !== undefined && others.length === 0, `docs/editors.md has no settings for ${heading}`);
  return block[1];
}
