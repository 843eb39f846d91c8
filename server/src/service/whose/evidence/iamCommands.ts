import { SIZE_QUOTAS } from '../../policy/model.ts';
import type {
  Edge,
  End,
  HolderFact,
  HolderKind,
  HolderReference,
  IncludeFact,
  ManagedName,
  NamedUse,
  Taker,
} from '../facts.ts';
import type { SomeFacts } from './collector.ts';
import type { FileUses } from './fileUses.ts';
import { includeOf, placeOf } from './places.ts';
import type { RunCommand, ScriptContext } from './script.ts';
import { type Invocation, invocationIn, type Options } from './shell/programs.ts';
import { plainCommand, type Variables } from './shell/variables.ts';
import {
  afterStart,
  computedWord,
  isComputed,
  literalWord,
  shownWord,
  startOfWord,
  variablesIn,
  type Word,
} from './shell/words.ts';

const KINDS: readonly HolderKind[] = ['role', 'user', 'group'];

/** The options of AWS's commands that take the text of a policy. */
const DOCUMENTS = [
  'policy-document',
  'assume-role-policy-document',
  'policy',
  'resource-policy',
  'policy-text',
  'inline-policy',
  'content',
  'key-policy',
  'repository-policy-text',
];

/** Commands that look at a policy and leave it as it is. */
const LOOKING = /^aws (?:accessanalyzer|.* (?:simulate|validate|check|get|list|describe)-)/;

/** What the commands of a file's scripts do with policies. */
export class IamCommands {
  readonly #context: ScriptContext;
  readonly #variables: Variables;
  readonly #files: FileUses;
  readonly #addresses = new Map<string, string>();
  readonly #holders = new Map<string, HolderFact>();
  readonly #includes: IncludeFact[] = [];
  readonly #namedUses: NamedUse[] = [];
  readonly #managedNames = new Map<string, ManagedName>();
  readonly #awsManaged: { readonly holder: HolderReference; readonly policy: string }[] = [];
  readonly #edges: Edge[] = [];
  /** Who is given a policy whose ARN nobody can say. */
  readonly #attached: Taker[] = [];

  constructor(context: ScriptContext, variables: Variables, files: FileUses) {
    this.#context = context;
    this.#files = files;
    this.#variables = variables;
  }

  facts(): SomeFacts {
    const perhaps = [...this.#managedNames.keys()].flatMap((of) =>
      this.#attached.map((to): Edge => ({ of, gives: 'arn', to })),
    );
    return {
      holders: [...this.#holders.values()],
      edges: [...this.#edges, ...perhaps],
      managedNames: [...this.#managedNames.values()],
      namedUses: this.#namedUses,
      awsManaged: this.#awsManaged,
      includes: this.#includes,
    };
  }

  /** Notes what a command does. */
  add({ name, options }: Invocation, command: RunCommand): void {
    if (!name.startsWith('aws ') || LOOKING.test(name)) return;
    const [, service, operation = ''] = name.split(' ');
    if (service !== 'iam') {
      this.#include(options, command, this.#otherEnd(name));
      return;
    }
    const [, verb = '', kind] =
      /^(put|attach|create)-(role|user|group)(?:-(?:policy|permissions-boundary))?$/.exec(operation) ?? [];
    if (operation === 'create-policy') this.#create(options.one('policy-name'), options, command);
    else if (operation === 'create-policy-version')
      this.#create(nameInArn(options.one('policy-arn')), options, command);
    else if (!isKind(kind)) this.#include(options, command, this.#otherEnd(name));
    else if (verb === 'create') this.#declare(kind, options, command);
    else if (operation.endsWith('-boundary')) this.#bound(options);
    else if (verb === 'put') this.#put(kind, options, command);
    else this.#attach(kind, options);
  }

  #declare(kind: HolderKind, options: Options, command: RunCommand): void {
    const name = options.one(`${kind}-name`);
    if (name) this.#holder(kind, name, true);
    this.#include(options, command, {
      kind: 'other',
      why: `'${this.#context.file}' makes it the trust policy of a ${kind}`,
    });
    this.#bound(options);
  }

