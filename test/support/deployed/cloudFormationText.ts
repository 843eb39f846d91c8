import { documentOf, TRUST, WRITTEN_ACCOUNT } from './document.ts';
import { childOf, childPath, mainPath, markOf } from './paths.ts';
import { logicalIdOf } from './simulate.ts';
import type { Holder, Name, NamedAttachment, Policy, Root, Scope, World } from './world.ts';
import { yamlText } from './yamlText.ts';

type Value = string | boolean | readonly Value[] | { readonly [key: string]: Value };

/** The templates of a root, by their paths. */
export function templatesOf(root: Root, world: World): [path: string, text: string][] {
  const child = childOf(root, world);
  const main = new Template(root.scope, root.evidence === 'stages');
  const file = mainPath(root);
  if (!child) return [[file, main.text(root.syntax)]];
  const nested = new Template(child, false);
  const path = childPath(root);
  for (const [place, call] of root.calls.entries()) {
    const down = root.scope.policies.find(({ form, goesDown }) => form === 'managed' && goesDown);
    main.add(call.id, 'AWS::CloudFormation::Stack', {
      TemplateURL:
        place % 2 === 0
          ? relative(file, path)
          : `https://s3.amazonaws.com/bucket/${path.slice(path.lastIndexOf('/') + 1)}`,
      Parameters: {
        Prefix: call.prefix ?? { Ref: 'Prefix' },
        Name: call.name,
        Optional: { Ref: 'Optional' },
        ...(down && { PolicyArn: { Ref: down.id } }),
      },
    });
    if (call.upTo !== undefined && child.policies.some(({ form, goesUp }) => form === 'managed' && goesUp))
      main.attach(call.upTo, { 'Fn::GetAtt': [call.id, 'Outputs.PolicyArn'] });
  }
  return [
    [file, main.text(root.syntax)],
    [path, nested.text(path.endsWith('json') ? 'json' : 'yaml', true)],
  ];
}

function relative(from: string, to: string): string {
  const up = from
    .split('/')
    .slice(0, -1)
    .map(() => '..');
  const folder = from.slice(0, from.lastIndexOf('/'));
  return to.startsWith(`${folder}/`) ? `./${to.slice(folder.length + 1)}` : [...up, to].join('/');
}

class Template {
  readonly #scope: Scope;
  readonly #resources = new Map<
    string,
    { readonly Type: string; readonly Properties: Record<string, Value>; Condition?: string }
  >();
  readonly #hasStages: boolean;

  constructor(scope: Scope, hasStages: boolean) {
    this.#scope = scope;
    this.#hasStages = hasStages;
    for (const holder of scope.holders) this.#addHolder(holder);
    for (const policy of scope.policies) this.#addPolicy(policy);
    if (scope.takes !== undefined) this.attach(scope.takes, { Ref: 'PolicyArn' });
  }

  add(id: string, Type: string, Properties: Record<string, Value>): void {
    this.#resources.set(id, { Type, Properties });
  }

