import { type ComputedText, HOLE } from '../../whose/computedText.ts';
import type { ValueFact } from '../../whose/facts.ts';
import { propertyNode, type ValueNode } from '../values/nodes.ts';
import { splitHoles } from './holes.ts';

/** Variables that refer to each other further than this are not followed. */
const MAX_DEPTH = 16;

/** A text of more parts, and a variable with more sources, is none that somebody wrote. */
const MAX_PARTS = 64;
const MAX_SOURCES = 8;

/** What stands between the braces of a variable of the framework: `self:service`, `opt:stage, 'dev'`, `file(x.yml):key`. CloudFormation's `AWS::Region` is none. */
const VARIABLE = /^[A-Za-z]\w*(?:\([^()]{0,256}\))?:(?!:)|^file\(/;

/** Whether a hole of a text is one of the framework's variables. */
export function isServerlessVariable(hole: string): boolean {
  return VARIABLE.test(hole.trim());
}

/** What the variables of a `serverless.yml` say, as far as the file tells. */
export class ServerlessVariables {
  readonly #root: ValueNode;
  readonly #defaults = new Map<string, ComputedText>();
  readonly #known = new Map<string, ComputedText | undefined>();
  #depth = 0;
  /** What stage or region are by default is being read: there they are no holes. */
  #reading: string | undefined;

  constructor(root: ValueNode) {
    this.#root = root;
  }

  /** The values of stage and region where nobody gives others, and what else has a value by default: as far as the file says it. */
  get values(): ValueFact[] {
    const own = (['stage', 'region'] as const).flatMap((setting) => {
      const text = this.#byDefault(setting);
      return text ? [{ ref: REFS[setting], text }] : [];
    });
    const others = [...this.#defaults].map(([ref, text]) => ({ ref, text }));
    return [...own, ...others].map((value) => ({ ...value, isDefault: true as const }));
  }

  /** The name of the service. */
  get service(): ComputedText {
    return this.#path('service') ?? [HOLE];
  }

  /** A text with variables in it. */
  read(text: string): ComputedText {
    if (this.#depth >= MAX_DEPTH) return [HOLE];
    this.#depth++;
    const parts = splitHoles(text).flatMap((part): ComputedText => {
      if (typeof part === 'string') return [part];
      return isServerlessVariable(part.hole) ? this.ofVariable(part.hole) : [HOLE];
    });
    this.#depth--;
    return parts.length > MAX_PARTS ? [HOLE] : parts;
  }

  /** What a variable says: the first of its sources that says anything; of a source outside of the file, its name and what holds without it. */
  ofVariable(variable: string): ComputedText {
    return this.#firstOf(sourcesOf(variable).slice(0, MAX_SOURCES));
  }

  #firstOf([source = '', ...others]: readonly string[]): ComputedText {
    const quoted = /^(["'])(.*)\1$/s.exec(source);
    if (quoted) return this.read(quoted[2] ?? '');
    const own = this.#ofSource(source);
    if (own) return own;
    if (others.length === 0) return [{ ref: source }];
    const fallback = this.#firstOf(others);
    if (/^(?:self|sls):/.test(source) || source === `opt:${this.#reading}`) return fallback;
    this.#defaults.set(source, fallback);
    return [{ ref: source }];
  }

  #ofSource(source: string): ComputedText | undefined {
    const [, setting] = /^(?:self:provider\.|sls:|opt:|aws:)(stage|region)$/.exec(source) ?? [];
    if (setting !== undefined)
      return this.#reading === setting ? undefined : [{ ref: REFS[setting as keyof typeof REFS] }];
    const path = source.startsWith('self:') ? source.slice('self:'.length) : undefined;
    return path === undefined || path.includes('${') ? undefined : this.#path(path);
  }

  #path(path: string): ComputedText | undefined {
    if (this.#known.has(path)) return this.#known.get(path);
    // A text that leads back to itself says nothing.
    this.#known.set(path, undefined);
    let node: ValueNode | undefined = this.#root;
    for (const step of path.split('.')) node = node?.type === 'object' ? propertyNode(node, step) : undefined;
    if (path === 'service' && node?.type === 'object') node = propertyNode(node, 'name');
    const text = typeof node?.value === 'string' ? this.read(node.value) : undefined;
    this.#known.set(path, text);
    return text;
  }

  #byDefault(setting: 'stage' | 'region'): ComputedText | undefined {
    this.#reading = setting;
    this.#known.delete(`provider.${setting}`);
    const said = this.#path(`provider.${setting}`);
    this.#known.delete(`provider.${setting}`);
    this.#reading = undefined;
    return said?.every((part) => typeof part === 'string') ? said : undefined;
  }
}

/** The service's stage. */
export const STAGE = 'sls:stage';

/** The region that the service is deployed to. */
export const REGION = 'AWS::Region';

const REFS = { stage: STAGE, region: REGION } as const;

/** What a variable may take its value from, in order: the parts between its commas. */
function sourcesOf(variable: string): string[] {
  const sources: string[] = [];
  let depth = 0;
  let quote = '';
  let start = 0;
  for (let at = 0; at < variable.length; at++) {
    const letter = variable[at] as string;
    if (quote !== '') quote = letter === quote ? '' : quote;
    else if (letter === '"' || letter === "'") quote = letter;
    else if (letter === '(' || letter === '{') depth++;
    else if (letter === ')' || letter === '}') depth--;
    else if (letter === ',' && depth === 0) {
      sources.push(variable.slice(start, at).trim());
      start = at + 1;
    }
  }
  return [...sources, variable.slice(start).trim()];
}
