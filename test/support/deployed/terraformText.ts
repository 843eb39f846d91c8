import { documentOf, TRUST, WRITTEN_ACCOUNT } from './document.ts';
import { apartPath, childOf, childPath, mainPath, markOf } from './paths.ts';
import type { Holder, Name, Policy, Root, Scope, World } from './world.ts';

/** An expression, in place of a value. */
class Expression {
  readonly text: string;
  /** What stands in its place in Terraform's JSON. */
  readonly json: string | undefined;

  constructor(text: string, json?: string) {
    this.text = text;
    this.json = json;
  }
}

type Value = string | number | Expression | readonly Value[] | { readonly [key: string]: Value };

/** A block: its type and labels, and its body. */
interface Block {
  readonly labels: readonly string[];
  readonly body: Readonly<Record<string, Value>>;
  readonly inner?: readonly Block[];
}

const expression = (text: string, json?: string) => new Expression(text, json);

/** The files of a root, by their paths. */
export function modulesOf(root: Root, world: World): [path: string, text: string][] {
  const child = childOf(root, world);
  const file = mainPath(root);
  const path = childPath(root);
  const calls = root.calls.flatMap((call): Block[] => {
    if (!child) return [];
    const down = root.scope.policies.find(({ form, goesDown }) => form === 'managed' && goesDown);
    return [
      {
        labels: ['module', call.id],
        body: {
          source: relative(file, path),
          ...(call.keys && { for_each: expression(`toset(${JSON.stringify(call.keys)})`) }),
          prefix: call.prefix ?? expression('var.prefix'),
          name: call.keys ? expression('each.key') : call.name,
          create: expression('var.create'),
          ...(down && { policy_arn: expression(`aws_iam_policy.${down.id}.arn`) }),
        },
      },
      ...upBlocks(call.id, call.upTo, call.keys !== undefined, child, root.scope),
    ];
  });
  const stages: Block[] =
    root.evidence === 'stages' ? [{ labels: ['locals'], body: { stage: expression('terraform.workspace') } }] : [];
  const main = [...blocksOf(root.scope, false), ...calls, ...stages];
  return [
    [file, textOf(main, file)],
    ...(child ? [[path, textOf(blocksOf(child, true), path)] as [string, string]] : []),
    ...apartOf(root.scope, file),
    ...(child ? apartOf(child, path) : []),
  ];
}

function relative(from: string, to: string): string {
  const folder = from.slice(0, from.lastIndexOf('/'));
  const target = to.slice(0, to.lastIndexOf('/'));
  if (target.startsWith(`${folder}/`)) return `./${target.slice(folder.length + 1)}`;
  return [...folder.split('/').map(() => '..'), target].join('/');
}

/** What comes out of a module is given to somebody. */
function upBlocks(call: string, to: string | undefined, isLoop: boolean, child: Scope, own: Scope): Block[] {
  const holder = own.holders.find(({ id }) => id === to);
  if (!holder || isLoop || !child.policies.some(({ form, goesUp }) => form === 'managed' && goesUp)) return [];
  return [attachment(`${call}_up_${holder.id}`, holder, expression(`module.${call}.policy_arn`))];
}

function apartOf(scope: Scope, path: string): [string, string][] {
  return scope.policies.flatMap((policy): [string, string][] =>
    policy.isApart ? [[apartPath(path, policy), JSON.stringify(documentOf('mark-of-file'), null, 2)]] : [],
  );
}

