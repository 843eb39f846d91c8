import { parse } from 'smol-toml';
import { parseYamlValues } from '../../policy/yaml/index.ts';

/** A table of a configuration file. */
export type Table = { readonly [key: string]: unknown };

/** The longest file of settings that is read, in UTF-16 units. */
const MAX_LENGTH = 1_000_000;

/** The value of a text in TOML; `undefined` where it is none, or too long. */
export function parseToml(text: string): unknown {
  return text.length > MAX_LENGTH ? undefined : tried(() => parse(text, { maxDepth: 100 }));
}

/** The value of a text in JSON; `undefined` where it is none, or too long. */
export function parseJson(text: string): unknown {
  return text.length > MAX_LENGTH ? undefined : tried(() => JSON.parse(text));
}

/** The values of the documents of a text in YAML; none where it is none, or too long. */
export function parseYaml(text: string): readonly unknown[] {
  return text.length > MAX_LENGTH ? [] : (tried(() => parseYamlValues(text)) ?? []);
}

/** A value as a table; an empty one for anything else. */
export function tableOf(value: unknown): Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Table) : {};
}

/** A value as a list; an empty one for anything else. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** What a value says as text: strings, and numbers as they are written. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;
}

/** What a table says as text under the first of these keys that it has. */
export function textAt(table: Table, ...keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const text = Object.hasOwn(table, key) ? textOf(table[key]) : undefined;
    if (text !== undefined) return text;
  }
  return undefined;
}

function tried<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
