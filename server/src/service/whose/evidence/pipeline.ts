import { environmentIn, isEnvironment } from '../environments.ts';
import type { DeploymentFact } from '../facts.ts';
import { accountIn } from './accounts.ts';
import type { SomeFacts } from './collector.ts';
import { listOf, parseYaml, type Table, tableOf, textAt, textOf } from './data.ts';
import { combinationsOf } from './matrix.ts';
import { shownName } from './names.ts';
import { folderAfter, type Place, stepsToRoot } from './places.ts';
import { readScripts } from './script.ts';
import { Variables } from './shell/variables.ts';
import { quoted, wordOf } from './shell/wordOf.ts';
import { literalWord, type Word } from './shell/words.ts';

/** So many nodes of a file are looked at, those of a matrix once a combination. */
const MAX_NODES = 20_000;

/** Keys whose values are commands: a text, or a list of texts that run one after another. */
const SCRIPTS = [
  'run',
  'script',
  'before_script',
  'after_script',
  'commands',
  'command',
  'cmds',
  'cmd',
  'bash',
  'inlineScript',
];

/** Keys of the folder in which commands run. */
const FOLDERS = ['working-directory', 'workingDirectory', 'working_directory', 'dir'];

/** Words that a job has in it which deploys something. */
const DEPLOYING = /deploy|apply|cdk|terraform|tofu|serverless|\bsls\b|\bsam\b|pulumi|cloudformation|release/i;

/** What is known around a node. */
interface Context {
  readonly given: ReadonlyMap<string, readonly Word[]>;
  readonly folder: Place;
  readonly account?: string;
  readonly environment?: string;
}

/** A workflow of GitHub's, a pipeline of GitLab's, a CodeBuild project and the like: the commands in it, and what its jobs are repeated for. */
export function readPipeline(path: string, text: string): SomeFacts[] {
  const toRoot = stepsToRoot(path);
  const reader = new PipelineReader(shownName(path), toRoot);
  const folder: Place = { from: toRoot === '' ? 'above' : 'root', path: [] };
  for (const root of parseYaml(text)) reader.read(root, { given: givenBy(tableOf(root)), folder });
  return reader.facts;
}

class PipelineReader {
  readonly facts: SomeFacts[] = [];
  readonly #file: string;
  readonly #toRoot: string;
  #nodes = 0;

  constructor(file: string, toRoot: string) {
    this.#file = file;
    this.#toRoot = toRoot;
  }

