import { type ComputedText, HOLE } from '../computedText.ts';
import type { IncludeFact } from '../facts.ts';
import type { SomeFacts } from './collector.ts';
import { OF_TOOLS, shownName } from './names.ts';
import { isTelling, tidyPath } from './places.ts';

/** The end of a string that may be the path of a file with policies. */
const PATH_END = /\.(?:json|jsonc|ya?ml|template|tpl|tftpl|tmpl|j2|tf)(["'`])/g;

/** No source code that people write mentions more. */
const MAX_PATHS = 5_000;

/** No path is longer, in UTF-16 units. */
const MAX_PATH = 300;

/** So far before a path, code says what goes before it. */
const MAX_BEFORE = 200;

/** Where something is put in a string: `${name}`, Python's and C#'s `{name}`, `%s`, and what stands for any text in a pattern. */
const PUT_IN = /\$?\{[^{}\n]{0,100}\}|%[sdvq]|%\([\w]+\)s|\*+/;

/** Strings before another one that code joins it with: `path.join('policies', 'App.json')`, `Path("policies") / "App.json"`. */
const JOINED = /(?:(["'`])(?:[^"'`\n\\]{1,80})\1\s*(?:[,+]|\)?\s*\/)\s*(?:[frub@$]{0,2}))+$/i;

/** A string and a name before a string, which code puts together: `'policies/' + name + '.json'`. */
const CONCATENATED = /(["'`])([^"'`\n\\]{1,80})\1\s*[+.]\s*[\w.$()[\]]{1,60}\s*[+.]\s*$/;

/** Source code that mentions a file by its path: it may put it in wherever it wants. */
export function readSourceCode(path: string, text: string): SomeFacts {
  const why = `'${shownName(path)}' puts it in`;
  const includes: IncludeFact[] = [];
  PATH_END.lastIndex = 0;
  for (let count = 0; count < MAX_PATHS; count++) {
    const match = PATH_END.exec(text);
    if (!match) break;
    const [, quote = ''] = match;
    const end = PATH_END.lastIndex - 1;
    const start = text.slice(Math.max(0, end - MAX_PATH), end).lastIndexOf(quote) + Math.max(0, end - MAX_PATH);
    const inside = text.slice(start + 1, end);
    if (start < 0 || text[start] !== quote || /\n/.test(inside)) continue;
    for (const include of pathsOf(inside, text.slice(Math.max(0, start - MAX_BEFORE), start)))
      includes.push({ ...include, to: { takes: 'document', by: { kind: 'unknown', why } } });
  }
  return { includes };
}

/** The paths that a string may mean. */
function* pathsOf(inside: string, before: string): Iterable<Pick<IncludeFact, 'path' | 'isFromRoot' | 'isFromAbove'>> {
  if (/[\s<>|"]/.test(inside.replace(/\{[^{}]*\}/g, '')) || /^\w+:\/\//.test(inside) || OF_TOOLS.test(inside)) return;
  const isImported = /(?:\bfrom|\bimport|\brequire\s*\(|\bimport\s*\()\s*$/.test(before);
  const isContinued = /[+,/]\s*[frub@$]{0,2}$/i.test(before);
  // Of the whole file system no path is ours, but one that is put behind another is.
  if (inside.startsWith('/') && !isContinued) return;
  const joined = JOINED.exec(before)?.[0];
  const folders =
    joined === undefined ? [] : [...joined.matchAll(/(["'`])([^"'`\n\\]{1,80})\1/g)].map(([, , one = '']) => one);
  const [, , start = ''] = CONCATENATED.exec(before) ?? [];
  if (/^\.\w+$/.test(inside)) {
    if (start !== '') yield* placesOf([...textOf(start), HOLE, inside], isImported);
    return;
  }
  yield* placesOf(textOf(inside), isImported);
  if (folders.length > 0 && folders.every((folder) => /^[\w./-]+$/.test(folder)))
    yield* placesOf([...textOf(folders.join('/')), '/', ...textOf(inside.replace(/^\//, ''))], isImported);
}

function* placesOf(
  written: ComputedText,
  isImported: boolean,
): Iterable<Pick<IncludeFact, 'path' | 'isFromRoot' | 'isFromAbove'>> {
  // What is put in at the start is a folder.
  const isBehindFolder = written[0] === HOLE && typeof written[1] === 'string' && written[1].startsWith('/');
  const path = tidyPath(
    isBehindFolder ? written.slice(1).map((part, index) => (index === 0 ? (part as string).slice(1) : part)) : written,
  );
  const named = path.map((part) => (typeof part === 'string' ? part : '*')).join('');
  if (!isTelling(path)) return;
  if (isImported) yield { path };
  else yield { path, isFromAbove: true };
  // Where the folder of the program is another one than that of its text, only the end of a path tells.
  if (!isImported && named.includes('/') && !named.startsWith('..'))
    yield { path: [HOLE, '/', ...path], isFromRoot: true };
}

function textOf(written: string): ComputedText {
  const text: (string | typeof HOLE)[] = [];
  let rest = written.replace(/\\+/g, '/');
  for (let match = PUT_IN.exec(rest); match; match = PUT_IN.exec(rest)) {
    if (match.index > 0) text.push(rest.slice(0, match.index));
    if (text.at(-1) !== HOLE) text.push(HOLE);
    rest = rest.slice(match.index + match[0].length);
  }
  if (rest !== '') text.push(rest);
  return text;
}
