import { detached } from '../../json/detached.ts';

/** The same plain data with texts of its own, so that it does not keep the file alive of which they are slices. */
export function detachedData<T>(data: T): T {
  const own = new Map<string, string>();
  return copy(data) as T;

  function copy(value: unknown): unknown {
    if (typeof value === 'string') {
      let text = own.get(value);
      if (text === undefined) {
        text = detached(value);
        own.set(text, text);
      }
      return text;
    }
    if (Array.isArray(value)) return value.map(copy);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copy(item)]));
  }
}
