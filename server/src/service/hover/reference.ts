import type { ActionDetails } from '../actions/details.ts';
import { parseEntry } from '../actions/entry.ts';
import { codeSpan } from './markdown.ts';

const REFERENCE = 'https://docs.aws.amazon.com/service-authorization/latest/reference';

/** Links to where AWS describes the service of an entry; nothing for every service, and for one whose page we do not know. */
export function describeReference(entry: string, details: ActionDetails): string[] {
  const service = parseEntry(entry)?.service ?? '';
  const links = details.pagesOf(service).map((page) => `[${page}](${REFERENCE}/list_${page}.html)`);
  return links.length > 0 ? [`AWS's reference of ${codeSpan(`${service}:*`)}: ${links.join(', ')}`] : [];
}
