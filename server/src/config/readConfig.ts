import type { Settings } from '../protocol.ts';
import { parseEntry } from '../service/actions/entry.ts';
import type { Span } from '../service/json/span.ts';
import { describeSyntaxError } from '../service/json/syntaxError.ts';
import { type JsonNode, parseJsonTree } from '../service/json/tree.ts';
import { lineOf } from '../service/text.ts';
import { SETTING_TYPES } from '../settingTypes.ts';
import { nearestName } from './nearestName.ts';

/** What a configuration file says: the settings of the extension, without their prefix. */
export type Config = Partial<Settings>;

/** Something in a configuration file that the user should mend, and where it stands. */
interface ConfigProblem extends Span {
  readonly message: string;
  /** Whether it does no harm. Any other problem makes the file unusable: half of it could lack what keeps permissions. */
  readonly isNotice?: true;
}

/** A configuration file that was read. */
export interface ReadConfig {
  /** What is sound of it, without what concerns the editor alone. */
  readonly config: Config;
  readonly problems: readonly ConfigProblem[];
}

/**
 * Reads the text of a configuration file; comments and trailing commas are allowed. Everything in it must be understood: a
 * setting with a spelling mistake could be one that keeps permissions.
 */
export function readConfig(text: string): ReadConfig {
  const { root, errors, tooDeep } = parseJsonTree(text);
  if (tooDeep >= 0) return refuse('it nests too deep', { start: tooDeep, end: tooDeep + 1 });
  const [error] = errors;
  if (error) {
    const { offset, length } = error;
    const message = `it is not valid JSON: ${describeSyntaxError(error)} in line ${lineOf(text, offset)}`;
    return refuse(message, { start: offset, end: offset + Math.max(length, 1) });
  }
  if (root?.type !== 'object') return refuse('it must be an object such as {"keep": ["iam:*"]}', spanOf(root));
  const settings = new Map<string, unknown>();
  const problems: ConfigProblem[] = [];
  for (const { children: [key, value] = [] } of root.children ?? []) {
    const name = String(key?.value);
    if (!key || !value || name === '$schema') continue;
    const found = settings.has(name) ? [{ ...spanOf(key), message: `"${name}" stands here twice` }] : check(key, value);
    problems.push(...found);
    if (found.length === 0) settings.set(name, contentOf(value));
  }
  return { config: Object.fromEntries(settings), problems };
}

function refuse(message: string, span: Span): ReadConfig {
  return { config: {}, problems: [{ ...span, message }] };
}

function check(key: JsonNode, value: JsonNode): ConfigProblem[] {
  const name = String(key.value);
  if (!isSetting(name)) {
    const nearest = nearestName(name.replace(/^.*\./, ''), Object.keys(SETTING_TYPES));
    const advice = nearest === undefined ? '' : `; did you mean "${nearest}"?`;
    return [{ ...spanOf(key), message: `"${name}" is no setting${advice}` }];
  }
  const { isValid, expected, isEditors } = SETTING_TYPES[name];
  if (!isValid(contentOf(value))) return [{ ...spanOf(value), message: `"${name}" must be ${expected}` }];
  if (isEditors) {
    const message = `"${name}" concerns the editor alone, and has no effect here`;
    return [{ ...spanOf(key), message, isNotice: true }];
  }
  return name === 'keep' ? (value.children ?? []).flatMap(checkPattern) : [];
}

function checkPattern(item: JsonNode): ConfigProblem[] {
  const pattern = String(item.value);
  if (parseEntry(pattern)) return [];
  return [{ ...spanOf(item), message: `'${pattern}' of "keep" is no action such as 's3:GetObject' or 's3:*'` }];
}

function isSetting(name: string): name is keyof Settings {
  return Object.hasOwn(SETTING_TYPES, name);
}

/** What a value says. A key such as `__proto__` is one like any other. */
export function contentOf({ type, value, children = [] }: JsonNode): unknown {
  if (type === 'array') return children.map(contentOf);
  if (type !== 'object') return value;
  const members = children.map(
    ({ children: [key, member] = [] }) => [key?.value, member && contentOf(member)] as const,
  );
  return Object.fromEntries(members as [string, unknown][]);
}

function spanOf(node: JsonNode | undefined): Span {
  return node ? { start: node.offset, end: node.offset + node.length } : { start: 0, end: 0 };
}
