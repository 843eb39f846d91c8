import type { SomeFacts } from './collector.ts';
import { shownName } from './names.ts';
import { readScripts, type Script } from './script.ts';
import { wordOf } from './shell/wordOf.ts';
import type { Word } from './shell/words.ts';

/** `NAME := value`; what `?=` sets, the environment may set otherwise. */
const VARIABLE = /^(?:export[ \t]+)?(?<name>[\w.-]+)[ \t]*(?<sign>\?|::?:?|\+)?=[ \t]*(?<value>.*)$/;

/** A makefile: the lines of its recipes, each a script that runs in the makefile's own folder. */
export function readMakefile(path: string, text: string): SomeFacts[] {
  const scripts: Script[] = [];
  const given = new Map<string, Word[]>();
  for (const line of text.replace(/\\\r?\n/g, ' ').split(/\r?\n/)) {
    const { name, sign, value } = VARIABLE.exec(line)?.groups ?? {};
    if (/^[\t ]/.test(line))
      scripts.push({ text: fromMake(line.trim().replace(/^[@+-]+/, '')), folder: { from: 'own', path: [] } });
    else if (name !== undefined && value !== undefined && sign !== '?')
      given.set(name, [...(given.get(name) ?? []), wordOf(fromMake(value.trim()))]);
  }
  return readScripts(scripts, { file: shownName(path), toRoot: '', given });
}

/** What Make puts in, as a shell writes it. */
function fromMake(text: string): string {
  return text.replace(/\$(?:(\$)|[({]shell[ \t]+|[({]([\w.-]+)[)}])/g, (all, dollar?: string, name?: string) => {
    if (dollar !== undefined) return '$';
    return name === undefined ? (all.startsWith('${') ? '$(' : all.replace(/shell[ \t]+/, '')) : `\${{${name}}}`;
  });
}
