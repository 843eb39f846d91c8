import type pc from 'picocolors';

/** A unified diff in the colours that git uses. */
export function colourDiff(diff: string, { bold, cyan, green, red }: ReturnType<typeof pc.createColors>): string {
  return diff
    .split('\n')
    .map((line) => {
      if (/^(?:---|\+\+\+) /.test(line)) return bold(line);
      if (line.startsWith('@@')) return cyan(line);
      return line.startsWith('+') ? green(line) : line.startsWith('-') ? red(line) : line;
    })
    .join('\n');
}
