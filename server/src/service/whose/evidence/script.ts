import type { SomeFacts } from './collector.ts';
import { deploymentsBy } from './deployCommands.ts';
import { FileUses } from './fileUses.ts';
import { IamCommands } from './iamCommands.ts';
import { folderAfter, type Place } from './places.ts';
import { readCommands } from './shell/lexer.ts';
import { invocationIn } from './shell/programs.ts';
import { plainCommand, Variables } from './shell/variables.ts';
import { type Command, literalWord, type Word } from './shell/words.ts';

/** A script, or a stretch of one, that runs by itself. */
export interface Script {
  readonly text: string;
  /** Where it runs. */
  readonly folder: Place;
}

/** What all scripts of a file have in common. */
export interface ScriptContext {
  /** The file, in messages. */
  readonly file: string;
  /** How a path of the file leads to the root of the repository; empty where nobody can say. */
  readonly toRoot: string;
  /** What variables are set to from without: each value that they may have. */
  readonly given?: ReadonlyMap<string, readonly Word[]>;
  /** What is known of the deployments that the scripts make. */
  readonly deployment?: { readonly account?: string; readonly environment?: string };
}

/** A command as it runs. */
export interface RunCommand {
  readonly words: readonly Word[];
  /** The file that its output is written to, before variables were put in. */
  readonly target?: Word;
  /** As it is written, before variables were put in. */
  readonly written: readonly Word[];
  readonly folder: Place;
  /** Whether its output is put in another command. */
  readonly isSubstituted: boolean;
}

/** The longest script that is read, in UTF-16 units. */
const MAX_LENGTH = 500_000;

/** What scripts do with policies, and what they deploy. */
export function readScripts(scripts: readonly Script[], context: ScriptContext): SomeFacts[] {
  const isTooLong = scripts.some(({ text }) => text.length > MAX_LENGTH);
  const read = scripts
    .filter(({ text }) => text.length <= MAX_LENGTH)
    .map(({ text, folder }) => ({ commands: readCommands(text), folder }));
  const variables = new Variables(
    read.flatMap(({ commands }) => commands),
    context.given,
  );
  const runs = read.flatMap(({ commands, folder }) => [...run(commands, folder, variables)]);
  const uses = new FileUses(runs, context);
  const iam = new IamCommands(context, variables, uses);
  for (const command of runs) {
    const invocation = invocationIn(command.words);
    if (invocation) iam.add(invocation, command);
  }
  const deployments = deploymentsBy(runs, context);
  return [iam.facts(), { deployments, includes: uses.unknown }, ...(isTooLong ? [{ unread: 'it is too long' }] : [])];
}

/** The commands of a script, and those whose output it uses, each where it runs. */
function* run(
  commands: readonly Command[],
  start: Place,
  variables: Variables,
  isSubstituted = false,
): Iterable<RunCommand> {
  let folders = [{ folder: start, depth: 0 }];
  for (const { words, depth, target: output } of commands) {
    // What brackets end, ends what was said in them of the folder.
    folders = folders.filter((one, index) => index === 0 || one.depth <= depth);
    const { folder } = folders.at(-1) ?? { folder: start };
    const { words: written } = plainCommand(words);
    for (const inner of substitutionsIn(words)) yield* run(inner, folder, variables, true);
    for (const expanded of variables.expand(written)) {
      const [program, target] = expanded;
      const name = literalWord(program);
      if (name === 'cd' || name === 'pushd') folders.push({ folder: folderAfter(target, folder), depth });
      else if (name === 'popd') folders.pop();
      else yield { words: expanded, written, folder, isSubstituted, ...(output && { target: output }) };
      if (name === 'popd' && folders.length === 0) folders.push({ folder: start, depth: 0 });
    }
  }
}

function* substitutionsIn(words: readonly Word[]): Iterable<readonly Command[]> {
  for (const word of words)
    for (const part of word) if (typeof part === 'object' && 'commands' in part) yield part.commands;
}
