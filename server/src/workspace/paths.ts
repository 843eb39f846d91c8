import { URI } from 'vscode-uri';

/** The path by which the service knows a file: decoded, divided by `/`. */
export function pathOf(uri: string): string {
  return URI.parse(uri).path;
}

/** The URI of a path as the system writes it. */
export function uriOf(path: string): string {
  return URI.file(path).toString();
}

/** The path of a file inside its workspace folder. */
export function pathInside(folder: string, uri: string): string {
  return pathOf(uri).slice(pathOf(folder).replace(/\/$/, '').length + 1);
}

/** A URI in one spelling, to compare it: clients spell URIs in several ways, and we spell those of the files that we find in ours. */
export function keyOf(uri: string): string {
  return URI.parse(uri).toString();
}
