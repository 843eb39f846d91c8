/** What a set of entries grants, by regular expressions and look-ups of the test's own: an oracle that is quick enough for a corpus. */
export class EntrySet {
  readonly #exact = new Set<string>();
  readonly #patterns = new Map<string, RegExp[]>();

  constructor(entries: Iterable<string>) {
    for (const entry of entries) {
      const [service = '', ...rest] = (/^\*+$/.test(entry) ? '*:*' : entry).toLowerCase().split(':');
      const action = rest.join(':');
      if (!/[*?]/.test(service + action)) this.#exact.add(`${service}:${action}`);
      const source = action
        .replace(/[\\^$.+()[\]{}|/]/g, '\\$&')
        .replace(/\*+/g, '.*')
        .replaceAll('?', '.');
      const known = this.#patterns.get(service) ?? [];
      if (/[*?]/.test(action) || service === '*') known.push(new RegExp(`^${source}$`, 'i'));
      this.#patterns.set(service, known);
    }
  }

  /** Whether an entry grants the action. */
  grants(service: string, name: string): boolean {
    if (this.#exact.has(`${service}:${name}`.toLowerCase())) return true;
    const patterns = [...(this.#patterns.get(service) ?? []), ...(this.#patterns.get('*') ?? [])];
    return patterns.some((pattern) => pattern.test(name));
  }
}