  #put(kind: HolderKind, options: Options, command: RunCommand): void {
    const name = options.one(`${kind}-name`);
    const file = documentIn(options);
    if (!file) return;
    // Each file is called like whom it is for: then names of files tell, as they always do.
    if (name && isComputed(name) && this.#followsFromSame(command, kind)) return;
    this.#include(options, command, this.#holderEnd(kind, name, SIZE_QUOTAS[kind]));
  }

  /** Whether both the name and the path of the policy follow from what one variable holds. */
  #followsFromSame({ written }: RunCommand, kind: HolderKind): boolean {
    const given = (option: string) => written[written.findIndex((word) => literalWord(word) === option) + 1] ?? [];
    const paths = new Set(DOCUMENTS.flatMap((option) => [...variablesIn(given(`--${option}`))]));
    paths.delete('');
    return this.#variables.followsFrom(given(`--${kind}-name`), paths);
  }

  #create(name: Word | undefined, options: Options, command: RunCommand): void {
    const text = name ? computedWord(name) : [];
    const address = this.#addressOf('the policy', name);
    this.#managedNames.set(address, { address, name: text.length > 0 ? { text } : { unknown: true } });
    this.#include(options, command, { kind: 'address', address });
  }

  #attach(kind: HolderKind, options: Options): void {
    const arn = options.one('policy-arn');
    if (!arn) return;
    const by = this.#holderEnd(kind, options.one(`${kind}-name`), SIZE_QUOTAS.managed);
    const [, awsManaged] = /^arn:[\w-]+:iam::aws:policy\/(.+)$/.exec(literalWord(arn) ?? '') ?? [];
    if (awsManaged === undefined) this.#use(arn, { takes: 'arn', by });
    else if (by.kind === 'holder') this.#awsManaged.push({ holder: by.holder, policy: awsManaged });
  }

  #bound(options: Options): void {
    const arn = options.one('permissions-boundary');
    const why = `'${this.#context.file}' makes it a permissions boundary`;
    if (arn) this.#use(arn, { takes: 'arn', by: { kind: 'other', why } });
  }

  /** Somebody is given the policy of an ARN. */
  #use(arn: Word, to: Taker): void {
    const created = this.#createdIn(arn);
    if (created !== undefined) {
      this.#edges.push({ of: created, gives: 'arn', to });
      return;
    }
    const name = nameInArn(arn) ?? nameInQuery(arn);
    if (!name) {
      const why = `'${this.#context.file}' attaches a policy whose ARN it computes`;
      this.#attached.push(to, { takes: 'arn', by: { kind: 'unknown', why } });
      return;
    }
    const account = /^arn:[\w-]+:iam::(\d{12}):/.exec(startOfWord(arn))?.[1];
    this.#namedUses.push({ name: computedWord(name), ...(account !== undefined && { account }), to });
  }

  /** The address of the policy that a command makes whose output is an ARN. */
  #createdIn([first, ...others]: Word): string | undefined {
    if (typeof first !== 'object' || others.length > 0 || !('commands' in first)) return undefined;
    for (const { words } of first.commands)
      for (const expanded of this.#variables.expand(plainCommand(words).words)) {
        const made = invocationIn(expanded);
        if (made?.name === 'aws iam create-policy')
          return this.#addressOf('the policy', made.options.one('policy-name'));
      }
    return undefined;
  }

  #holderEnd(kind: HolderKind, name: Word | undefined, quota: number): End {
    if (!name)
      return { kind: 'unknown', why: `'${this.#context.file}' gives it to a ${kind}`, quota, holderKind: kind };
    return { kind: 'holder', holder: { kind, address: this.#holder(kind, name, false) }, quota };
  }

  /** The address of a holder in the file: whoever is named in the same way is the same. */
  #holder(kind: HolderKind, name: Word, isMade: boolean): string {
    const address = this.#addressOf(`the ${kind}`, name);
    const known = this.#holders.get(address);
    if (!known || (isMade && known.isMention)) {
      const text = computedWord(name);
      const fact: HolderFact = { address, kind, name: { text }, amount: 'one' };
      this.#holders.set(address, isMade ? fact : { ...fact, isMention: true });
    }
    return address;
  }

  /** An address as people read it. What is computed in another way is something else. */
  #addressOf(what: string, name: Word | undefined): string {
    const key = `${what} ${JSON.stringify(name ?? '')}`;
    const known = this.#addresses.get(key);
    if (known !== undefined) return known;
    const shown = `${what} '${name ? shownWord(name) : ''}'`;
    const taken = [...this.#addresses.values()].filter((one) => one.startsWith(shown)).length;
    const address = taken === 0 ? shown : `${shown} (${taken + 1})`;
    this.#addresses.set(key, address);
    return address;
  }

  #otherEnd(command: string): End {
    if (command.startsWith('aws sso-admin '))
      return {
        kind: 'unknown',
        why: `'${this.#context.file}' gives it to a permission set`,
        quota: SIZE_QUOTAS.role,
        holderKind: 'role',
      };
    return { kind: 'other', why: `'${this.#context.file}' gives it to '${command}'` };
  }

  /** Somebody takes the file of a policy, or what that is made of. */
  #include(options: Options, { folder }: RunCommand, by: End): void {
    const file = documentIn(options);
    if (!file) return;
    const sources = this.#files.sourcesOf(file);
    const place = placeOf(file, folder);
    for (const one of sources.length > 0 || !place ? sources : [place]) {
      const include = includeOf(one);
      if (include) this.#includes.push({ ...include, to: { takes: 'document', by } });
    }
  }
}

