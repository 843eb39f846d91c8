/** Writes the README's tables of settings and commands anew, from package.json: `npm run readme`. A test compares them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly category: string; readonly title: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
  };
}

interface Setting {
  readonly default: unknown;
  readonly markdownDescription: string;
  readonly enum?: readonly string[];
  readonly markdownEnumDescriptions?: readonly string[];
}

/** The README with its tables as package.json has them. Throws where the marks of a table are missing. */
export function renderReadme(readme: string, { contributes }: Manifest): string {
  const { commands, configuration } = contributes;
  const settings = Object.entries(configuration.properties).map(([name, setting]) => [
    `\`${name}\``,
    describeDefault(setting.default),
    describeSetting(setting),
  ]);
  const titles = commands.map(({ command, category, title }) => [`${category}: ${title}`, `\`${command}\``]);
  const withSettings = replaceTable(readme, 'settings', [['setting', 'default', 'meaning'], ...settings]);
  return replaceTable(withSettings, 'commands', [['command', 'for keyboard shortcuts'], ...titles]);
}

function describeDefault(value: unknown): string {
  if (Array.isArray(value) && value.length > 0) return value.map((item) => `\`${item}\``).join(', ');
  const isEmpty = value === '' || (typeof value === 'object' && Object.keys(value ?? {}).length === 0);
  return isEmpty ? 'none' : `\`${value}\``;
}

function describeSetting({ markdownDescription, enum: values = [], markdownEnumDescriptions }: Setting): string {
  const choices = values.map((value, index) => {
    const meaning = markdownEnumDescriptions?.[index];
    return meaning === undefined ? `\`${value}\`` : `\`${value}\` (${meaning})`;
  });
  return choices.length > 0 ? `${markdownDescription} One of ${choices.join(', ')}.` : markdownDescription;
}

function replaceTable(readme: string, name: string, rows: readonly (readonly string[])[]): string {
  const [start, end] = [`<!-- ${name}:start, made by \`npm run readme\` -->`, `<!-- ${name}:end -->`];
  const [before, rest] = readme.split(start);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`README.md lacks the marks ${start} and ${end}`);
  const [head = [], ...body] = rows.map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const lines = [head, head.map(() => '---'), ...body].map((row) => `| ${row.join(' | ')} |`);
  return `${before}${start}\n${lines.join('\n')}\n${end}${after}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
  writeFileSync('README.md', renderReadme(readFileSync('README.md', 'utf8'), manifest));
}
