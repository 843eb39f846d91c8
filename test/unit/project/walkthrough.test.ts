import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import manifest from '../../../package.json' with { type: 'json' };
import { COMMANDS } from '../../../server/src/protocol.ts';

// VS Code says nothing of what is wrong in a walkthrough: a button without a command does nothing when it is pressed.

const [walkthrough] = manifest.contributes.walkthroughs;
const steps = walkthrough?.steps ?? [];

/** Commands of VS Code itself that the walkthrough uses. */
const BUILT_IN = [
  'workbench.action.quickOpen',
  'workbench.action.openSettings',
  'editor.action.quickFix',
  'editor.action.codeAction',
];

const known = new Set<string>([
  ...BUILT_IN,
  COMMANDS.copyCommands,
  ...manifest.contributes.commands.map(({ command }) => command),
]);

/** The commands that a step's buttons and links run, with their arguments. */
function linksOf({ description }: { readonly description: string }): { command: string; args: unknown[] }[] {
  return [...description.matchAll(/\]\(command:([\w.]+)(?:\?([^)]*))?\)/g)].map(([, command = '', args]) => ({
    command,
    args: args === undefined ? [] : JSON.parse(decodeURIComponent(args)),
  }));
}

test('The walkthrough has four steps, and each ends when its work is done', () => {
  assert.equal(steps.length, 4);
  for (const { id, completionEvents } of steps) {
    assert.ok(completionEvents.length > 0, id);
    for (const event of completionEvents) {
      const [kind, name = ''] = event.split(':');
      assert.ok(kind === 'onCommand' ? known.has(name) : event === 'onContext:iamPolicyRefiner.isPolicy', event);
    }
  }
});

test('Every button of the walkthrough runs a command that there is', () => {
  const commands = steps.flatMap(linksOf).map(({ command }) => command);
  assert.ok(commands.length >= 4);
  assert.deepEqual(
    commands.filter((command) => !known.has(command)),
    [],
  );
});

test('The commands that the first step copies are those that it shows', () => {
  const text = readFileSync('images/walkthrough/findings.md', 'utf8');
  const blocks = [...text.matchAll(/```sh\n(.*?)\n```/gs)].map(([, block = '']) => block);
  const shown = blocks.map((block) => block.replace(/ \\\n +/g, ' ').split('\n'));
  const copied = linksOf(steps[0] as (typeof steps)[0]).map(({ command, args }) => {
    assert.equal(command, COMMANDS.copyCommands);
    assert.equal(args.length, 1);
    return args[0];
  });
  assert.equal(copied.length, 2);
  assert.deepEqual(copied, shown);
});

test('The pictures of the walkthrough are there, and are packed', () => {
  const packed = readFileSync('.vscodeignore', 'utf8').split('\n');
  assert.ok(packed.includes('!images/walkthrough/*'));
  for (const { media } of steps) {
    const file = ('markdown' in media ? media.markdown : media.svg) ?? '';
    assert.ok(existsSync(file) && file.startsWith('images/walkthrough/'), file);
    if (!('svg' in media)) continue;
    // VS Code shows them with a content security policy that refuses styles: they would be black.
    const svg = readFileSync(file, 'utf8');
    assert.match(svg, /fill="var\(--vscode-editor-background\)"/);
    assert.doesNotMatch(svg, /<style|style=/);
  }
});
