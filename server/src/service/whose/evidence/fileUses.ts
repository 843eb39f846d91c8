import type { IncludeFact } from '../facts.ts';
import { OF_TOOLS } from './names.ts';
import { includeOf, type Place, placeOf } from './places.ts';
import type { RunCommand, ScriptContext } from './script.ts';
import { invocationIn } from './shell/programs.ts';
import { afterStart, literalWord, shownWord, startOfWord, type Word } from './shell/words.ts';

/** Programs that look at files, or move them as they are. */
const LOOKING =
  /^(?:iam-policy-refiner|cfn-lint|cfn_nag(?:_scan)?|cfn-guard|checkov|trivy|tfsec|parliament|prettier|eslint|biome|jsonlint|yamllint|yq|check-jsonschema|ajv|shellcheck|git|ls|stat|basename|dirname|realpath|readlink|echo|printf|test|\[|\[\[|diff|cmp|wc|grep|chmod|chown|rm|mkdir|touch|find|aws|aws2|for|cd|source|docker|npm|yarn|pnpm|cdk)$/;

/** Files that may hold a policy. */
const MAY_HOLD = /\.(?:json|jsonc|ya?ml|template|tpl|tftpl|tmpl|j2)$/i;

/** A file that a command uses in a way that nobody knows. */
interface FileUse {
  readonly place: Place;
  /** The file that the command writes, by its name as it is written. */
  readonly made: string | undefined;
}

/** Files that commands use in ways that nobody knows: they may give a policy in it to anybody. */
export class FileUses {
  readonly #file: string;
  readonly #uses: readonly FileUse[];
  /** The files that were followed on to where what is made of them goes. */
  readonly #followed = new Set<FileUse>();

  constructor(commands: readonly RunCommand[], { file }: ScriptContext) {
    this.#file = file;
    this.#uses = commands.flatMap(usesBy);
  }

  /** What a file is made of: of `sed 's/…/…/' policy.json > made.json`, `policy.json`. Nobody else is then thought to use that. */
  sourcesOf(made: Word): readonly Place[] {
    const name = shownWord(made);
    const sources = this.#uses.filter((use) => use.made === name);
    for (const use of sources) this.#followed.add(use);
    return sources.map(({ place }) => place);
  }

  /** The files that somebody unknown uses. */
  get unknown(): IncludeFact[] {
    const by = { kind: 'unknown', why: `'${this.#file}' uses it` } as const;
    return this.#uses.flatMap((use) => {
      const include = this.#followed.has(use) ? undefined : includeOf(use.place);
      return include ? [{ ...include, to: { takes: 'document' as const, by } }] : [];
    });
  }
}

function usesBy({ words, folder, isSubstituted, target }: RunCommand): FileUse[] {
  if (isLooking(words) || invocationIn(words)) return [];
  // What takes the output of `$(cat policy.json)` is asked by itself.
  if (isSubstituted && literalWord(words[0]) === 'cat') return [];
  return words.flatMap((word) => {
    const place = isFile(word) ? placeOf(valueIn(word), folder) : undefined;
    return place ? [{ place, made: target && shownWord(target) }] : [];
  });
}

function isLooking(words: readonly Word[]): boolean {
  const names = words.slice(0, 4).map((word) => literalWord(word)?.replace(/^.*\/|@.*$/g, '') ?? '');
  const [first = ''] = names;
  if (LOOKING.test(first)) return true;
  // `npx cfn-lint`, `python -m json.tool`, `jq empty`, `jq . file`
  if (/^(?:npx|bunx|pipx|uvx|poetry|python3?)$/.test(first))
    return names.slice(1).some((name) => LOOKING.test(name) || name === 'json.tool');
  return first === 'jq' && words.some((word) => /^(?:empty|\.|-e|--exit-status)$/.test(literalWord(word) ?? ''));
}

function isFile(word: Word): boolean {
  const last = word.at(-1);
  return typeof last === 'string' && MAY_HOLD.test(last) && !OF_TOOLS.test(last) && !/\s/.test(startOfWord(word));
}

/** The path in `--file=policy.json`, `@policy.json` and `file://policy.json`. */
function valueIn(word: Word): Word {
  const [before = ''] = /^(?:-{0,2}[\w-]+=)?(?:@|fileb?:\/\/)?/.exec(startOfWord(word)) ?? [];
  return afterStart(word, before.length);
}
