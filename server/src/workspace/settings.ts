import { DEFAULT_SETTINGS, SECTION, type Settings } from '../protocol.ts';
import { SETTING_TYPES } from '../settingTypes.ts';

/** Settings whose types are right, and which of those that keep permissions were not. */
export interface CheckedSettings extends Settings {
  /** What is wrong, by name. Where one of these holds nothing may be refined: its default could remove what is in use. */
  readonly wrong?: Readonly<Partial<Record<keyof Settings, string>>>;
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
   * @param fallback the client's initialization options, which hold where it does not, or knows of no settings
   */
  constructor(request: SettingsRequest | undefined, fallback: unknown) {
    this.#request = request;
    this.#fallback = sanitizeSettings(sectionOf(fallback) ?? fallback);
  }

  get(uri: string): Promise<CheckedSettings> {
    const known = this.#byUri.get(uri);
    if (known) return known;
    const answered = Promise.resolve(this.#request?.(uri, SECTION));
    const asked = answered.then((answer) => (isNothing(answer) ? this.#fallback : sanitizeSettings(answer)));
    this.#byUri.set(uri, asked);
    // A failed request is asked again the next time, and must not leave the document without marks for good.
    asked.catch(() => this.#byUri.get(uri) === asked && this.#byUri.delete(uri));
    return asked;
  }

  /** Takes the settings that a client pushes instead of answering requests, ours among those of others. */
  replaceFallback(pushed: unknown): void {
    const section = sectionOf(pushed);
    if (!isNothing(section)) this.#fallback = sanitizeSettings(section);
  }

  forget(uri: string): void {
    this.#byUri.delete(uri);
  }

  clear(): void {
    this.#byUri.clear();
  }
}

/** Our part of the settings, where they are kept apart from those of others. */
function sectionOf(settings: unknown): unknown {
  return (settings as Readonly<Record<string, unknown>> | null | undefined)?.[SECTION];
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null;
}

/**
 * Settings of the right types: people write them by hand, and a wrong one must not take the others with it. Its default
 * stands in; where that could remove what the user meant to keep, it is also said that nothing may be refined.
 */
function sanitizeSettings(value: unknown): CheckedSettings {
  const given = (typeof value === 'object' && value !== null ? value : {}) as Readonly<Record<string, unknown>>;
  const pick = <K extends keyof Settings>(name: K): Settings[K] =>
    SETTING_TYPES[name].isValid(given[name]) ? (given[name] as Settings[K]) : DEFAULT_SETTINGS[name];
  const wrong: Partial<Record<keyof Settings, string>> = {};
  const pickStrictly = <K extends keyof Settings>(name: K): Settings[K] => {
    const { isValid, expected } = SETTING_TYPES[name];
    // Some clients give `null` for what is not set.
    if (given[name] !== undefined && given[name] !== null && !isValid(given[name]))
      wrong[name] = `your setting "${SECTION}.${name}" must be ${expected}: correct it, or remove it`;
    return pick(name);
  };
  const { keep } = given;
  const settings = {
    enable: pick('enable'),
    findings: pick('findings'),
    principals: pickStrictly('principals'),
    unusedAccessAge: pickStrictly('unusedAccessAge'),
    keep: typeof keep === 'string' ? [keep] : pickStrictly('keep'),
    generalization: pick('generalization'),
    severity: pick('severity'),
    codeLens: pick('codeLens'),
    catalogue: pick('catalogue'),
  };
  return Object.keys(wrong).length > 0 ? { ...settings, wrong } : settings;
}
