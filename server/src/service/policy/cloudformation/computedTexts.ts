import { type ComputedText, HOLE, type Hole } from '../../whose/computedText.ts';
import { propertyNode, type ValueNode } from '../values/nodes.ts';
import { branchesOf } from './condition.ts';
import { splitHoles } from './holes.ts';
import { type Loop, loopWith } from './loops.ts';
import { isServerlessVariable, type ServerlessVariables } from './serverlessVariables.ts';

/** More texts than these are not followed: nobody names a policy in so many ways. */
const MAX_TEXTS = 16;

/** A text longer than this is a script or a list, of which one is enough. */
const MAX_LENGTH = 2048;

/** What a file says that texts are made of. */
export interface TextSources {
  /** A parameter by its name. */
  parameter(name: string): ValueNode | undefined;
  /** One of a template's `Mappings`. */
  mapping(name: string): ValueNode | undefined;
  loopAround(node: ValueNode): Loop | undefined;
  /** Absent where the Serverless Framework puts in nothing. */
  readonly variables: ServerlessVariables | undefined;
}

/**
 * What a file's texts say, functions of CloudFormation put together. Conditions and mappings make several texts of one; a value that
 * is nothing (`AWS::NoValue`) makes none. What is put in when the template is deployed is a hole; the same for the same.
 */
export class ComputedTexts {
  readonly #sources: TextSources;
  readonly #withDefaults: boolean;
  readonly #known = new Map<ValueNode, readonly ComputedText[]>();

  /** @param withDefaults whether a parameter is also each of the values that the template says it may have */
  constructor(sources: TextSources, withDefaults: boolean) {
    this.#sources = sources;
    this.#withDefaults = withDefaults;
  }

  /** Each text that a value may be. */
  of(value: ValueNode): readonly ComputedText[] {
    let texts = this.#known.get(value);
    if (!texts) {
      texts = limited(this.#read(value));
      this.#known.set(value, texts);
    }
    return texts;
  }

  /** What can be said of a value whatever it is: what all its texts begin and end with. `undefined` where it may be nothing. */
  common(value: ValueNode): ComputedText | undefined {
    return mayBeNothing(value) ? undefined : commonOf(this.of(value));
  }

  #read(value: ValueNode): readonly ComputedText[] {
    if (typeof value.value === 'string') return [this.#plain(value.value, value)];
    if (value.type === 'number' || value.type === 'boolean') return [[String(value.value)]];
    if (value.type !== 'object') return [[HOLE]];
    const branches = branchesOf(value);
    if (branches) return branches.flatMap(({ node }) => this.of(node));
    const [property, ...others] = value.children ?? [];
    const [key, argument] = property?.children ?? [];
    if (others.length > 0 || !argument) return [[HOLE]];
    return this.#function(String(key?.value), argument, value) ?? [[unknown(value)]];
  }

  #function(name: string, argument: ValueNode, node: ValueNode): readonly ComputedText[] | undefined {
    switch (name) {
      case 'Ref':
        return typeof argument.value === 'string' ? this.#reference(argument.value, node) : undefined;
      case 'Fn::GetAtt': {
        const parts = argument.type === 'array' ? (argument.children ?? []) : [argument];
        return parts.every(({ value }) => typeof value === 'string')
          ? [[{ ref: parts.map(({ value }) => value).join('.') }]]
          : undefined;
      }
      case 'Fn::Sub':
        return this.#substitute(argument, node);
      case 'Fn::Join':
        return this.#join(argument);
      case 'Fn::Select':
        return this.#select(argument);
      case 'Fn::FindInMap':
        return this.#find(argument);
      default:
        return undefined;
    }
  }

  #reference(name: string, node: ValueNode): readonly ComputedText[] {
    if (name === 'AWS::NoValue') return [];
    const loop = loopWith(name, this.#sources.loopAround(node));
    if (loop) return [[holeOf(loop)]];
    const own: ComputedText = [{ ref: name }];
    return this.#withDefaults ? [own, ...this.#saidOf(name)] : [own];
  }

