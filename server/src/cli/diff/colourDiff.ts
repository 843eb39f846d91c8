import pc from 'picocolors';

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
