import { type ComputedText, literalOf } from '../computedText.ts';
import type { DeploymentFact } from '../facts.ts';
import { environmentOfFile } from './names.ts';
import { readParameters } from './parameters.ts';
import { type Place, placeOf, targetOf } from './places.ts';
import type { RunCommand, ScriptContext } from './script.ts';
import { type Invocation, invocationIn, type Options } from './shell/programs.ts';
import { afterStart, computedWord, literalWord, startOfWord, type Word } from './shell/words.ts';
import { DEFAULT_TEMPLATES, templateBehind } from './templates.ts';

/** Files that the Serverless Framework takes where none is named. */
const SERVERLESS_FILES = ['serverless.yml', 'serverless.yaml', 'serverless.json'];

/** What scripts deploy. */
export function deploymentsBy(commands: readonly RunCommand[], context: ScriptContext): DeploymentFact[] {
  const found = commands.flatMap((command) => {
    const invocation = invocationIn(command.words);
    return invocation ? [{ ...invocation, folder: command.folder }] : [];
  });
  const reader = new DeployReader(context, packagedBy(found));
  return found.flatMap((command) => reader.read(command));
}

/** What is deployed. */
type Target = Pick<DeploymentFact, 'of' | 'isFromAbove' | 'kind'>;

type Found = Invocation & { readonly folder: Place };

/** Of what templates others are made, by the names of these files: `package` commands say so. */
function packagedBy(commands: readonly Found[]): ReadonlyMap<string, Word> {
  return new Map(
    commands.flatMap(({ name, options }) => {
      if (!/^(?:aws cloudformation|sam) package$/.test(name)) return [];
      const made = literalWord(options.one('output-template-file'));
      const of = options.one('template-file', 'template', 't');
      return made === undefined || !of ? [] : [[made, of] as const];
    }),
  );
}

class DeployReader {
  readonly #context: ScriptContext;
  readonly #packaged: ReadonlyMap<string, Word>;

  constructor(context: ScriptContext, packaged: ReadonlyMap<string, Word>) {
    this.#context = context;
    this.#packaged = packaged;
  }

  read({ name, options, folder }: Found): DeploymentFact[] {
    switch (name) {
      case 'aws cloudformation deploy':
      case 'aws cloudformation create-stack':
      case 'aws cloudformation update-stack':
      case 'aws cloudformation create-change-set':
      case 'sam deploy':
      case 'sam sync':
        return this.#stack(name, options, folder);
      case 'rain deploy':
        return this.#named(options.operands[1], this.#templates(options.operands[0], folder), options);
      case 'aws cloudformation create-stack-instances':
        return this.#stackSet(options);
      case 'serverless deploy':
        return this.#serverless(options, folder);
      case 'terraform':
        return this.#terraform(options, folder);
      default:
        return [];
    }
  }

