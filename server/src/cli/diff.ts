import path from 'node:path';
import { createTwoFilesPatch } from 'diff';
import pc from 'picocolors';

/** The unified diff of a file and its refined text, as `git apply` takes it; empty when they are the same. */
export function unifiedDiff(file: string, before: string, after: string): string {
  if (before === after) return '';
  const name = file
    .split(path.sep)
    .join('/')
    .replace(/^(?:\.?\/)+/, '');
  const patch = createTwoFilesPatch(quote(`a/${name}`), quote(`b/${name}`), before, after, undefined, undefined, {
    context: 3,
  });
  // The library underlines the header with a line of equal signs that no other tool writes.
  return patch.replace(/^=+\n/, '');
}

/** A file name as git writes it: in quotes, with escapes, where it has characters that would end or change it. */
function quote(name: string): string {
  return /["\\\p{Cc}]/u.test(name) ? JSON.stringify(name) : name;
}

/** A unified diff in the colours that git uses, where standard output shows colours. */
export function colourDiff(diff: string): string {
  return diff
    .split('\n')
    .map((line) => {
      if (/^(?:---|\+\+\+) /.test(line)) return pc.bold(line);
      if (line.startsWith('@@')) return pc.cyan(line);
      return line.startsWith('+') ? pc.green(line) : line.startsWith('-') ? pc.red(line) : line;
    })
    .join('\n');
}
