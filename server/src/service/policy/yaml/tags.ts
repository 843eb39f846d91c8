/** CloudFormation's functions whose long form does not begin with `Fn::`. */
const PLAIN: ReadonlySet<string> = new Set(['Ref', 'Condition']);

/** What YAML itself defines, such as `!!str`, is written out by the parser as this. */
const STANDARD = 'tag:yaml.org,2002:';

/** Whether a tag is none of YAML's own, such as CloudFormation's `!Ref`. */
export function isCustomTag(tag: string): boolean {
  return tag !== '!' && !tag.startsWith(STANDARD);
}

/** The key of the long form of a custom tag: `Fn::Sub` for `!Sub`. Of a tag that CloudFormation does not know it is no key it knows. */
export function functionOf(tag: string): string {
  const name = tag.replace(/^!/, '');
  return PLAIN.has(name) ? name : `Fn::${name}`;
}
