import { DEFAULT_SETTINGS, SECTION, type Settings } from '../protocol.ts';

/** Settings whose types are right, and whether one that keeps permissions was not. */
export interface CheckedSettings extends Settings {
  /** Why nothing may be refined: the default in place of what the user meant could remove what is in use. */
  readonly blocked?: string;
}

/** Asks the client for the settings that hold for a resource. */
export type SettingsRequest = (scopeUri: string, section: string) => Promise<unknown>;

/** The settings of each open document, asked for once and forgotten when the client says that they changed. */
export class SettingsStore {
  readonly #request: SettingsRequest | undefined;
  #fallback: CheckedSettings;
  readonly #byUri = new Map<string, Promise<CheckedSettings>>();

  /**
   * @param request absent where the client does not answer `workspace/configuration`
   * @param fallback what such a client gave as initialization options
   */
  constructor(request: SettingsRequest | undefined, fallback: unknown) {
    this.#request = request;
    this.#fallback = sanitizeSettings(fallback);
  }

  get(uri: string): Promise<CheckedSettings> {
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

/** What the settings must be that keep permissions, as the user is told. */
const EXPECTED = {
  keep: 'a list of actions such as ["s3:GetObject", "iam:*"]',
  principals: 'an object such as {"policies/app.json": ["AppRole"]}, of names or lists of names',
  unusedAccessAge: 'a number of days such as 90',
} as const satisfies Partial<Record<keyof Settings, string>>;

/**
 * Settings of the right types: people write them by hand, and a wrong one must not take the others with it. Its default
 * stands in; where that could remove what the user meant to keep, it is also said that nothing may be refined.
 */
function sanitizeSettings(value: unknown): CheckedSettings {
  const given = (typeof value === 'object' && value !== null ? value : {}) as Readonly<Record<string, unknown>>;
  const pick = <K extends keyof Settings>(key: K, isValid: (candidate: unknown) => boolean): Settings[K] =>
    isValid(given[key]) ? (given[key] as Settings[K]) : DEFAULT_SETTINGS[key];
  const blocked: string[] = [];
  const pickStrictly = <K extends keyof typeof EXPECTED>(key: K, isValid: (candidate: unknown) => boolean) => {
    const candidate = given[key];
    // Some clients give `null` for what is not set.
    if (candidate !== undefined && candidate !== null && !isValid(candidate))
      blocked.push(`your setting "${SECTION}.${key}" must be ${EXPECTED[key]}: correct it, or remove it`);
    return pick(key, isValid);
  };
  const { keep } = given;
  const settings = {
    enable: pick('enable', (candidate) => typeof candidate === 'boolean'),
    findings: pick('findings', isStringList),
    principals: pickStrictly('principals', isMapping),
    unusedAccessAge: pickStrictly('unusedAccessAge', (candidate) => typeof candidate === 'number' && candidate >= 0),
    keep: typeof keep === 'string' ? [keep] : pickStrictly('keep', isStringList),
    generalization: pick('generalization', (candidate) => candidate === 'prefix' || candidate === 'exact'),
    severity: pick('severity', (candidate) =>
      ['error', 'warning', 'information', 'hint'].includes(candidate as string),
    ),
    codeLens: pick('codeLens', isCodeLens),
    catalogue: pick('catalogue', (candidate) => typeof candidate === 'string'),
  };
  return blocked.length > 0 ? { ...settings, blocked: blocked.join('; ') } : settings;
}

/** The settings that are not as they are by default, and what is wrong with them, by name. */
export function changedSettings(settings: CheckedSettings): Readonly<Record<string, unknown>> {
  const defaults: Readonly<Record<string, unknown>> = { ...DEFAULT_SETTINGS };
  return Object.fromEntries(
    Object.entries(settings).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(defaults[name])),
  );
}

function isCodeLens(value: unknown): boolean {
  return typeof (value as { enable?: unknown } | null | undefined)?.enable === 'boolean';
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
