import type { Catalogue } from './catalogue.ts';
import { splitWords } from './words.ts';

/** What AWS says of one action, for the hover. */
export interface ActionDetail {
  /** AWS's access levels, such as `Read` or `Permissions management, Write`. */
  readonly accessLevel: string;
  /** One sentence that begins with `Grants permission to`, as AWS writes it. */
  readonly description: string;
}

/** What AWS says of actions and services. Services and names in any case. */
export interface ActionDetails {
  /** What AWS says of an action; `undefined` for one that the built-in catalogue does not know. */
  of(service: string, name: string): ActionDetail | undefined;
  /**
   * The pages of AWS's Service Authorization Reference that describe a service: `efs` is `list_efs.html`. Several where AWS divides
   * a service, none where we do not know.
   */
  pagesOf(service: string): readonly string[];
}

/** Where nothing can be said of any action. */
export const NO_DETAILS: ActionDetails = { of: () => undefined, pagesOf: () => [] };

/** How nearly every description begins; left out of the file, which is large. */
const COMMON_BEGINNING = 'Grants permission to ';

/** Stands in the file for what most descriptions repeat: the words of the action's name behind its verb. */
const NAME_WORDS = '\u0001';

/**
 * The text of the details file: a paragraph a service, its prefix and the names of its pages first, then a line an action in the
 * catalogue's order: level and description, divided by a tab. A description without the common beginning is marked by a `!`.
 * The names, and what descriptions repeat of them, are left to the catalogue: that nearly halves the compressed file.
 */
export function formatDetails(
  catalogue: Catalogue,
  detailOf: (service: string, name: string) => ActionDetail,
  pagesOf: ActionDetails['pagesOf'] = NO_DETAILS.pagesOf,
): string {
  return catalogue.prefixes
    .map((prefix) =>
      [
        [prefix, ...pagesOf(prefix)].join(' '),
        ...(catalogue.service(prefix)?.names ?? []).map((name) => formatLine(name, detailOf(prefix, name))),
      ].join('\n'),
    )
    .join('\n\n');
}

/** Reads what `formatDetails` wrote for the same catalogue. */
export function parseDetails(text: string, catalogue: Catalogue): ActionDetails {
  return new PackedDetails(text, catalogue);
}

class PackedDetails implements ActionDetails {
  readonly #catalogue: Catalogue;
  readonly #paragraphs: ReadonlyMap<string, string>;
  #lastService = '';
  #lastLines: readonly string[] = [];

  constructor(text: string, catalogue: Catalogue) {
    this.#catalogue = catalogue;
    this.#paragraphs = new Map(
      text.split('\n\n').map((paragraph) => [/^[^ \n]*/.exec(paragraph)?.[0] ?? '', paragraph] as const),
    );
  }

  of(service: string, name: string): ActionDetail | undefined {
    const known = this.#catalogue.service(service);
    const index = known?.indexOf(name) ?? -1;
    const line = index < 0 ? undefined : this.#linesOf(service)[index + 1];
    return line === undefined ? undefined : parseLine(known?.names[index] as string, line);
  }

  pagesOf(service: string): readonly string[] {
    return this.#linesOf(service)[0]?.split(' ').slice(1) ?? [];
  }

  /** A paragraph is cut into lines only when its service is asked for; and a wildcard asks for one action of it after another. */
  #linesOf(service: string): readonly string[] {
    const key = service.toLowerCase();
    if (key !== this.#lastService) {
      this.#lastService = key;
      this.#lastLines = this.#paragraphs.get(key)?.split('\n') ?? [];
    }
    return this.#lastLines;
  }
}

function formatLine(name: string, { accessLevel, description }: ActionDetail): string {
  const words = wordsBehindVerb(name);
  const folded = description.replace(/\s+/g, ' ').trim();
  const oneLine = words === '' ? folded : folded.replace(words, NAME_WORDS);
  return `${accessLevel}\t${oneLine.startsWith(COMMON_BEGINNING) ? oneLine.slice(COMMON_BEGINNING.length) : `!${oneLine}`}`;
}

function parseLine(name: string, line: string): ActionDetail {
  const [accessLevel = '', written = ''] = line.split('\t');
  const short = written.replace(NAME_WORDS, () => wordsBehindVerb(name));
  return { accessLevel, description: short.startsWith('!') ? short.slice(1) : COMMON_BEGINNING + short };
}

/** `bucket policy` of `GetBucketPolicy`. */
function wordsBehindVerb(name: string): string {
  return splitWords(name).slice(1).join(' ').toLowerCase();
}
