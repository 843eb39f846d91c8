/** A value of JSON that is neither array nor scalar. `JSON.parse` makes own properties only, `__proto__` included. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The key under which an object has a field; `undefined` where it has none. The field is named as AWS names it, and found as
 * `serviceNamespace`, `ServiceNamespace` or `service_namespace`: other tools write the same shapes with other spellings.
 */
export function keyOf(object: JsonObject, name: string): string | undefined {
  // No field that we read has a name that every object inherits.
  for (const key of spellingsOf(name)) if (object[key] !== undefined) return key;
  return undefined;
}

/** The value of a field, however it is spelled. */
export function field(object: JsonObject, name: string): unknown {
  const key = keyOf(object, name);
  return key === undefined ? undefined : object[key];
}

/** The value of a field if it is a string. */
export function stringField(object: JsonObject, name: string): string | undefined {
  const value = field(object, name);
  return typeof value === 'string' ? value : undefined;
}

/**
 * The value of a field that holds an id. Other tools number what they write; a number that is too large to be told from its
 * neighbours is no id.
 */
export function idField(object: JsonObject, name: string): string | undefined {
  const value = field(object, name);
  return Number.isSafeInteger(value) ? String(value) : stringField(object, name);
}

/** The value of a field if it is a list. */
export function listField(object: JsonObject, name: string): readonly unknown[] | undefined {
  const value = field(object, name);
  return Array.isArray(value) ? value : undefined;
}

/**
 * The value of a field that holds a date. What is there and no text stays a date, though none that can be read: taken for
 * absent it would mean that something was never used.
 */
export function dateField(object: JsonObject, name: string): string | undefined {
  const value = field(object, name) ?? undefined;
  return value === undefined || typeof value === 'string' ? value : UNREADABLE_DATE;
}

const UNREADABLE_DATE = 'an unreadable date';

/**
 * When something was last used, by a field of a last-accessed report. Where that is missing and another one tells of access,
 * such as by whom or in which region, it was used at a time that nobody knows.
 */
export function dateOfUse(object: JsonObject, name: string): string | undefined {
  const date = dateField(object, name);
  if (date !== undefined) return date;
  const isOfUse = Object.keys(object).some((key) => OF_USE.test(key) && (object[key] ?? undefined) !== undefined);
  return isOfUse ? UNREADABLE_DATE : undefined;
}

/** Two fields of a service say something else: how many used it, and which actions are tracked. */
const OF_USE = /^(?!(?:total_?authenticated_?entities|tracked_?actions_?last_?accessed)$).*(?:access|authenticat)/i;

/** `{ [key]: value }`, or nothing to spread when the value is missing: optional fields are absent, not undefined. */
export function optional<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: V });
}

const spellings = new Map<string, readonly string[]>();

/** How tools spell the name of a field, as AWS spells it first. */
export function spellingsOf(name: string): readonly string[] {
  let known = spellings.get(name);
  if (!known) {
    const camel = name.charAt(0).toLowerCase() + name.slice(1);
    const pascal = name.charAt(0).toUpperCase() + name.slice(1);
    const snake = camel.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    known = [...new Set([name, camel, pascal, snake])];
    spellings.set(name, known);
  }
  return known;
}
