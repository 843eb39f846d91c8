/** A template in YAML's block style, with the short tags that people write. */
export function yamlText(value: unknown, indent = ''): string {
  const tagged = shortTag(value);
  if (tagged !== undefined) return ` ${tagged}\n`;
  if (Array.isArray(value)) {
    if (value.length === 0) return ' []\n';
    return `\n${value.map((item) => `${indent}-${inItem(yamlText(item, `${indent}  `), indent)}`).join('')}`;
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    if (entries.length === 0) return ' {}\n';
    const text = entries.map(([key, item]) => `${indent}${scalar(key)}:${yamlText(item, `${indent}  `)}`).join('');
    return indent === '' ? text : `\n${text}`;
  }
  return ` ${scalar(value)}\n`;
}

/** What follows a dash begins on its line. */
function inItem(text: string, indent: string): string {
  const start = `\n${indent}  `;
  return text.startsWith(start) ? ` ${text.slice(start.length)}` : text;
}

function shortTag(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const [entry, ...others] = Object.entries(value);
  if (!entry || others.length > 0) return undefined;
  const [key, of] = entry;
  if (key === 'Ref' || key === 'Fn::Sub' || key === 'Fn::ImportValue')
    return typeof of === 'string' ? `!${key.replace('Fn::', '')} ${scalar(of)}` : undefined;
  if (key === 'Fn::GetAtt') return `!GetAtt ${(of as string[]).join('.')}`;
  return key.startsWith('Fn::') ? `!${key.slice('Fn::'.length)} ${JSON.stringify(of)}` : undefined;
}

function scalar(value: unknown): string {
  const text = String(value);
  return typeof value === 'string' && !/^[A-Za-z][\w/.-]*$/.test(text) ? JSON.stringify(text) : text;
}
