import { type Catalogue, createCatalogue } from './catalogue.ts';

/** Longer than any service prefix or action name of AWS by far. */
const MAX_NAME = 128;

/**
 * Reads a catalogue file, `{"date": "2024-11-20", "services": {"s3": ["GetObject", …]}}`.
 * @throws Error with a reason for the user, without the file's name
 */
export function readCatalogueFile(text: string): Catalogue {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error('it is not valid JSON');
  }
  const { date, services } = (typeof value === 'object' && value !== null ? value : {}) as {
    date?: unknown;
    services?: unknown;
  };
  if (typeof date !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(date))
    throw new Error('its "date" must be a day such as "2024-11-20"');
  if (typeof services !== 'object' || services === null || Array.isArray(services)) {
    throw new Error('its "services" must be an object such as {"s3": ["GetObject"]}');
  }
  for (const [prefix, names] of Object.entries(services)) {
    if (!isName(prefix)) throw new Error(`'${prefix.slice(0, MAX_NAME)}' is not a service prefix`);
    if (!Array.isArray(names)) throw new Error(`the service '${prefix}' must have a list of action names`);
    const wrong = names.findIndex((name) => !isName(name));
    if (wrong >= 0) throw new Error(`item ${wrong} of '${prefix}' is not an action name`);
  }
  return createCatalogue({ date, services: services as Record<string, string[]> });
}

function isName(value: unknown): boolean {
  return typeof value === 'string' && value.length <= MAX_NAME && /^[\w.-]+$/.test(value);
}