  #stack(name: string, options: Options, folder: Place): DeploymentFact[] {
    const isSam = name.startsWith('sam ');
    const stack = options.one('stack-name');
    // SAM's own configuration says it otherwise, and is read by itself.
    if (!stack && isSam) return [];
    const written = options.one('template-file', 'template', 't', 'template-body');
    const templates =
      written || isSam
        ? this.#templates(written && withoutScheme(written), folder)
        : [{ of: '/', kind: 'file' as const }];
    return this.#named(stack, templates, options);
  }

  #templates(written: Word | undefined, folder: Place): Target[] {
    const literal = literalWord(written);
    const of = (literal === undefined ? undefined : this.#packaged.get(literal)) ?? written;
    const known = of && literalWord(of);
    const words: readonly Word[] =
      of && known === undefined ? [of] : templateBehind(known, DEFAULT_TEMPLATES).map((path) => [path]);
    return words.map((word) => this.#file(word, folder));
  }

  #file(word: Word, folder: Place): Target {
    return { ...targetOf(placeOf(word, folder), this.#context.toRoot), kind: 'file' };
  }

  #named(stack: Word | undefined, templates: readonly Target[], options: Options): DeploymentFact[] {
    const text = stack ? computedWord(stack) : [];
    const given = parametersOf(options);
    return templates.flatMap((target) => this.#facts(target, text, given));
  }

  /** A deployment by its name; what is computed of it tells that there may be several. */
  #facts(target: Target, stack: ComputedText, given: NonNullable<DeploymentFact['arguments']>): DeploymentFact[] {
    const { file, deployment } = this.#context;
    const { account, environment } = deployment ?? {};
    const name = literalOf(stack);
    if (name !== undefined && name !== '')
      return [
        {
          ...target,
          stack: [name],
          ...(account !== undefined && { account }),
          ...(given.length > 0 && { arguments: given }),
          why: `'${file}' deploys it as '${name}'${account === undefined ? '' : ` in the account ${account}`}`,
        },
      ];
    const shown = stack.map((part) => (typeof part === 'string' ? part : '*')).join('');
    const why =
      shown === '' || shown === '*'
        ? `'${file}' deploys it as whatever it is told to`
        : `'${file}' deploys it as '${shown}'`;
    const isNamed = /[A-Za-z]{2}/.test(shown);
    if (environment !== undefined)
      return [
        {
          ...target,
          ...(isNamed ? { stack } : { environment }),
          ...(account !== undefined && { account }),
          why: `'${file}' deploys it for '${environment}'`,
        },
      ];
    return [
      ...(isNamed ? [{ ...target, stack, ...(account !== undefined && { account }), why }] : []),
      { ...target, isSeveral: true, why },
    ];
  }

  #stackSet(options: Options): DeploymentFact[] {
    const accounts = (options.all('accounts') ?? []).map(literalWord);
    const name = literalWord(options.one('stack-set-name')) ?? '*';
    return accounts.map((account): DeploymentFact => {
      const why = `'${this.#context.file}' deploys the stack set '${name}' to the account ${account}`;
      return account !== undefined && /^\d{12}$/.test(account)
        ? { of: '/', kind: 'file', account, why }
        : { of: '/', kind: 'file', isSeveral: true, why: `'${this.#context.file}' deploys the stack set '${name}'` };
    });
  }

  #serverless(options: Options, folder: Place): DeploymentFact[] {
    const stage = options.one('stage', 's');
    if (!stage) return [];
    const files = options.one('config', 'c');
    const words = files ? [files] : SERVERLESS_FILES.map((name): Word => [name]);
    return words.flatMap((word) => this.#environment(this.#file(word, folder), stage, []));
  }

  #terraform(options: Options, start: Place): DeploymentFact[] {
    const chdir = options.one('chdir');
    const folder = (chdir && placeOf(chdir, start)) ?? start;
    const own = { ...folder, path: folder.path.length === 0 ? [''] : folder.path };
    const target: Target = { ...targetOf(own, this.#context.toRoot), kind: 'folder' };
    const operands = options.operands.map(literalWord);
    if (operands[0] === 'workspace') {
      if (operands[1] !== 'select' && operands[1] !== 'new') return [];
      const name = options.operands[2] ?? options.one('or-create');
      return name ? this.#environment(target, name, []) : [];
    }
    const files = [...(options.all('var-file') ?? []), ...(options.all('backend-config') ?? [])];
    const given = (options.all('var') ?? []).flatMap((word) => readParameters([literalWord(word) ?? '']));
    return files.flatMap((word) => {
      const path = literalWord(word);
      // A backend may be told by its values as well.
      if (startOfWord(word).includes('=')) return [];
      if (path === undefined) return this.#environment(target, word, given);
      const name = environmentOfFile(path);
      return name === undefined ? [] : this.#environment(target, [name], given);
    });
  }

  /** A deployment that is no stack, by what it is called. */
  #environment(target: Target, word: Word, given: NonNullable<DeploymentFact['arguments']>): DeploymentFact[] {
    const { file, deployment } = this.#context;
    const account = deployment?.account;
    const environment = literalWord(word) ?? deployment?.environment;
    if (environment === undefined)
      return [{ ...target, isSeveral: true, why: `'${file}' deploys it for whatever it is told to` }];
    return [
      {
        ...target,
        environment,
        ...(account !== undefined && { account }),
        ...(given.length > 0 && { arguments: given }),
        why: `'${file}' deploys it for '${environment}'`,
      },
    ];
  }
}

function parametersOf(options: Options): NonNullable<DeploymentFact['arguments']> {
  const words = [...(options.all('parameter-overrides') ?? []), ...(options.all('parameters', 'params') ?? [])];
  return readParameters(words.flatMap((word) => literalWord(word) ?? []));
}

function withoutScheme(word: Word): Word {
  return startOfWord(word).startsWith('file://') ? afterStart(word, 'file://'.length) : word;
}
