import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** A file as a URI: relative to the working folder where it is inside it, so that it means the same on every machine; otherwise absolute. */
export function artifactUri(file: string): { readonly uri: string; readonly isRelative: boolean } {
  const relative = path.relative('', file);
  if (relative === '' || path.isAbsolute(relative) || relative.split(path.sep)[0] === '..')
    return { uri: pathToFileURL(file).href, isRelative: false };
  return { uri: relative.split(path.sep).map(encodeURIComponent).join('/'), isRelative: true };
}
