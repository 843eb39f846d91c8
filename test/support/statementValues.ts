import { CORE_SCHEMA, defineMappingTag, defineScalarTag, defineSequenceTag, loadAll, mapTag, mergeTag } from 'js-yaml';

/**
 * A statement as a reader sees it that shares nothing with the product: by its JSON pointer, with aliases followed and the
 * short forms of CloudFormation's functions written out.
 */
export interface StatementValue {
  readonly pointer: string;
  readonly value: Readonly<Record<string, unknown>>;
}

/** All statements of a file in JSON or YAML, in order; `undefined` where the file is neither. */
export function statementValues(text: string): StatementValue[] | undefined {
  const values = parse(text);
  return values && [...find(values.length === 1 ? values[0] : values, '')];
}

/** What a string is the JSON of, with numbers where Terraform puts in something outside of its strings. */
function parseString(text: string): unknown {
  try {
    return JSON.parse(text.replace(/: *\$\{[^{}"]*\}/g, (hole) => `:${'1'.repeat(hole.length)}`));
  } catch {
    return undefined;
  }
}

/** A `statement` of an `aws_iam_policy_document` in Terraform's JSON syntax, where every level may be a list. */
const TERRAFORM_STATEMENT =
  /^(?:\/\d+)?\/data(?:\/\d+)?\/aws_iam_policy_document(?:\/\d+)?\/[^/]+(?:\/\d+)?\/statement(?:\/\d+)?$/;

function parse(text: string): unknown[] | undefined {
  try {
    return [JSON.parse(text)];
  } catch {
    // It may be YAML.
  }
  try {
    return loadAll(text, { schema: SCHEMA, maxDepth: 1000 });
  } catch {
    return undefined;
  }
}

function* find(value: unknown, pointer: string): Iterable<StatementValue> {
  if (typeof value === 'string' && value.includes('"Statement"')) yield* find(parseString(value), pointer);
  if (typeof value !== 'object' || value === null) return;
  if ('Effect' in value && ('Action' in value || 'NotAction' in value))
    yield { pointer, value: value as StatementValue['value'] };
  if (TERRAFORM_STATEMENT.test(pointer) && !Array.isArray(value)) {
    const {
      effect = 'Allow',
      actions,
      not_actions,
      principals,
      not_principals,
      dynamic,
      ...rest
    } = value as Record<string, unknown>;
    const isComputed = typeof effect !== 'string' || /[$%]\{/.test(effect);
    yield {
      pointer,
      value: {
        ...rest,
        Effect: isComputed ? '' : effect,
        ...(actions !== undefined && { Action: actions }),
        ...(not_actions !== undefined && { NotAction: not_actions }),
        ...((principals ?? not_principals ?? dynamic) !== undefined && {
          Principal: [principals, not_principals, dynamic],
        }),
      },
    };
  }
  for (const [key, inner] of Object.entries(value))
    yield* find(inner, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
}

/** `!Ref X` as `{"Ref": "X"}`, and what else has a tag as a function of that name. */
const longForm = (tag: string, value: unknown) => {
  const name = tag.slice(1);
  return { [name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`]: value };
};
const tagged = { matchByTagPrefix: true, identify: () => false };
const SCHEMA = CORE_SCHEMA.withTags(
  mergeTag,
  defineScalarTag('!', { ...tagged, resolve: (source, _isExplicit, tag) => longForm(tag, source) }),
  defineSequenceTag('!', {
    ...tagged,
    create: (tag) => ({ tag, items: [] as unknown[] }),
    addItem: ({ items }, item) => {
      items.push(item);
    },
    finalize: ({ tag, items }) => longForm(tag, items),
  }),
  defineMappingTag('!', {
    ...mapTag,
    ...tagged,
    create: (tag) => ({ tag, pairs: {} as Record<string, unknown> }),
    addPair: ({ pairs }, key, value) => {
      pairs[String(key)] = value;
      return '';
    },
    has: ({ pairs }, key) => Object.hasOwn(pairs, String(key)),
    finalize: ({ tag, pairs }) => longForm(tag, pairs),
  }),
);
