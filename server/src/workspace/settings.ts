import { DEFAULT_SETTINGS, SECTION, type Settings } from '../protocol.ts';

/** Asks the client for the settings that hold for a resource. */
export type SettingsRequest = (scopeUri: string, section: string) => Promise<unknown>;

/** The settings of each open document, asked for once and forgotten when the client says that they changed. */
export class SettingsStore {
  readonly #request: SettingsRequest | undefined;
  #fallback: Settings;
  readonly #byUri = new Map<string, Promise<Settings>>();

  /**
   * @param request absent where the client does not answer `workspace/configuration`
   * @param fallback what such a client gave as initialization options
   */
  constructor(request: SettingsRequest | undefined, fallback: unknown) {
    this.#request = request;
    this.#fallback = sanitizeSettings(fallback);
  }

  get(uri: string): Promise<Settings> {
    const known = this.#byUri.get(uri);
    if (known) return known;
    const asked = this.#request ? this.#request(uri, SECTION).then(sanitizeSettings) : Promise.resolve(this.#fallback);
    this.#byUri.set(uri, asked);
    // A failed request is asked again the next time, and must not leave the document without marks for good.
    asked.catch(() => this.#byUri.delete(uri));
    return asked;
  }

  /** Takes the settings that a client pushes instead of answering requests. */
  replaceFallback(settings: unknown): void {
    this.#fallback = sanitizeSettings(settings);
  }

  forget(uri: string): void {
    this.#byUri.delete(uri);
  }

  clear(): void {
    this.#byUri.clear();
  }
}

/** Settings of the right types: people write them by hand, and a wrong one must not take the others with it. */
function sanitizeSettings(value: unknown): Settings {
  const given = (typeof value === 'object' && value !== null ? value : {}) as Readonly<Record<string, unknown>>;
  const pick = <K extends keyof Settings>(key: K, isValid: (candidate: unknown) => boolean): Settings[K] =>
    isValid(given[key]) ? (given[key] as Settings[K]) : DEFAULT_SETTINGS[key];
  return {
    enable: pick('enable', (candidate) => typeof candidate === 'boolean'),
    findings: pick('findings', isStringList),
    principals: pick('principals', isMapping),
    unusedAccessAge: pick('unusedAccessAge', (candidate) => typeof candidate === 'number' && candidate >= 0),
    keep: pick('keep', isStringList),
    generalization: pick('generalization', (candidate) => candidate === 'prefix' || candidate === 'exact'),
    severity: pick('severity', (candidate) =>
      ['error', 'warning', 'information', 'hint'].includes(candidate as string),
    ),
    catalogue: pick('catalogue', (candidate) => typeof candidate === 'string'),
  };
}

function isMapping(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((names) => typeof names === 'string' || isStringList(names))
  );
}

function isStringList(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