function blocksOf(scope: Scope, isModule: boolean): Block[] {
  const { holders, policies, takes } = scope;
  const isDefault = holders.some(({ name }) => name.kind === 'by default');
  const blocks: Block[] = [
    { labels: ['variable', 'prefix'], body: {} },
    { labels: ['variable', 'name'], body: isDefault ? { default: 'App' } : {} },
    { labels: ['variable', 'create'], body: { default: expression('false') } },
    ...(isModule ? [{ labels: ['variable', 'policy_arn'], body: { default: '' } }] : []),
  ];
  const locals = [...holders, ...policies].flatMap(({ id, name }) =>
    name.kind === 'put together' ? [[`name_${id}`, name.text] as const] : [],
  );
  if (locals.length > 0) blocks.push({ labels: ['locals'], body: Object.fromEntries(locals) });
  for (const holder of holders) {
    const { id, kind, keys, isOptional, attached } = holder;
    blocks.push({
      labels: ['resource', `aws_iam_${typeOf(kind)}`, id],
      body: {
        ...(keys && { for_each: expression(`toset(${JSON.stringify(keys)})`) }),
        ...(isOptional && !keys && { count: expression('var.create ? 1 : 0') }),
        ...nameBody(holder.name, id),
        ...(kind !== 'user' && { assume_role_policy: expression(`jsonencode(${hclValue(TRUST as Value, '  ')})`) }),
      },
    });
    for (const [place, { policy, written }] of attached.entries()) {
      const label = `${id}_${place}`;
      if (written === 'looked up') blocks.push({ labels: ['data', 'aws_iam_policy', label], body: { name: policy } });
      blocks.push(attachment(label, holder, arnValue(policy, written, label)));
    }
  }
  for (const policy of policies) blocks.push(...policyBlocks(policy, scope));
  const taking = holders.find(({ id }) => id === takes);
  if (isModule && taking) blocks.push(attachment(`given_${taking.id}`, taking, expression('var.policy_arn')));
  const up = policies.find(({ form, goesUp }) => form === 'managed' && goesUp);
  if (up) blocks.push({ labels: ['output', 'policy_arn'], body: { value: expression(`aws_iam_policy.${up.id}.arn`) } });
  return blocks;
}

function policyBlocks(policy: Policy, { holders: all }: Scope): Block[] {
  const { id, form, means, style } = policy;
  const holders = policy.holders.flatMap((own) => all.find((holder) => holder.id === own) ?? []);
  const blocks: Block[] = [];
  const document = documentOf(markOf(policy)) as Value;
  let text: Value = expression(
    `jsonencode(${hclValue(document, '  ')})`,
    style % 3 === 0 ? JSON.stringify(document) : undefined,
  );
  if (policy.isApart) text = expression(`file("\${path.module}/policies/${id}.json")`);
  // The text of one policy stands in one place.
  else if (style % 3 === 1 || (form === 'inline' && holders.length + (means === undefined ? 0 : 1) > 1)) {
    const [statement] = (document as { Statement: { Action: Value; Resource: Value }[] }).Statement;
    blocks.push({
      labels: ['data', 'aws_iam_policy_document', id],
      body: {},
      inner: [
        { labels: ['statement'], body: { actions: statement?.Action ?? [], resources: [statement?.Resource ?? ''] } },
      ],
    });
    text = expression(`data.aws_iam_policy_document.${id}.json`);
  }
  if (form === 'managed') {
    blocks.push({ labels: ['resource', 'aws_iam_policy', id], body: { ...nameBody(policy.name, id), policy: text } });
    for (const holder of holders)
      blocks.push(attachment(`${id}_${holder.id}`, holder, expression(`aws_iam_policy.${id}.arn`)));
    if (means !== undefined)
      blocks.push({
        labels: ['resource', 'aws_iam_role_policy_attachment', `${id}_${means}`],
        body: { role: means, policy_arn: expression(`aws_iam_policy.${id}.arn`) },
      });
    return blocks;
  }
  // An inline policy of several is as many resources with one document.
  for (const holder of holders)
    blocks.push({
      labels: ['resource', `aws_iam_${typeOf(holder.kind)}_policy`, `${id}_${holder.id}`],
      body: { ...loopOf(holder), [typeOf(holder.kind)]: reference(holder), policy: text },
    });
  if (means !== undefined)
    blocks.push({ labels: ['resource', 'aws_iam_role_policy', `${id}_${means}`], body: { role: means, policy: text } });
  return blocks;
}

function attachment(label: string, holder: Holder, arn: Value): Block {
  const type = typeOf(holder.kind);
  return {
    labels: ['resource', `aws_iam_${type}_policy_attachment`, label],
    body: { ...loopOf(holder), [type]: reference(holder), policy_arn: arn },
  };
}