  /** What the template says that a parameter may be. */
  #saidOf(name: string): ComputedText[] {
    const parameter = this.#sources.parameter(name);
    const [byDefault, allowed] = ['Default', 'AllowedValues'].map((key) => parameter && propertyNode(parameter, key));
    const texts = [byDefault, ...(allowed?.children ?? [])].flatMap((node) => node?.value);
    return texts.flatMap((text) => (typeof text === 'string' && text !== '' ? [[text]] : []));
  }

  #plain(text: string, node: ValueNode): ComputedText {
    const loop = this.#sources.loopAround(node);
    if (!loop && !/[$%]\{|\{\{|<%|\{%/.test(text)) return [text];
    const { variables } = this.#sources;
    const parts = splitHoles(loop ? text.replaceAll('&{', '${') : text).flatMap((part): ComputedText => {
      if (typeof part === 'string') return withoutTags(part);
      const around = loopWith(part.hole.trim(), loop);
      if (around) return [holeOf(around)];
      return variables && isServerlessVariable(part.hole) ? variables.ofVariable(part.hole) : [HOLE];
    });
    return joined(parts);
  }

  #substitute(argument: ValueNode, node: ValueNode): readonly ComputedText[] {
    const [template, given] = argument.type === 'array' ? (argument.children ?? []) : [argument];
    if (typeof template?.value !== 'string') return [[HOLE]];
    return combine(
      splitHoles(template.value).map((part) => {
        if (typeof part === 'string') return [[part]];
        const name = part.hole.trim();
        if (name.startsWith('!')) return [[`\${${name.slice(1)}}`]];
        const variable = given && propertyNode(given, name);
        if (variable) return this.of(variable);
        const { variables } = this.#sources;
        if (variables && isServerlessVariable(name)) return [variables.ofVariable(name)];
        return this.#reference(name, node);
      }),
    );
  }

  #join(argument: ValueNode): readonly ComputedText[] | undefined {
    const [separator, list] = argument.children ?? [];
    if (separator?.type !== 'string' || list?.type !== 'array') return undefined;
    // What is nothing is left out, and its separator with it.
    const items = (list.children ?? []).map((item) => this.of(item)).filter((texts) => texts.length > 0);
    const between: readonly ComputedText[] = [[String(separator.value)]];
    return combine(items.flatMap((texts, index) => (index === 0 ? [texts] : [between, texts])));
  }

  #select(argument: ValueNode): readonly ComputedText[] | undefined {
    const [index, list] = argument.children ?? [];
    const items = list?.type === 'array' ? (list.children ?? []) : [];
    const place = Number(index?.value);
    const item = index?.value === undefined || index.value === '' ? undefined : items[place];
    return item && this.of(item);
  }

  /** Each value of a mapping that may be meant. */
  #find(argument: ValueNode): readonly ComputedText[] | undefined {
    const [name, first, second] = argument.children ?? [];
    const mapping = typeof name?.value === 'string' ? this.#sources.mapping(name.value) : undefined;
    if (!mapping || !first || !second) return undefined;
    const found = this.#valuesUnder(mapping, first).flatMap((entry) => this.#valuesUnder(entry, second));
    return found.length > 0 ? found.map(({ value }) => [typeof value === 'string' ? value : HOLE]) : undefined;
  }

  #valuesUnder(object: ValueNode, key: ValueNode): ValueNode[] {
    if (object.type !== 'object') return [];
    if (typeof key.value === 'string') {
      const value = propertyNode(object, key.value);
      return value ? [value] : [];
    }
    return (object.children ?? []).flatMap(({ children }) => children?.[1] ?? []);
  }
}

/** Whether a value is nothing under some condition. */
export function mayBeNothing(value: ValueNode): boolean {
  const branches = branchesOf(value);
  if (branches) return branches.some(({ node }) => mayBeNothing(node));
  return isNothing(value);
}

/** Whether a value is as good as absent. */
export function isNothing(value: ValueNode): boolean {
  return value.type === 'object' && propertyNode(value, 'Ref')?.value === 'AWS::NoValue';
}

function holeOf(loop: Loop): { readonly ref: string } {
  return { ref: loop.outer || !loop.values ? `${loop.key} ${loop.variable}` : 'each.key' };
}

/** What template engines put in between `{{` and `}}`, `{%` and `%}`, `<%` and `%>`, or CloudFormation for `{{resolve:…}}`. */
const TAGS = /\{\{[^{}]{0,256}\}\}|\{%[^{}%]{0,256}%\}|<%[^<>%]{0,256}%>|%\{[^{}]{0,256}\}/;

