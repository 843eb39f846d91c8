import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import type { Folder } from '../../support/cli.ts';
import { commandsOf, type WorkflowCommand } from '../../support/workflowCommands.ts';
import { type Ended, run } from './run.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** `action.yml` as it is written. */
export const actionText = readFileSync(path.join(ROOT, 'action.yml'), 'utf8');

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

interface Step {
  readonly id: string;
  readonly shell: string;
  readonly run: string;
  readonly env: Readonly<Record<string, string>>;
}

/** `action.yml` as YAML gives it. */
export const action: Action = parse(actionText);

/** What a run of the action left behind. */
export interface ActionRun extends Ended {
  /** What the log tells the runner, annotations above all. */
  readonly commands: readonly WorkflowCommand[];
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
}

/** Runs the steps of the action on a folder as the runner of GitHub does: https://github.com/actions/runner. */
export async function runAction(
  folder: Folder,
  inputs: Readonly<Record<string, string>>,
  env: NodeJS.ProcessEnv,
): Promise<ActionRun> {
  const temporary = mkdtempSync(path.join(folder.path, '.runner '));
  const at = (name: string) => path.join(temporary, name);
  let log = '';
  let status = 0;
  const steps: Record<string, string> = {};
  for (const step of action.runs.steps) {
    writeFileSync(at('script.sh'), step.run);
    for (const file of ['output', 'summary']) writeFileSync(at(file), '', { flag: 'a' });
    const ended = await run('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', at('script.sh')], folder.path, {
      ...env,
      ...Object.fromEntries(Object.entries(step.env).map(([name, value]) => [name, evaluateInput(value, inputs)])),
      GITHUB_ACTION_PATH: ROOT,
      GITHUB_WORKSPACE: folder.path,
      GITHUB_OUTPUT: at('output'),
      GITHUB_STEP_SUMMARY: at('summary'),
      RUNNER_TEMP: temporary,
    });
    for (const line of readFileSync(at('output'), 'utf8').split('\n')) {
      const [name = '', ...value] = line.split('=');
      steps[`steps.${step.id}.outputs.${name}`] = value.join('=');
    }
    log += ended.log;
    status = ended.status;
    if (status !== 0) break;
  }
  const outputs = Object.entries(action.outputs).map(([name, { value }]) => [name, steps[expressionIn(value)] ?? '']);
  return {
    status,
    log,
    commands: commandsOf(log),
    outputs: Object.fromEntries(outputs),
    summary: existsSync(at('summary')) ? readFileSync(at('summary'), 'utf8') : '',
  };
}

/** The expression of which a value is made, and nothing else. */
export function expressionIn(value: string): string {
  const [, expression] = /^\$\{\{ (\S+) \}\}$/.exec(value) ?? [];
  if (expression === undefined) throw new Error(`'${value}' is more than an expression`);
  return expression;
}

function evaluateInput(value: string, given: Readonly<Record<string, string>>): string {
  const name = expressionIn(value).replace(/^inputs\./, '');
  const input = action.inputs[name];
  if (!input) throw new Error(`The action has no input '${name}'`);
  return given[name] ?? input.default;
}