function isKind(kind: string | undefined): kind is HolderKind {
  return KINDS.includes(kind as HolderKind);
}

/** The path of the file that a command takes a policy from; `undefined` where it stands in the command, or comes from elsewhere. */
function documentIn(options: Options): Word | undefined {
  const word = options.one(...DOCUMENTS);
  if (!word) return undefined;
  const [, scheme = ''] = /^(fileb?:\/\/)/.exec(startOfWord(word)) ?? [];
  if (scheme) return afterStart(word, scheme.length);
  const [first, ...others] = word.filter((part) => part !== '');
  if (typeof first !== 'object' || others.length > 0 || !('commands' in first)) return undefined;
  // `"$(cat policy.json)"`
  const [words = []] = first.commands.map(({ words: own }) => own);
  return literalWord(words[0]) === 'cat' ? words[1] : undefined;
}

/** The name of a managed policy in its ARN, without its path; `undefined` where it is not written out at all. */
function nameInArn(arn: Word | undefined): Word | undefined {
  if (!arn) return undefined;
  const at = arn.findLastIndex((part) => typeof part === 'string' && part.includes(':policy/'));
  if (at < 0) return undefined;
  const own = arn[at] as string;
  const rest = [own.slice(own.lastIndexOf(':policy/') + ':policy/'.length), ...arn.slice(at + 1)];
  const last = rest.findLastIndex((part) => typeof part === 'string' && part.includes('/'));
  const name = last < 0 ? rest : [slicedBehind(rest[last] as string), ...rest.slice(last + 1)];
  return name.some((part) => part !== '') ? name : undefined;
}

/** The name by which a policy's ARN is asked for: `--query "Policies[?PolicyName=='App'].Arn"`. */
function nameInQuery([first, ...others]: Word): Word | undefined {
  if (typeof first !== 'object' || others.length > 0 || !('commands' in first)) return undefined;
  for (const { words } of first.commands)
    for (const word of words) {
      const name = /PolicyName\s*==\s*[`'"]([\w+=,.@-]+)[`'"]/.exec(literalWord(word) ?? '')?.[1];
      if (name !== undefined) return [name];
    }
  return undefined;
}

function slicedBehind(text: string): string {
  return text.slice(text.lastIndexOf('/') + 1);
}