function withoutTags(text: string): ComputedText {
  if (!/\{\{|\{%|<%|%\{/.test(text)) return [text];
  return text.split(TAGS).flatMap((part, index) => (index === 0 ? [part] : [HOLE, part]));
}

/** Each way to put one text of each part together. */
function combine(parts: readonly (readonly ComputedText[])[]): readonly ComputedText[] {
  let texts: (string | Hole)[][] = [[]];
  let length = 0;
  let isCut = false;
  for (const part of parts) {
    const options = length > MAX_LENGTH ? part.slice(0, 1) : part;
    const [only = [HOLE]] = options;
    const kept = Math.max(1, Math.floor(MAX_TEXTS / Math.max(1, options.length)));
    isCut ||= options.length < part.length || texts.length > kept;
    if (options.length <= 1) for (const text of texts) text.push(...only);
    else texts = texts.slice(0, kept).flatMap((text) => options.map((option) => [...text, ...option]));
    for (const each of only) length += typeof each === 'string' ? each.length : 1;
  }
  return [...texts.map(joined), ...(isCut ? [[HOLE]] : [])];
}

/** No more than can be followed; what is left out may be anything. */
function limited(texts: readonly ComputedText[]): readonly ComputedText[] {
  return texts.length > MAX_TEXTS ? [...texts.slice(0, MAX_TEXTS), [HOLE]] : texts;
}

/** The same text, with what is written out in one piece. */
export function joined(parts: ComputedText): ComputedText {
  const text: (string | Hole)[] = [];
  for (const part of parts) {
    const last = text.at(-1);
    if (typeof part !== 'string') text.push(part);
    else if (typeof last === 'string') text[text.length - 1] = last + part;
    else if (part !== '') text.push(part);
  }
  return text.length > 0 ? text : [''];
}

/** What several texts begin and end with; between that is a hole. */
function commonOf(texts: readonly ComputedText[]): ComputedText | undefined {
  const [first, ...others] = texts;
  return first && others.reduce(commonOfTwo, first);
}

function commonOfTwo(one: ComputedText, other: ComputedText): ComputedText {
  if (keyOfText(one) === keyOfText(other)) return one;
  const [[a, b], start] = sharedStart(one, other);
  const [, end] = sharedStart(reversed(a), reversed(b));
  return joined([...start, HOLE, ...reversed(end)]);
}

/** What two texts begin with, and what is left of them. */
function sharedStart(
  one: ComputedText,
  other: ComputedText,
): [rest: [ComputedText, ComputedText], start: ComputedText] {
  let index = 0;
  while (index < one.length && index < other.length && areSame(one[index], other[index])) index++;
  const [a, b] = [one[index], other[index]];
  const start = one.slice(0, index);
  if (typeof a !== 'string' || typeof b !== 'string') return [[one.slice(index), other.slice(index)], start];
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  const rest = (text: ComputedText, part: string) => [part.slice(length), ...text.slice(index + 1)];
  return [
    [rest(one, a), rest(other, b)],
    [...start, a.slice(0, length)],
  ];
}

function areSame(one: string | Hole | undefined, other: string | Hole | undefined): boolean {
  if (typeof one === 'string' || typeof other === 'string') return one === other;
  return one?.ref !== undefined && one.ref === other?.ref;
}

function reversed(text: ComputedText): ComputedText {
  return text.map((part) => (typeof part === 'string' ? [...part].reverse().join('') : part)).reverse();
}

/** The same for texts that say the same; the same as for another text for none with a hole of which nothing is known. */
export function keyOfText(text: ComputedText): string {
  return JSON.stringify(text);
}

/** A hole for what no function here puts together: named after all that stands in it, so that the same is the same. */
function unknown(value: ValueNode): Hole {
  let ref = '';
  for (const scalar of scalarsIn(value)) {
    ref += ` ${scalar}`;
    if (ref.length > MAX_NAME) return HOLE;
  }
  return { ref: ref.trimStart() };
}

/** No reference that anybody writes is longer. */
const MAX_NAME = 256;

function* scalarsIn(node: ValueNode): Iterable<string> {
  if (node.value !== undefined) yield String(node.value);
  for (const child of node.children ?? []) yield* scalarsIn(child);
}
