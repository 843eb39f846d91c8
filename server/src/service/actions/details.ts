import type { Catalogue } from './catalogue.ts';

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

/**
 * The text of the details file: a paragraph a service, its prefix first, then a line an action in the catalogue's order:
 * level and description, divided by a tab. A description without the common beginning is marked by a `!`.
 * The names are left to the catalogue, which makes the compressed file a third smaller.
 */
export function formatDetails(catalogue: Catalogue, detailOf: (service: string, name: string) => ActionDetail): string {
  return catalogue.prefixes
    .map((prefix) =>
      [prefix, ...(catalogue.service(prefix)?.names ?? []).map((name) => formatLine(detailOf(prefix, name)))].join(
        '\n',
      ),
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
    const index = catalogue.service(service)?.indexOf.get(name.toLowerCase());
    const paragraph = services.get(service.toLowerCase());
    const line = index === undefined ? undefined : paragraph?.split('\n')[index + 1];
    return line === undefined ? undefined : parseLine(line);
  };
}

function formatLine({ accessLevel, description }: ActionDetail): string {
  const oneLine = description.replace(/\s+/g, ' ').trim();
  return `${accessLevel}\t${oneLine.startsWith(COMMON_BEGINNING) ? oneLine.slice(COMMON_BEGINNING.length) : `!${oneLine}`}`;
}

function parseLine(line: string): ActionDetail {
  const [accessLevel = '', short = ''] = line.split('\t');
  return { accessLevel, description: short.startsWith('!') ? short.slice(1) : COMMON_BEGINNING + short };
}
