import type { Catalogue } from './catalogue.ts';
import { splitWords } from './words.ts';

/** What AWS says of one action, for the hover. */
export interface ActionDetail {
  /** AWS's access levels, such as `Read` or `Permissions management, Write`. */
  readonly accessLevel: string;
  /** One sentence that begins with `Grants permission to`, as AWS writes it. */
  readonly description: string;
}

/** Finds what AWS says of an action; service and name in any case. */
export type ActionDetails = (service: string, name: string) => ActionDetail | undefined;

/** How nearly every description begins; left out of the file, which is large. */
const COMMON_BEGINNING = 'Grants permission to ';

/** Stands in the file for what most descriptions repeat: the words of the action's name behind its verb. */
const NAME_WORDS = '\u0001';

/**
 * The text of the details file: a paragraph a service, its prefix first, then a line an action in the catalogue's order:
 * level and description, divided by a tab. A description without the common beginning is marked by a `!`.
 * The names, and what descriptions repeat of them, are left to the catalogue: that nearly halves the compressed file.
 */
export function formatDetails(catalogue: Catalogue, detailOf: (service: string, name: string) => ActionDetail): string {
  return catalogue.prefixes
    .map((prefix) =>
      [
        prefix,
        ...(catalogue.service(prefix)?.names ?? []).map((name) => formatLine(name, detailOf(prefix, name))),
      ].join('\n'),
    )
    .join('\n\n');
}

/**
 * Reads what `formatDetails` wrote for the same catalogue. A paragraph is cut into lines only when its service is asked for.
 */
export function parseDetails(text: string, catalogue: Catalogue): ActionDetails {
  const services = new Map(
    text.split('\n\n').map((paragraph) => [paragraph.slice(0, paragraph.indexOf('\n')), paragraph] as const),
  );
  return (service, name) => {
    const known = catalogue.service(service);
    const index = known?.indexOf(name) ?? -1;
    const line = index < 0 ? undefined : services.get(service.toLowerCase())?.split('\n')[index + 1];
    return line === undefined ? undefined : parseLine(known?.names[index] as string, line);
  };
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
