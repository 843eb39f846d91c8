/** Parses each line of standard input, and writes it as it would write it itself. */
import { once } from 'node:events';

let rest = '';
process.stdin.setEncoding('utf8');
for await (const part of process.stdin) {
  const lines = (rest + part).split('\n');
  rest = lines.pop();
  const rows = lines.map((line) => `${JSON.stringify(JSON.parse(line))}\n`).join('');
  if (!process.stdout.write(rows)) await once(process.stdout, 'drain');
}