  /** Gives a managed policy to a holder. */
  attach(id: string, arn: Value): void {
    const holder = this.#resources.get(id);
    if (!holder) return;
    this.#append(
      holder.Properties,
      holder.Type === 'AWS::Serverless::Function' ? 'Policies' : 'ManagedPolicyArns',
      arn,
    );
  }

  text(syntax: 'yaml' | 'json', isNested = false): string {
    const { policies, holders } = this.#scope;
    const isDefault = holders.some(({ name }) => name.kind === 'by default');
    const up = policies.find(({ form, goesUp }) => form === 'managed' && goesUp);
    const template: Value = {
      AWSTemplateFormatVersion: '2010-09-09',
      ...(holders.some(({ kind }) => kind === 'function') && { Transform: 'AWS::Serverless-2016-10-31' }),
      Parameters: {
        Prefix: { Type: 'String' },
        Name: { Type: 'String', ...(isDefault && { Default: 'App' }) },
        Optional: { Type: 'String', Default: 'no' },
        PolicyArn: { Type: 'String', Default: '' },
        ...(this.#hasStages && { Stage: { Type: 'String', AllowedValues: ['dev', 'prod'] } }),
      },
      Conditions: { HasOptional: { 'Fn::Equals': [{ Ref: 'Optional' }, 'yes'] } },
      Resources: Object.fromEntries(this.#resources),
      ...(up && {
        Outputs: {
          PolicyArn: { Value: { Ref: up.id }, ...(!isNested && { Export: { Name: `${up.id}-arn` } }) },
        },
      }),
    };
    return syntax === 'json' ? JSON.stringify(template, null, 2) : yamlText(template);
  }

  #append(properties: Record<string, Value>, key: string, value: Value): void {
    properties[key] = [...((properties[key] as readonly Value[] | undefined) ?? []), value];
  }

  #addHolder(holder: Holder): void {
    const { id, kind, attached, isOptional } = holder;
    if (kind === 'function')
      this.add(id, 'AWS::Serverless::Function', { Handler: 'x.y', Runtime: 'nodejs22.x', CodeUri: './src' });
    else {
      const key = kind === 'user' ? 'UserName' : 'RoleName';
      const name = nameValue(holder.name);
      this.add(id, kind === 'user' ? 'AWS::IAM::User' : 'AWS::IAM::Role', {
        ...(name !== undefined && { [key]: name }),
        ...(kind === 'role' && { AssumeRolePolicyDocument: TRUST as unknown as Value }),
      });
    }
    const resource = this.#resources.get(id);
    if (resource && isOptional) resource.Condition = 'HasOptional';
    for (const one of attached) this.attach(id, arnValue(one));
  }

  #addPolicy(policy: Policy): void {
    const { id, form, means, style } = policy;
    const holders = policy.holders.flatMap((own) => this.#scope.holders.find((holder) => holder.id === own) ?? []);
    const PolicyDocument = documentOf(markOf(policy)) as Value;
    const [only, ...others] = holders;
    if (
      form === 'inline' &&
      only &&
      others.length === 0 &&
      means === undefined &&
      (style % 2 === 0 || only.kind === 'function')
    ) {
      const resource = this.#resources.get(only.id);
      const item: Value = only.kind === 'function' ? PolicyDocument : { PolicyName: id, PolicyDocument };
      if (resource) this.#append(resource.Properties, 'Policies', item);
      return;
    }
    const isFromHolder = form === 'managed' && style % 2 === 1;
    const lists: Record<string, Value> = {};
    for (const holder of isFromHolder ? [] : holders) {
      const ref = { Ref: logicalIdOf(holder) };
      const value = holder.isOptional ? { 'Fn::If': ['HasOptional', ref, { Ref: 'AWS::NoValue' }] } : ref;
      this.#append(lists, holder.kind === 'user' ? 'Users' : 'Roles', value);
    }
    if (means !== undefined) this.#append(lists, 'Roles', means);
    if (form === 'inline') {
      if (holders.length > 0 || means !== undefined)
        this.add(id, 'AWS::IAM::Policy', { PolicyName: id, PolicyDocument, ...lists });
      return;
    }
    const name = nameValue(policy.name);
    this.add(id, 'AWS::IAM::ManagedPolicy', {
      ...(name !== undefined && { ManagedPolicyName: name }),
      PolicyDocument,
      ...lists,
    });
    if (isFromHolder) for (const holder of holders) this.attach(holder.id, { Ref: id });
  }
}

function nameValue(name: Name): Value | undefined {
  switch (name.kind) {
    case 'literal':
    case 'keyed':
      return name.text;
    case 'put together':
      return { 'Fn::Join': ['', [name.text.slice(0, 2), name.text.slice(2)]] };
    case 'prefixed':
      return { 'Fn::Sub': `\${Prefix}-${name.text}` };
    case 'of the stack':
      return { 'Fn::Sub': `\${AWS::StackName}-${name.text}` };
    case 'given':
    case 'by default':
      return { Ref: 'Name' };
    default:
      return undefined;
  }
}

function arnValue({ policy, written }: NamedAttachment): Value {
  switch (written) {
    case 'arn':
      return `arn:aws:iam::${WRITTEN_ACCOUNT}:policy/${policy}`;
    case 'account':
      return { 'Fn::Sub': `arn:aws:iam::\${AWS::AccountId}:policy/${policy}` };
    case 'prefixed':
      return { 'Fn::Sub': `arn:aws:iam::\${AWS::AccountId}:policy/\${Prefix}-${policy}` };
    default:
      return { 'Fn::ImportValue': `${policy}-arn` };
  }
}
