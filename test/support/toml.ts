import assert from 'node:assert/strict';

/** Reads what settings of editors need of TOML: tables, lists of tables, and keys with values that JSON has as well. */
export function readToml(text: string): unknown {
  const root: Record<string, unknown> = {};
  let table = root;
  for (const line of text.split('\n').filter((one) => one.trim() !== '')) {
    const [, list, name, key, value] =
      /^(?:\[\[([\w-]+)\]\]|\[([\w.-]+)\]|([\w-]+) = (.+))$/.exec(line) ?? assert.fail(`no TOML of ours: ${line}`);
    if (key !== undefined) table[key] = JSON.parse(value ?? '');
    else if (list !== undefined) {
      table = {};
      root[list] = [...((root[list] as unknown[] | undefined) ?? []), table];
    } else {
      table = root;
      for (const part of name?.split('.') ?? []) {
        table[part] ??= {};
        table = table[part] as Record<string, unknown>;
      }
    }
  }
  return root;
}