function loopOf({ keys, isOptional }: Holder): Record<string, Value> {
  if (keys) return { for_each: expression(`toset(${JSON.stringify(keys)})`) };
  return isOptional ? { count: expression('var.create ? 1 : 0') } : {};
}

function reference({ id, kind, keys, isOptional }: Holder): Expression {
  const index = keys ? '[each.key]' : isOptional ? '[0]' : '';
  return expression(`aws_iam_${typeOf(kind)}.${id}${index}.name`);
}

function typeOf(kind: Holder['kind']): 'role' | 'user' {
  return kind === 'user' ? 'user' : 'role';
}

function nameBody(name: Name, id: string): Record<string, Value> {
  switch (name.kind) {
    case 'literal':
    case 'of the stack':
      return { name: name.text };
    case 'put together':
      return { name: expression(`local.name_${id}`) };
    case 'prefixed':
      return { name: expression(`"\${var.prefix}-${name.text}"`) };
    case 'begun':
      return { name_prefix: `${name.text}-` };
    case 'keyed':
      return { name: expression(`"\${each.key}-${name.text}"`) };
    case 'given':
    case 'by default':
      return { name: expression('var.name') };
    default:
      return {};
  }
}

function arnValue(policy: string, written: string, label: string): Value {
  switch (written) {
    case 'arn':
      return `arn:aws:iam::${WRITTEN_ACCOUNT}:policy/${policy}`;
    case 'account':
      return expression(`"arn:aws:iam::\${data.aws_caller_identity.current.account_id}:policy/${policy}"`);
    case 'prefixed':
      return expression(
        `"arn:aws:iam::\${data.aws_caller_identity.current.account_id}:policy/\${var.prefix}-${policy}"`,
      );
    default:
      return expression(`data.aws_iam_policy.${label}.arn`);
  }
}

function textOf(blocks: readonly Block[], path: string): string {
  if (!path.endsWith('.json')) return blocks.map((block) => hclBlock(block, '')).join('\n');
  const root: Record<string, unknown> = {};
  for (const { labels, body, inner = [] } of blocks) {
    let at = root;
    for (const label of labels.slice(0, -1)) {
      at[label] ??= {};
      at = at[label] as Record<string, unknown>;
    }
    const last = labels.at(-1) ?? '';
    const own = Object.fromEntries(Object.entries(body).map(([key, value]) => [key, jsonValue(value)]));
    for (const {
      labels: [name = ''],
      body: items,
    } of inner)
      own[name] = [jsonValue(items)];
    at[last] = { ...(at[last] as object | undefined), ...own };
  }
  return JSON.stringify(root, null, 2);
}

function hclBlock({ labels: [type, ...labels], body, inner = [] }: Block, indent: string): string {
  const attributes = Object.entries(body).map(
    ([key, value]) => `${indent}  ${key} = ${hclValue(value, `${indent}  `)}\n`,
  );
  const blocks = inner.map((block) => hclBlock(block, `${indent}  `));
  const head = [type, ...labels.map((label) => JSON.stringify(label))].join(' ');
  return `${indent}${head} {\n${attributes.join('')}${blocks.join('')}${indent}}\n`;
}

function hclValue(value: Value, indent: string): string {
  if (value instanceof Expression) return value.text;
  if (Array.isArray(value)) return `[${value.map((item: Value) => hclValue(item, indent)).join(', ')}]`;
  if (typeof value === 'object') {
    const items = Object.entries(value).map(([key, item]) => `${indent}  ${key} = ${hclValue(item, `${indent}  `)}\n`);
    return `{\n${items.join('')}${indent}}`;
  }
  return JSON.stringify(value);
}

function jsonValue(value: Value): unknown {
  // A template that is all of an expression needs no second `${`.
  if (value instanceof Expression) return value.json ?? /^"(.*)"$/s.exec(value.text)?.[1] ?? `\${${value.text}}`;
  if (Array.isArray(value)) return value.map(jsonValue);
  if (typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, jsonValue(item)]));
  return value;
}