  read(node: unknown, context: Context): void {
    if (++this.#nodes > MAX_NODES) {
      if (this.#nodes === MAX_NODES + 1) this.facts.push({ unread: 'it says more than is read' });
      return;
    }
    if (Array.isArray(node)) for (const item of node) this.read(item, context);
    else if (typeof node === 'object' && node !== null) this.#table(node as Table, context);
  }

  #table(table: Table, outer: Context): void {
    const combinations = combinationsOf(table);
    const isJob = ['steps', 'script', 'phases'].some((key) => Object.hasOwn(table, key));
    const before = this.facts.length;
    const jobs: Context[] = [];
    for (const combination of combinations ?? [new Map()]) {
      const context = inside(table, { ...outer, given: new Map([...outer.given, ...combination]) }, isJob);
      jobs.push(context);
      this.#scripts(table, context);
      for (const [key, value] of Object.entries(table))
        if (typeof value === 'object' && key !== 'matrix') this.read(value, context);
    }
    if (!isJob || !DEPLOYING.test(JSON.stringify(table).slice(0, 100_000))) return;
    const hasFound = this.facts.slice(before).some(({ deployments = [] }) => deployments.length > 0);
    if (!hasFound) this.facts.push({ deployments: [...this.#unknown(jobs, combinations)] });
  }

  /** What is run in a node itself. */
  #scripts(table: Table, context: Context): void {
    const texts = SCRIPTS.flatMap((key) => {
      const value = table[key];
      const lines = listOf(value).flatMap((line) => textOf(line) ?? []);
      return textOf(value) ?? (lines.length > 0 ? lines.join('\n') : []);
    });
    const action = ofAction(table);
    if (action !== undefined) texts.push(action);
    const scripts = texts.map((text) => ({ text, folder: context.folder }));
    const { given, account, environment } = context;
    const deployment = { ...(account !== undefined && { account }), ...(environment !== undefined && { environment }) };
    if (scripts.length > 0)
      this.facts.push(...readScripts(scripts, { file: this.#file, toRoot: this.#toRoot, given, deployment }));
  }

  /** What jobs deploy of which nothing tells what it is: something of the repository, for each account and environment. */
  *#unknown(jobs: readonly Context[], combinations: Combinations | undefined): Iterable<DeploymentFact> {
    const values = (combinations ?? []).map((combination) =>
      [...combination.values()].flat().flatMap((word) => literalWord(word) ?? []),
    );
    const stages = new Set(values.flat().filter(isEnvironment));
    for (const [index, { account, environment }] of jobs.entries()) {
      const own = values[index] ?? [];
      const id = account ?? own.find((value) => /^\d{12}$/.test(value));
      const stage = environment ?? (stages.size > 1 ? own.find(isEnvironment) : undefined);
      if (id === undefined && stage === undefined) continue;
      const where = [
        ...(stage === undefined ? [] : [`'${stage}'`]),
        ...(id === undefined ? [] : [`the account ${id}`]),
      ];
      yield {
        of: '/',
        ...(stage !== undefined && { environment: stage }),
        ...(id !== undefined && { account: id }),
        why: `'${this.#file}' deploys for ${where.join(' in ')}`,
      };
    }
  }
}

type Combinations = NonNullable<ReturnType<typeof combinationsOf>>;

/** What is known inside of a table. */
function inside(table: Table, outer: Context, isJob: boolean): Context {
  const given = new Map([...outer.given, ...givenBy(table)]);
  const resolve = (text: string | undefined) => (text === undefined ? undefined : resolved(text, given));
  const written = textAt(table, ...FOLDERS) ?? textAt(tableOf(tableOf(table.defaults).run), 'working-directory');
  const folder = written === undefined ? outer.folder : folderAfter([...resolvedWord(written, given)], outer.folder);
  const account = isJob ? accountOf(table, resolve) : undefined;
  const { environment: own } = table;
  const name = resolve(textOf(own) ?? textAt(tableOf(own), 'name'));
  const environment = name === undefined ? undefined : environmentIn(name);
  return {
    given,
    folder,
    ...pick('account', account ?? outer.account),
    ...pick('environment', environment ?? outer.environment),
  };
}

function pick<K extends string>(key: K, value: string | undefined): { [key in K]?: string } {
  return (value === undefined ? {} : { [key]: value }) as { [key in K]?: string };
}

/** The only account whose role the steps of a job take on. */
function accountOf(job: Table, resolve: (text: string | undefined) => string | undefined): string | undefined {
  const accounts = listOf(job.steps).flatMap((step) => {
    const given = { ...tableOf(tableOf(step).with), ...tableOf(tableOf(step).env) };
    return accountIn(resolve(textAt(given, 'role-to-assume', 'role_arn', 'AWS_ROLE_ARN'))) ?? [];
  });
  const [only, ...others] = new Set(accounts);
  return others.length === 0 ? only : undefined;
}

/** The variables that a table sets for what is in it, by all the names that they go by. */
function givenBy(table: Table): Map<string, Word[]> {
  const given = new Map<string, Word[]>();
  for (const key of ['env', 'variables', 'environment', 'vars']) {
    const own = tableOf(table[key]);
    const named = listOf(table[key]).map((item) => [textAt(tableOf(item), 'name') ?? '', tableOf(item).value] as const);
    const all = [...Object.entries(own), ...Object.entries(tableOf(own.variables)), ...named];
    for (const [name, value] of all) {
      const text = textOf(value) ?? textAt(tableOf(value), 'value');
      if (text === undefined) continue;
      for (const one of [name, `env.${name}`, `variables.${name}`]) given.set(one, [wordOf(text)]);
    }
  }
  const triggers = tableOf(table.on ?? table.true);
  for (const trigger of ['workflow_dispatch', 'workflow_call'])
    for (const [name, input] of Object.entries(tableOf(tableOf(triggers[trigger]).inputs))) {
      const options = listOf(tableOf(input).options).flatMap((option) => textOf(option) ?? []);
      if (options.length > 0)
        for (const one of [`inputs.${name}`, `github.event.inputs.${name}`])
          given.set(
            one,
            options.map((option) => [option]),
          );
    }
  return given;
}

function resolvedWord(text: string, given: ReadonlyMap<string, readonly Word[]>): Word {
  const [words] = new Variables([], given).expand([wordOf(text)]);
  return words?.[0] ?? [''];
}

function resolved(text: string, given: ReadonlyMap<string, readonly Word[]>): string | undefined {
  return literalWord(resolvedWord(text, given));
}

/** AWS's own action that deploys a stack, as the command that does the same. */
function ofAction(step: Table): string | undefined {
  if (!/^aws-actions\/aws-cloudformation-github-deploy@/.test(textAt(step, 'uses') ?? '')) return undefined;
  const given = tableOf(step.with);
  const [name = '', template = ''] = [textAt(given, 'name'), textAt(given, 'template')];
  const parameters = textAt(given, 'parameter-overrides');
  return [
    `aws cloudformation deploy --stack-name ${quoted(name)} --template-file ${quoted(template)}`,
    ...(parameters === undefined ? [] : [`--parameter-overrides ${quoted(parameters)}`]),
  ].join(' ');
}
